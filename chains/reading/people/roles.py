"""Who is in a deal: its ground comes in; champion, economic buyer and colleagues go out, and whose "he" is.

A part without a name is no person; a champion who left is kept with `left`.
"""

from collections.abc import Iterable

from chains.deals import Fact, Person, Role
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit, wordlists
from chains.reading.people.holders import holder_of
from chains.reading.people.persons import Named, key_of, people_in, person_at
from chains.reading.people.qualifying import entries_of


def read_people(ground: Ground) -> tuple[tuple[Fact[Person], ...], list[Named]]:
    """Return champion, economic buyer and those seen besides, and every named person in order."""
    everybody = people_in(ground)
    found: dict[Role, Fact[Person]] = {}
    holders: list[Named] = []
    for piece, hit in ground.hits("role", lent=True):
        role: Role = "champion" if hit.name == "champion" else "economic_buyer"
        if _nobody(ground, piece, hit):
            continue
        person = holder_of(ground, piece, hit, everybody)
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
    for role, fact in (*_headed(ground).items(), *_answered(ground, everybody).items()):
        found.setdefault(role, fact)
    rest = [
        ground.fact(Person(p.name, _side(ground, p), _title(ground, p)), p.first, p.last)
        for p in _distinct(everybody)
        if all(
            key_of(p.name) != key_of(f.value.name) and not set(key_of(p.name)) <= set(key_of(f.value.name))
            for f in found.values()
        )
    ]
    return (*found.values(), *rest), sorted({*everybody, *holders}, key=lambda p: (p.first, -p.last))


def _distinct(everybody: Iterable[Named]) -> list[Named]:
    kept: list[Named] = []
    for person in sorted(everybody, key=lambda p: (-len(p.name.split()), p.first)):
        if not any(set(key_of(person.name)) <= set(key_of(k.name)) for k in kept):
            kept.append(person)
    return sorted(kept, key=lambda p: p.first)


def _fullest(name: str, everybody: Iterable[Named]) -> str:
    """Return the fullest form in which the notes give a name."""
    mine = set(key_of(name))
    fuller = [p.name for p in everybody if mine and mine <= set(key_of(p.name))]
    return max(fuller, key=len, default=name) if mine else name


def _nobody(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether a part is named to say that nobody plays it."""
    tokens = ground.tokens
    if tokens[hit.last - 1].low in _SIGNS or tokens[hit.first].low in _SIGNS:
        _, last = ground.clause(hit.first, piece)
        if any(t.kind == "date" for t in tokens[hit.last : min(last, hit.last + _SOON)]):
            return True  # Ken in purchasing signs it by Friday: a step, no part
    before = ground.before(hit.first, piece, 2)
    named = ground.before(hit.first, piece, 3)
    if len(named) > 1 and named[-1].low == "who" and (named[-2].low == "," or named[-2].kind == "word"):
        return False  # Petra, who holds the budget
    if any(t.low in ("no", "without", "not", "who", "new") for t in before) and not any(t.low == "our" for t in before):
        return True
    nxt = tokens[hit.last] if hit.last < piece.last else None
    return nxt is not None and nxt.low in ("?", "??", "tbd", "tbc", "unknown", "unclear", "missing")


_SIGNS = frozenset("sign signs signing".split())
_SOON = 4  # tokens behind a signature in which its day stands


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


def _answered(ground: Ground, everybody: list[Named]) -> dict[Role, Fact[Person]]:
    """Read who plays a part where another speaker asks for it: "whose money?" "Arvid Moe. he is the owner"."""
    units, stream = ground.marked.units, ground.marked.stream
    found: dict[Role, Fact[Person]] = {}
    for number in {p.unit for p in ground.pieces if p.rep and p.unit}:
        asked, told = units[number - 1], units[number]
        if not (asked.first.speaker and told.first.speaker) or asked.first.speaker == told.first.speaker:
            continue
        within, answer = stream.within(asked.start, asked.end), stream.within(told.start, told.end)
        for hit in ground.marked.between(within.start, within.stop, "part_asked"):
            opening = (p for p in everybody if answer.start <= p.first < min(answer.start + _OPENING, answer.stop))
            person = next(opening, None)
            if person is not None:
                role: Role = "champion" if hit.name == "champion" else "economic_buyer"
                title = _title(ground, person)
                found[role] = ground.fact(Person(person.name, role, title), person.first, person.last)
    return found


_OPENING = 6  # tokens in which an answer gives the name


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
