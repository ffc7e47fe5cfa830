"""What the words of a name are worth: a folded word comes in, whether it can stand for the account goes out."""

from functools import cache, lru_cache
from unicodedata import combining, normalize

from chains.reading.lexicon import wordlists

GENERIC = frozenset(
    (
        "the city university bank banco banque of state county group hospital st saint new first north south east "
        "west grupo das der die la le el a"
    ).split()
)
# two ways to write one word of a name
_SAME = {
    "st": "saint",
    "sankt": "saint",
    "skt": "saint",
    "ste": "sainte",
    "mt": "mount",
    "ft": "fort",
    "intl": "international",
    "uni": "university",
    "dist": "district",
} | {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(), 2
    )
}


@lru_cache(maxsize=4096)
def same_word(word: str) -> str:
    """Return a folded word as names are compared: without accents, short spellings in full."""
    if not word.isascii():
        word = "".join(c for c in normalize("NFD", word) if not combining(c)) or word
    return _SAME.get(word, word)


EVERYDAY_PAIRS = frozenset(
    "ps pm am cs se hr it ok po vp qa tv uk us eu ai id vs cd ns eb md ad pr pc ip hq db de en es fr si no on in at to"
    " is be he me we".split()
)


@cache
def _dull() -> frozenset[str]:
    words = wordlists()
    listed = (words[name] for name in ("ordinary", "company", "common_first_names", "labels", "titles"))
    return frozenset().union(*listed)


def is_dull(word: str) -> bool:
    """Tell whether a word inside a name says too little by itself in running text."""
    return word in _dull() or word in GENERIC or word in COLOURS


def is_common(word: str) -> bool:
    """Tell whether a word is an everyday one that names nobody by itself."""
    return word in _dull() or word in wordlists()["function"] or word in _EVERYDAY


def is_own_word(word: str) -> bool:
    """Tell whether a word in the middle of a name is its own: no word for firms, places, people or everyday things."""
    words = wordlists()
    return word not in GENERIC and not any(
        word in words[name]
        for name in ("company", "function", "ordinary", "common_first_names", "joining", "labels", "roles", "titles")
    )


def is_telling(word: str) -> bool:
    """Tell whether a first word alone can stand for the account."""
    words = wordlists()
    return len(word) > 1 and not (
        word in words["function"] or word in GENERIC or word in COLOURS or word in words["ordinary"]
    )


COLOURS = frozenset(
    (
        "blue red green black white gold golden silver grey gray brown orange yellow purple pink big little old great "
        "grand general global united american national royal"
    ).split()
)
_EVERYDAY = frozenset(
    (
        "target square gap notion apple orange shell oracle stripe slack zoom box nest ring chase visa delta amazon "
        "meta ford dell sage quill summit compass bridge harbor harbour cascade orchard sterling mercy union pioneer "
        "liberty horizon summit eagle falcon river lake mountain forest meadow valley ridge canyon peak crown anchor "
        "beacon apex atlas titan phoenix orbit pulse spark wave tide stone iron copper maple cedar oak pine elm "
        "willow rose lily grove field spring summer winter autumn storm cloud sky sun moon star light bright swift "
        "rapid fast quick smart clever brave bold true noble prime premier select choice value trust faith hope grace "
        "joy dream vision focus insight logic reason method system matrix vector sigma omega alpha gamma"
    ).split()
)
