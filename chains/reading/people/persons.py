"""Which words name a person: the ground of a deal comes in, every person named in it goes out.

A person is known by a first name, a title, a part in the deal or what only people do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.layout.marked import Marked
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import base_verbs, wordlists
from chains.reading.people.groups import SELLS, acts_like_one, does_something, introduced_small

LINKS = frozenset("is s are still our my the a an also as their there both and now was stays remains being our".split())
MARKS = frozenset(["=", ":", "(", "-", "–", "—", ",", "/", "*", "**", "_", "→", "->", "[", "]", "+", "&", '"'])
PRONOUNS = frozenset("he she his her him they".split())
_SUFFIXES = frozenset("sen jun jr sr senior junior iii ii".split())
MOST = 3  # words of a name


@dataclass(frozen=True, slots=True)
class Named:
    """Hold tokens `first` up to and without `last` that name a person."""

    first: int
    last: int
    name: str


def person_at(marked: Marked, i: int, stop: int, named: frozenset[int], *, flat: bool = False) -> Named | None:
    """Return the person whose name opens at token `i`, or None."""
    tokens = marked.stream.tokens
    j = i
    if j >= stop:
        return None
    while j < stop and (flat or tokens[j].text[:1].isupper()) and is_title(tokens[j]):
        j += 1
        if j < stop and tokens[j].low == "." and tokens[j].start == tokens[j - 1].end:
            j += 1
    titled = j > i
    first_word = j
    hyphens = 0
    while j < stop and j - first_word - 2 * hyphens < MOST:
        token = tokens[j]
        if token.kind != "word" or (j in named and not titled and j == first_word and not _suffixed(tokens, j)):
            break
        if token.low in _SUFFIXES and j > first_word:
            j += 1
            if j < stop and tokens[j].low == "." and tokens[j].start == tokens[j - 1].end:
                j += 1
            break
        if not name_word(token, first=j == first_word, flat=flat):
            break
        j += 1
        if j < stop and tokens[j].low == "." and tokens[j].start == tokens[j - 1].end and len(tokens[j - 1].text) == 1:
            j += 1
            if j >= stop or not tokens[j].capital:
                break
        if j + 1 < stop and tokens[j].low == "-" and tokens[j].start == tokens[j - 1].end and tokens[j + 1].capital:
            j += 2
            hyphens += 1
    if j == first_word or _no_person(marked, first_word):
        return None
    text = marked.stream.text(i, j).strip(" ,;:")
    return Named(i, j, text if not flat else " ".join(w[:1].upper() + w[1:] for w in text.split()))


def is_title(token: Token) -> bool:
    """Tell whether a word is put before names, whatever it is short for elsewhere: Eng. Layla Osman."""
    titles = wordlists()["titles"]
    return token.low in titles or token.text.casefold() in titles


def _suffixed(tokens: Sequence[Token], j: int) -> bool:
    """Tell whether a family name that is an account's too means a person: Huber sen."""
    return j + 1 < len(tokens) and tokens[j + 1].low in _SUFFIXES


def _no_person(marked: Marked, i: int) -> bool:
    """Tell whether a capital is a team, a paper or a cue of another kind: Infosec, Contract."""
    if marked.stream.tokens[i].low in wordlists()["first_names"]:
        return False
    return any(
        h.group in ("team", "topic", "stage", "category", "step", "exception", "signed") for h in marked.at.get(i, ())
    )


def name_word(token: Token, *, first: bool, flat: bool) -> bool:
    words = wordlists()
    if token.low in words["first_names"]:
        return token.text[:1].isupper() or flat
    if token.text.isupper() and len(token.text) > 1:
        return False
    if flat:
        return (
            token.low not in words["function"]
            and token.low not in words["ordinary"]
            and token.low not in words["roles"]
            and len(token.low) > 2
        )
    if not token.text[:1].isupper():
        return False
    return (
        token.low not in words["function"]
        and token.low not in words["labels"]
        and token.low not in words["roles"]
        and (not first or token.low not in words["ordinary"])
    )


def people_in(ground: Ground) -> list[Named]:
    """Return everybody who is named in a deal's pieces, in order."""
    found: list[Named] = []
    for piece in ground.pieces:
        i = piece.first
        flat = in_small_letters(ground, piece)
        while i < piece.last:
            token = ground.tokens[i]
            person = None
            if flat and _may_open_a_name(token):
                person = person_at(ground.marked, i, min(piece.last, i + 3), ground.named, flat=True)
                alone = person is not None and len(person.name.split()) == 1
                sure = _of_our_team(ground, piece, i) or does_something(ground.marked, i)
                person = None if alone and not sure else person
            elif flat and (_of_our_team(ground, piece, i) or _of_theirs(ground, piece, i)):
                person = person_at(ground.marked, i, i + 1, ground.named, flat=True)
            elif flat and _introduced(ground, piece, i):
                person = person_at(ground.marked, i, i + 2, ground.named, flat=True)
            elif token.kind == "word" and (token.text[:1].isupper() or is_title(token)):
                person = person_at(ground.marked, i, piece.last, ground.named)
                person = person if person is not None and is_human(ground, person) else None
            if person is not None:
                found.append(person)
                i = person.last
            else:
                i += 1
    return found


def _may_open_a_name(token: Token) -> bool:
    words = wordlists()
    called = token.low in words["first_names"] and token.low not in words["function"]
    return token.kind == "word" and (called or is_title(token))


def _of_our_team(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether one word without a capital is a colleague: lena in our finance."""
    tokens = ground.tokens
    if i + 1 >= len(tokens) or not surname(tokens[i]):
        return False
    if i > piece.first + 1 and tokens[i - 1].low == "(" and tokens[i + 1].low == ")":  # our legal (bong) replies
        return any(h.last == i - 1 for h in ground.marked.between(max(piece.first, i - 4), i, "team"))
    if i + 2 >= piece.last or tokens[i + 1].low not in ("in", "on", "from", "over"):
        return False
    if tokens[i].low in base_verbs() or i in ground.named:
        return False
    return any(h.group == "team" for j in range(i + 2, min(i + 5, piece.last)) for h in ground.marked.at.get(j, ()))


def _of_theirs(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether one word without a capital is somebody by whose they are: josphat our agronomist trains them."""
    named = surname(ground.tokens[i]) and i not in ground.named
    return named and introduced_small(ground.marked, i, piece.last)


def _introduced(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether two words without capitals are a person, by what stands around them: harlan boggs he holds ..."""
    tokens = ground.tokens
    if i + 2 >= len(tokens) or i + 1 in ground.named or not all(surname(tokens[j]) for j in (i, i + 1)):
        return False
    if ground.marked.opening(i, "team", "topic", "category", "stage", "step", "verb") is not None:
        return False
    rivals = ground.marked.between(max(piece.first, i - 4), i, "lost_to", "risk")
    if any(h.last == i for h in rivals):
        return False
    after, before = tokens[i + 2].low, tokens[i - 1].low if i > piece.first else ""
    if before in wordlists()["roles"] and {t.low for t in tokens[max(piece.first, i - 4) : i]} & {
        "their",
        "her",
        "his",
    }:
        return True  # their finance director ailsa grant has it on her desk
    if after in ("he", "she", "who"):
        return True
    roles = ground.marked.between(max(piece.first, i - 6), i, "role")
    return (bool(roles) and before in ("is", "s", "named", "called")) or (
        before in ("and", "by", "with", "see", "meet", "tell", "ask")
        and ground.marked.opening(i + 2, "role") is not None
    )


def surname(token: Token) -> bool:
    words = wordlists()
    if token.kind != "word" or len(token.low) < 3 or not token.low.isalpha():
        return False
    return token.low in words["first_names"] or not any(
        token.low in words[name] for name in ("function", "ordinary", "company", "labels", "roles", "titles")
    )


def in_small_letters(ground: Ground, piece: Piece) -> bool:
    """Tell whether a piece comes from dictation, where names have no capitals."""
    said = [t for t in ground.tokens[piece.first : piece.last] if t.kind == "word"]
    unit = ground.marked.units[piece.unit]
    within = ground.marked.stream.within(unit.start, unit.end)
    if not said or any(_capitalized(ground.tokens[i]) for i in within):
        return False
    return unit.end - unit.start > _LONG_ENOUGH or ground.marked.once(_without_capitals)


_LONG_ENOUGH = 80  # characters of a line that tell how its writer writes names
_SOME_WORDS = 40  # words of notes that do


def _capitalized(token: Token) -> bool:
    return token.kind == "word" and token.text[:1].isupper() and (len(token.text) == 1 or not token.text.isupper())


def _without_capitals(marked: Marked) -> bool:
    """Tell whether the notes as a whole were written without capitals."""
    words = [t for t in marked.stream.tokens if t.kind == "word"]
    return len(words) > _SOME_WORDS and sum(1 for t in words if _capitalized(t)) * 40 < len(words)


def is_human(ground: Ground, person: Named) -> bool:
    """Tell whether a run of capitals is a person: a title, a first name, two names, or what people do."""
    words = wordlists()
    tokens = ground.tokens[person.first : person.last]
    said = [t for t in tokens if t.kind == "word"]
    if is_title(said[0]) or said[0].low in words["first_names"]:
        return True
    if any(t.low in _SUFFIXES for t in said[1:]):
        return True
    if any(t.low in words["company"] for t in said[1:]):
        return False
    if tuple(t.low for t in said) in ground.people or (len(said) == 1 and _of_a_team(ground, person)):
        return True
    following = ground.tokens[person.last] if person.last < len(ground.tokens) else None
    if following is not None and following.low in ("(", ","):
        j = person.last + 1
        while j < len(ground.tokens) and ground.tokens[j].low in ("our", "their", "the", "my", "its"):
            j += 1
        if j < len(ground.tokens) and (
            ground.tokens[j].low in words["roles"]
            or any(h.group in ("role", "team") for h in ground.marked.at.get(j, ()))
        ):
            return True
    if following is not None and following.low in SELLS:
        return False  # Vendora offers the same for less
    if following is not None and any(h.group == "verb" for h in ground.marked.at.get(person.last, ())):
        return True
    first, last = ground.marked.clauses.clause(person.first)
    if any(h.name == "competition" for h in ground.marked.between(first, last, "risk")):
        return False
    if len(said) == 1 and acts_like_one(ground.marked, person.first):
        return True
    return len(said) == 2 and all(t.text[:1].isupper() and not t.text.isupper() for t in said)


def _of_a_team(ground: Ground, person: Named) -> bool:
    """Tell whether a capital is somebody of a team: Ike on our security team, our Mette in finance."""
    tokens = ground.tokens
    j = person.last
    bracketed = 0 < person.first < len(tokens) - 1 and tokens[person.first - 1].low == "("
    if bracketed:  # our legal (Corbin)
        before = ground.marked.between(max(0, person.first - 4), person.first, "team")
        return any(h.last == person.first - 1 for h in before)
    if j + 1 >= len(tokens) or tokens[j].low not in ("in", "from", "on", "at", "of", "over"):
        return False
    j += 1 + (tokens[j + 1].low == "in")
    while j < len(tokens) and tokens[j].low in ("our", "their", "the", "my", "its"):
        j += 1
    return j < len(tokens) and ground.marked.opening(j, "team") is not None


def key_of(name: str) -> tuple[str, ...]:
    return tuple(w.strip(".").casefold() for w in name.split() if w.strip(".").casefold() not in wordlists()["titles"])
