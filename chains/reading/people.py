"""Who is in a deal: its ground comes in; champion, economic buyer and colleagues go out, and whose "he" is.

A part without a name is no person; a champion who left is kept with `left`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chains.deals import Fact, Person, Role
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit, base_verbs, wordlists
from chains.reading.marked import Marked
from chains.reading.pieces import Piece
from chains.reading.qualifying import entries_of
from chains.reading.tokens import Token

_LINKS = frozenset(
    "is s are still our my the a an also as their there both and now was stays remains being our".split()
)
_MARKS = frozenset(["=", ":", "(", "-", "–", "—", ",", "/", "*", "**", "_", "→", "->", "[", "]", "+", "&", '"'])
_PRONOUNS = frozenset("he she his her him they".split())
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
    words = wordlists()
    j = i
    if j >= stop:
        return None
    titled = tokens[j].low in words["titles"] and (tokens[j].text[:1].isupper() or flat)
    while j < stop and tokens[j].low in words["titles"] and (tokens[j].text[:1].isupper() or flat):
        j += 1
        if j < stop and tokens[j].low == "." and tokens[j].start == tokens[j - 1].end:
            j += 1
    first_word = j
    while j < stop and j - first_word < MOST:
        token = tokens[j]
        if token.kind != "word" or (j in named and not titled and j == first_word and not _suffixed(tokens, j)):
            break
        if token.low in _SUFFIXES and j > first_word:
            j += 1
            if j < stop and tokens[j].low == "." and tokens[j].start == tokens[j - 1].end:
                j += 1
            break
        if not _name_word(token, first=j == first_word, flat=flat):
            break
        j += 1
        if j < stop and tokens[j].low == "." and tokens[j].start == tokens[j - 1].end and len(tokens[j - 1].text) == 1:
            j += 1
            if j >= stop or not tokens[j].capital:
                break
        if j + 1 < stop and tokens[j].low == "-" and tokens[j].start == tokens[j - 1].end and tokens[j + 1].capital:
            j += 2
    if j == first_word or _no_person(marked, first_word):
        return None
    text = marked.stream.text(i, j).strip(" ,;:")
    return Named(i, j, text if not flat else " ".join(w[:1].upper() + w[1:] for w in text.split()))


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


def _name_word(token: Token, *, first: bool, flat: bool) -> bool:
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
    words = wordlists()
    for piece in ground.pieces:
        i = piece.first
        flat = _flat(ground, piece)
        while i < piece.last:
            token = ground.tokens[i]
            person = None
            if flat and token.kind == "word" and (token.low in words["first_names"] or token.low in words["titles"]):
                person = person_at(ground.marked, i, min(piece.last, i + 3), ground.named, flat=True)
                alone = person is not None and len(person.name.split()) == 1
                person = None if alone and not _of_our_team(ground, piece, i) else person
            elif flat and _of_our_team(ground, piece, i):
                person = person_at(ground.marked, i, i + 1, ground.named, flat=True)
            elif flat and _introduced(ground, piece, i):
                person = person_at(ground.marked, i, i + 2, ground.named, flat=True)
            elif token.kind == "word" and (token.text[:1].isupper() or token.low in words["titles"]):
                person = person_at(ground.marked, i, piece.last, ground.named)
                person = person if person is not None and _human(ground, person) else None
            if person is not None:
                found.append(person)
                i = person.last
            else:
                i += 1
    return found


def _of_our_team(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether one word without a capital is a colleague: lena in our finance."""
    tokens = ground.tokens
    if i + 2 >= piece.last or tokens[i + 1].low not in ("in", "on", "from", "over") or not _surname(tokens[i]):
        return False
    if tokens[i].low in base_verbs() or i in ground.named:
        return False
    return any(h.group == "team" for j in range(i + 2, min(i + 5, piece.last)) for h in ground.marked.at.get(j, ()))


def _introduced(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether two words without capitals are a person, by what stands around them: harlan boggs he holds ..."""
    tokens = ground.tokens
    if i + 2 >= len(tokens) or i + 1 in ground.named or not all(_surname(tokens[j]) for j in (i, i + 1)):
        return False
    if ground.marked.opening(i, "team", "topic", "category", "stage", "step", "verb") is not None:
        return False
    rivals = ground.marked.between(max(piece.first, i - 4), i, "lost_to", "risk")
    if any(h.last == i for h in rivals):
        return False
    after, before = tokens[i + 2].low, tokens[i - 1].low if i > piece.first else ""
    if after in ("he", "she", "who"):
        return True
    roles = ground.marked.between(max(piece.first, i - 6), i, "role")
    return (bool(roles) and before in ("is", "s", "named", "called")) or (
        before in ("and", "by", "with", "see", "meet", "tell", "ask")
        and ground.marked.opening(i + 2, "role") is not None
    )


def _surname(token: Token) -> bool:
    words = wordlists()
    if token.kind != "word" or len(token.low) < 3 or not token.low.isalpha():
        return False
    return token.low in words["first_names"] or not any(
        token.low in words[name] for name in ("function", "ordinary", "company", "labels", "roles", "titles")
    )


def _flat(ground: Ground, piece: Piece) -> bool:
    """Tell whether a piece comes from dictation, where names have no capitals."""
    said = [t for t in ground.tokens[piece.first : piece.last] if t.kind == "word"]
    unit = ground.marked.units[piece.unit]
    text = ground.marked.stream.notes[unit.start : unit.end]
    return bool(said) and text == text.lower() and len(text) > 80


def _human(ground: Ground, person: Named) -> bool:
    """Tell whether a run of capitals is a person: a title, a first name, two names, or what people do."""
    words = wordlists()
    tokens = ground.tokens[person.first : person.last]
    said = [t for t in tokens if t.kind == "word"]
    if said[0].low in words["titles"] or said[0].low in words["first_names"]:
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
    if following is not None and any(h.group == "verb" for h in ground.marked.at.get(person.last, ())):
        return True
    first, last = ground.marked.clauses.clause(person.first)
    if any(h.name == "competition" for h in ground.marked.between(first, last, "risk")):
        return False
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


def read_people(ground: Ground) -> tuple[tuple[Fact[Person], ...], list[Named]]:
    """Return champion, economic buyer and those seen besides, and every named person in order."""
    everybody = people_in(ground)
    found: dict[Role, Fact[Person]] = {}
    holders: list[Named] = []
    for piece, hit in ground.hits("role", lent=True):
        role: Role = "champion" if hit.name == "champion" else "economic_buyer"
        if _nobody(ground, piece, hit):
            continue
        person = _holder(ground, piece, hit, everybody)
        if person is None:
            continue
        left = role == "champion" and _left(ground, piece, hit)
        name = _fullest(person.name, everybody)
        holders.append(person)
        known = found.get(role)
        if (
            known is not None
            and known.value.left is False
            and left is False
            and role == "champion"
            and known.value.name != name
            and hit.last - hit.first > 1
        ):
            continue
        if (
            known is not None
            and not left
            and not known.value.left
            and person.first > known.spans[0].start
            and role == "economic_buyer"
            and name in known.value.name
        ):
            continue
        found[role] = ground.fact(Person(name, role, _title(ground, person), left), person.first, person.last)
    for role, fact in _headed(ground).items():
        found.setdefault(role, fact)
    rest = [
        ground.fact(Person(p.name, _side(ground, p), _title(ground, p)), p.first, p.last)
        for p in _distinct(everybody)
        if all(
            _key(p.name) != _key(f.value.name) and not set(_key(p.name)) <= set(_key(f.value.name))
            for f in found.values()
        )
    ]
    return (*found.values(), *rest), sorted({*everybody, *holders}, key=lambda p: (p.first, -p.last))


def _key(name: str) -> tuple[str, ...]:
    return tuple(w.strip(".").casefold() for w in name.split() if w.strip(".").casefold() not in wordlists()["titles"])


def _distinct(everybody: Iterable[Named]) -> list[Named]:
    kept: list[Named] = []
    for person in sorted(everybody, key=lambda p: (-len(p.name.split()), p.first)):
        if not any(set(_key(person.name)) <= set(_key(k.name)) for k in kept):
            kept.append(person)
    return sorted(kept, key=lambda p: p.first)


def _fullest(name: str, everybody: Iterable[Named]) -> str:
    """Return the fullest form in which the notes give a name."""
    mine = set(_key(name))
    fuller = [p.name for p in everybody if mine and mine <= set(_key(p.name))]
    return max(fuller, key=len, default=name) if mine else name


def _nobody(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether a part is named to say that nobody plays it."""
    tokens = ground.tokens
    before = ground.before(hit.first, piece, 2)
    named = ground.before(hit.first, piece, 3)
    if len(named) > 1 and named[-1].low == "who" and (named[-2].low == "," or named[-2].kind == "word"):
        return False  # Petra, who holds the budget
    if any(t.low in ("no", "without", "not", "who", "new") for t in before) and not any(t.low == "our" for t in before):
        return True
    nxt = tokens[hit.last] if hit.last < piece.last else None
    return nxt is not None and nxt.low in ("?", "??", "tbd", "tbc", "unknown", "unclear", "missing")


def _holder(ground: Ground, piece: Piece, hit: Hit, everybody: list[Named]) -> Named | None:
    tokens, marked = ground.tokens, ground.marked
    flat = marked.clauses.sentences[piece.sentence].dictated
    if hit.name == "economic_buyer" and any(t.low in ("he", "she", "his", "her") for t in tokens[hit.first : hit.last]):
        return _last_before(everybody, hit.first)
    within = next((p for p in everybody if hit.first < p.first and p.last < hit.last), None)
    if within is not None:
        return within  # the money is Chira Oban's to spend
    doer = next((p for p in everybody if p.last == hit.first and tokens[hit.first].low in _HOLDS), None)
    if doer is not None:
        return doer  # Lena Marsh controls the budget, Otto Brandt is pushing for us
    inside = _bracket_holder(ground, piece, hit, everybody)
    if inside is not None:
        return inside
    # right behind the word: champ Dana Reyes, EB = Martin Hale, champion is still Gareth
    j = hit.last
    while j < piece.last and j - hit.last < 4:
        person = person_at(marked, j, piece.last, ground.named)
        if person is None and _flat(ground, piece) and j + 1 < piece.last and _surname(tokens[j + 1]):
            titled = tokens[j].low in wordlists()["titles"] or tokens[j].low in wordlists()["first_names"]
            if titled or (tokens[j - 1].low in ("is", "s", "with") and _surname(tokens[j])):
                person = person_at(marked, j, j + 2, ground.named, flat=True)
        if person is not None and (
            tokens[j].low not in wordlists()["ordinary"] or tokens[j].low in wordlists()["titles"]
        ):
            if _owns_next(ground, person.last, piece):
                break
            return person
        if tokens[j].low == "," and j == hit.last:
            person = person_at(marked, j + 1, piece.last, ground.named)
            if person is not None and _human(ground, person) and not _owns_next(ground, person.last, piece):
                return person  # the economic buyer, Sam Osei
        if tokens[j].low in (",", ")", ".") or not (
            tokens[j].low in _LINKS
            or tokens[j].low in _MARKS
            or (tokens[j].low in wordlists()["roles"] and not tokens[j].capital)
            or tokens[j].low in ("inside", "there")
            or any(h.group == "role" for h in marked.at.get(j, ()))
        ):
            break
        j += 1
    # before it: Lucia (champ), Giulia Conti, our champion; Lise Berg is still our champion
    j = hit.first - 1
    steps = 0
    while j >= piece.first and steps < 9:
        steps += 1
        if tokens[j].low in _PRONOUNS:
            return _last_before(everybody, j)
        ended = next((p for p in everybody if p.last == j + 1 or p.first <= j < p.last), None)
        if ended is not None:
            return ended
        unknown = _unknown(ground, piece, j) if hit.last - hit.first > 1 else None
        if unknown is not None:
            return unknown
        if tokens[j].low == ")":  # over a bracket: Priti (secops lead)
            while j > piece.first and tokens[j].low != "(":
                j -= 1
            j -= 1
            continue
        if not (
            tokens[j].low in _LINKS
            or tokens[j].low in _MARKS
            or tokens[j].low in wordlists()["roles"]
            or tokens[j].low
            in ("in", "of", "at", "who", "to", "been", "has", "for", "with", "one", "only", "person", "that")
            or (
                tokens[j].kind == "word"
                and steps < 7
                and tokens[j - 1].low in ("in", "the", "of", "from", "at", "their", "our")
            )
        ):
            break
        j -= 1
    if flat:
        return _spoken(ground, piece, hit)
    return None


_HOLDS = frozenset("controls holds owns has keeps signs releases approves decides carries pushes backs".split())


def _unknown(ground: Ground, piece: Piece, j: int) -> Named | None:
    """Return the name that ends at token `j` where only capitals make it one: Warrick is still our bloke in there."""
    tokens, words = ground.tokens, wordlists()
    first = j
    while first >= piece.first and j - first < MOST and _name_word(tokens[first], first=True, flat=False):
        if tokens[first].kind != "word" or first in ground.named or tokens[first].low in words["company"]:
            break
        first -= 1
    if first == j:
        return None
    return person_at(ground.marked, first + 1, j + 1, ground.named)


def _bracket_holder(ground: Ground, piece: Piece, hit: Hit, everybody: list[Named]) -> Named | None:
    """Return whom brackets explain: Bob Slydell (VP Ops, champion)."""
    tokens = ground.tokens
    for j in range(hit.first - 1, max(piece.first, hit.first - 9) - 1, -1):
        if tokens[j].low == ")":
            return None
        if tokens[j].low == "(":
            return next((p for p in everybody if p.last == j), None)
    return None


def _owns_next(ground: Ground, i: int, piece: Piece) -> bool:
    """Tell whether the name behind a part has a part of its own: (champ), Jeff Tran (EB)."""
    tokens = ground.tokens
    return (
        i + 1 < piece.last and tokens[i].low == "(" and any(h.group == "role" for h in ground.marked.at.get(i + 1, ()))
    )


def _spoken(ground: Ground, piece: Piece, hit: Hit) -> Named | None:
    """Find a dictated name before its part: vikram joshi the plant head is still our champion."""
    tokens = ground.tokens
    words = wordlists()
    j = hit.first - 1
    while j > piece.first and (
        tokens[j].low in _LINKS
        or tokens[j].low in words["roles"]
        or tokens[j].low in words["ordinary"]
        or tokens[j].low in ("plant",)
    ):
        j -= 1
    last = j + 1
    while (
        j >= piece.first
        and last - j <= 2
        and _name_word(tokens[j], first=False, flat=True)
        and tokens[j].kind == "word"
    ):
        j -= 1
    first = j + 1
    if first >= last:
        return None
    return person_at(ground.marked, first, last, ground.named, flat=True)


def _last_before(everybody: list[Named], i: int) -> Named | None:
    return next((p for p in reversed(everybody) if p.last <= i), None)


def _left(ground: Ground, piece: Piece, hit: Hit) -> bool:
    sentence = ground.marked.clauses.sentences[piece.sentence]
    return any(h.name == "champion_loss" for h in ground.marked.between(sentence.first, sentence.last, "risk"))


def _title(ground: Ground, person: Named) -> str | None:
    """Return what stands behind a name in brackets or between commas, where it is a role."""
    tokens = ground.tokens
    i = person.last
    if i >= len(tokens) or tokens[i].low not in ("(", ","):
        return None
    j = i + 1
    if j < len(tokens) and tokens[j].low in ("their", "the", "our", "its"):
        j += 1
    if j < len(tokens) and tokens[j].low in wordlists()["roles"] and tokens[j].low not in ("champion", "sponsor"):
        return tokens[j].text
    return None


def _side(ground: Ground, person: Named) -> Role:
    tokens = ground.tokens
    behind = [t.low for t in tokens[person.last : person.last + 4]]
    if "our" in behind[:3]:
        return "colleague"
    hits = [
        h
        for i in range(person.last, min(person.last + 4, len(tokens)))
        for h in ground.marked.at.get(i, ())
        if h.group == "team"
    ]
    if (
        hits
        and behind[:1] in (["("], ["in"], ["from"], ["over"], ["with"], [","])
        and not any(w in ("their", "biomed") for w in behind)
    ):
        return "colleague"
    return "contact"


def _headed(ground: Ground) -> dict[Role, Fact[Person]]:
    """Read the rows of a qualification frame: E or Ch and a name."""
    found: dict[Role, Fact[Person]] = {}
    for entry in entries_of(ground.marked, ground.pieces):
        if entry.topic not in ("economic_buyer", "champion"):
            continue
        person = person_at(ground.marked, entry.first, entry.last, ground.named)
        if person is not None:
            role: Role = "economic_buyer" if entry.topic == "economic_buyer" else "champion"
            found[role] = ground.fact(Person(person.name, role, _title(ground, person)), person.first, person.last)
    return found
