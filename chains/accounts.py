"""Accounts in other people's sentences: a text and a `Deal` come in, whether the text names it goes out."""

import re
from functools import lru_cache
from typing import Any

from chains.deals import Deal
from chains.wordfiles import load


def _listed(*names: str) -> frozenset[str]:
    data: Any = load("chains", "firms.yaml")
    return frozenset(str(word) for name in names for word in data[name])


LEGAL_ENDS = _listed("legal_forms")  # those that are nothing else
# words that follow a name and that people leave off when they speak of the account
LEGAL_FORMS = LEGAL_ENDS | _listed("also_words")
# common words that are no name by themselves ("Apple Creek Dairy" is not named by "creek")
_COMMON = frozenset(
    "the and of for new first national global united general american great north south east west northern southern "
    "city county state bank health hospital school university systems services solutions partners insurance energy "
    "logistics capital credit union valley park grand pacific atlantic central main old big blue red green black "
    "white gold silver data tech digital gap target apple square summit".split()
)


def names_account(text: str, deal: Deal) -> bool:
    """Tell whether `text` names the deal's account, by any of its names or by its telling first word."""
    return any(pattern.search(text) for pattern in _patterns((deal.name, *deal.aliases)))


@lru_cache(maxsize=4096)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    found: list[re.Pattern[str]] = []
    for name in names:
        words = [w for w in re.split(r"\s+", name.strip()) if w]
        while len(words) > 1 and re.sub(r"\W", "", words[-1]).casefold() in LEGAL_FORMS:
            words.pop()
        if not words:
            continue
        found.append(_whole(" ".join(words), cased=len(words) == 1 and words[0].casefold() in _COMMON))
        first = words[0].strip(",.&")
        if len(words) > 1 and len(first) > 1:
            # a telling first word names the account in any case, a common one only as a proper name
            common = first.casefold() in _COMMON
            if not common:
                found.append(_whole(first, cased=len(first) < 4))
    return tuple(found)


def _whole(words: str, *, cased: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", 0 if cased else re.IGNORECASE)


def account_key(name: str) -> str:
    """Return a name as two notes of two weeks would share it: lower case, no punctuation, no legal form."""
    spelled = re.sub(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)", "", name.casefold())  # e.V. -> eV
    words = re.findall(r"[^\W_]+", spelled.replace("&", " and "))
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
        if len(words) > 1 and words[-1] == "and":
            words.pop()  # Fabre & Cie
    return " ".join(words)
