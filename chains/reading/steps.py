"""What happens next in a deal: its ground and the people in it come in, the next step goes out.

A step that the notes mark as one (NS, next step, an open box to tick) counts first; otherwise what the rep, a named
person or one of our teams does until a day, or an event with a day to come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chains.deals import ME, Fact, NextStep
from chains.reading.actions import (
    ME_WORDS,
    TRIM,
    Owner,
    action_text,
    due_in,
    is_verb,
    owner_at,
    owner_behind,
    thing_before,
)
from chains.reading.ground import Ground
from chains.reading.lexicon import base_verbs
from chains.reading.people import Named
from chains.reading.scopes import Piece
from chains.reading.tokens import Token

MARKED, TASK, ENOUGH = 10.0, 8.0, 3.0
_EVENTS = frozenset(
    "kickoff installation install commissioning onboarding implementation training demo readout workshop call meeting"
    " visit walkthrough delivery golive handover presentation review".split()
)
_CALLS_BACK = frozenset("call calls ring rings get gets come comes go goes push pushed report reports circle".split())
_PEOPLE = frozenset("team crew people lot guys folks lads".split())
_MINE = frozenset("me my mine ako".split())
_GO_ON = frozenset("there here now is s was me".split())
_BEFORE_CLAUSE = frozenset("and so but then also now oh next because okay ok alright well".split())


@dataclass(frozen=True, slots=True)
class Step:
    """Hold a next step with how sure it is, and where it stands."""

    step: NextStep
    first: int
    last: int
    score: float


def step_tokens(ground: Ground) -> frozenset[int]:
    """Return the tokens of marked next steps and open tasks: their dates are no close dates."""
    found: set[int] = set()
    for piece in ground.pieces:
        if ground.task(piece):
            found.update(range(piece.first, piece.last))
        for first, _ in _markers(ground, piece):
            sentence = ground.marked.clauses.sentences[piece.sentence]
            found.update(range(first, min(sentence.last, piece.last)))
    return frozenset(found)


def read_step(ground: Ground, everybody: Sequence[Named], exported: Fact[NextStep] | None) -> Fact[NextStep] | None:
    """Return the next step, or None where none is told."""
    found: list[Step] = []
    for piece in ground.pieces:
        task = ground.task(piece)
        if not piece.rep or task == "done":
            continue
        for first, last in _markers(ground, piece):
            found += _parsed(ground, piece, first, last, everybody, MARKED - (1.0 if piece.lent else 0.0))
        if task == "open":
            found += [s for s in _parsed(ground, piece, piece.first, piece.last, everybody, TASK) if s.step.due]
        found += _told(ground, piece, everybody)
        if not piece.lent:
            found += _events(ground, piece)
    none = any(h.name == "none" for _, h in ground.hits("step", lent=True))
    best = max(found, key=lambda s: (s.score, -(s.step.due or date.max).toordinal(), -s.first), default=None)
    if best is None or best.score < (TASK if none else ENOUGH):
        return None if none else exported
    return ground.fact(best.step, best.first, best.last)


def _markers(ground: Ground, piece: Piece) -> list[tuple[int, int]]:
    """Return where the text of each marked step opens and ends."""
    tokens = ground.tokens
    found: list[tuple[int, int]] = []
    for i in range(piece.first, piece.last):
        for hit in ground.marked.at.get(i, ()):
            own = hit.group == "mine" and i == piece.first and hit.last < piece.last and tokens[hit.last].low == ":"
            step = hit.group == "step" and hit.name == "marker" and _is_marker(ground, piece, hit.first, hit.last)
            if not own and not step:
                continue
            first = hit.last
            while first < piece.last and (
                tokens[first].low in TRIM or (tokens[first].low in _GO_ON - {"me"} and first - hit.last < 3)
            ):
                first += 1
            if first < piece.last and not (found and found[-1][0] == first):
                found.append((first, piece.last))
    return found


def _is_marker(ground: Ground, piece: Piece, first: int, last: int) -> bool:
    tokens = ground.tokens
    low = tokens[first].low
    following = tokens[last].low if last < piece.last else ""
    nearby = ground.marked.between(max(piece.first, first - 1), min(last + 3, piece.last), "step")
    if any(h.name == "none" and h.first <= first < h.last for h in nearby):
        return False
    if low in ("ns", "n/s", "nächster", "próximo", "prochaine"):
        return True
    if low == "next":
        opens = all(t.kind == "mark" or t.low == "so" for t in tokens[piece.first : first])
        return (
            last - first > 1 or following in (":", "=", "-", "–") or (opens and following in ("is", "comes", "i", "s"))
        )
    opens = first == piece.first or tokens[first - 1].kind == "mark"
    return following in (":", "=", "-", "–", "is") and opens


def _parsed(
    ground: Ground, piece: Piece, first: int, last: int, everybody: Sequence[Named], score: float
) -> list[Step]:
    """Part a marked step into its owner, what is done and by when."""
    tokens = ground.tokens
    due, due_tokens = due_in(ground, first, last)
    owner = owner_at(ground, piece, first, last, everybody)
    rest, end = owner.rest, last
    if owner.name is None:
        owner, end = owner_behind(ground, piece, first, last, everybody)
        rest = first
    name = owner.name
    if name is None and any(t.low in _MINE for t in tokens[max(piece.first, first - 3) : first]):
        name = ME  # With me: the paper over to her by Monday
    if name is None and tokens[rest].low in base_verbs() and base_verbs()[tokens[rest].low] == tokens[rest].low:
        name = ME  # an order to oneself: "NS: send the quote"
    action = action_text(ground, piece, rest, end, due_tokens, everybody) or action_text(
        ground, piece, first, last, due_tokens, everybody
    )
    empty = not any(c.isalnum() for c in action) or tokens[first].low in ("none", "tbd", "?", "no", "unclear", "n/a")
    if empty or action in ("tbd", "none", "n/a"):
        return []
    return [Step(NextStep(action, name, due), first, last, score)]


def _told(ground: Ground, piece: Piece, everybody: Sequence[Named]) -> list[Step]:
    """Find the steps that running text tells: who, does what, by when."""
    tokens, marked = ground.tokens, ground.marked
    found: list[Step] = []
    clauses = [c for clause in _clauses(ground, piece) for c in _parted(ground, piece, *clause, everybody)]
    doing: str | None = None  # who did what the clause before told, where this one goes on: she has it and signs Friday
    for place, (first, last) in enumerate(clauses):
        start = first
        while start < last and (tokens[start].kind == "mark" or tokens[start].low in _BEFORE_CLAUSE):
            start += 1
        if start >= last:
            continue
        owner = owner_at(ground, piece, start, last, everybody)
        if owner.name is None and doing is not None and tokens[first].low == "and" and _third(tokens[start]):
            owner = Owner(doing, start)
        doing = owner.name
        if any(t.low == "had" for t in tokens[start : owner.rest + 2]):
            continue  # "I'd had it as commit" is over
        bracketed = owner.name is None and _in_brackets(ground, start, last, piece)
        bracketed = bracketed or any(
            tokens[i].low == "me" and tokens[i - 1].low == "from" for i in range(start + 1, last)
        )
        if owner.name is None and bracketed:
            owner = Owner(ME, start)
        if owner.name is None or not (bracketed or is_verb(ground, owner, last)):
            continue
        if any(h.group == "team" for h in marked.at.get(start, ())):
            owner = Owner(_whose_team(ground, start, min(last + 6, piece.last)) or owner.name, owner.rest)
        if owner.name == ME and any(
            h.group == "category" for j in range(start, owner.rest + 1) for h in marked.at.get(j, ())
        ):
            continue  # "I call it for 3/31" is a forecast
        score = 2.5 if bracketed else 2.0
        due, used = due_in(ground, start, last)
        stretch = last
        if due is None and place + 1 < len(clauses) and _only_due(ground, *clauses[place + 1]):
            due, used = due_in(ground, *clauses[place + 1])
            stretch = clauses[place + 1][1]
        if due is None and place and _refers_back(ground, owner.rest, last) and not _deals(ground, *clauses[place - 1]):
            due, _ = due_in(ground, *clauses[place - 1])
        if due is not None and due < ground.conventions.as_of:
            continue
        if due is not None:
            score += 2.0
        elif owner.name == ME and any(t.low in ("owe", "owes") for t in tokens[start:last]):
            score += 1.0
        else:
            score -= 1.0
        if any(t.low in ("not", "never", "no") for t in tokens[start : owner.rest + 2]):
            score -= 2.0
        if marked.clauses.sentences[piece.sentence].dictated and owner.name == ME:
            score -= 1.0
        if piece.lent or any(h.name == "proof" for h in marked.between(piece.first, last, "frame")):
            score -= 1.5
        if score < ENOUGH:
            continue
        action = action_text(ground, piece, owner.rest, stretch, used, everybody)
        if action in ("do that", "do it", "do this") and place:  # services still to name a consultant, Imogen does that
            earlier = action_text(ground, piece, *clauses[place - 1], set(), everybody)
            action = earlier.split(" to ", 1)[-1] or action
        if bracketed and len(action.split()) < 2 and place:
            action = action_text(ground, piece, *clauses[place - 1], set(), everybody) or action
        if action.startswith("back "):
            action = f"get {action}"  # Yusuf gets back to me Monday
        if action:
            found.append(Step(NextStep(action, owner.name, due), start, stretch, score))
    return found + _back_on(ground, piece, everybody)


def _back_on(ground: Ground, piece: Piece, everybody: Sequence[Named]) -> list[Step]:
    """Find what somebody gives back: pricing sits with Noor in deal desk, back Thu; Anke says back on Wed."""
    tokens = ground.tokens
    for i in range(piece.first, piece.last - 1):
        if tokens[i].low != "back" or any(t.low in _CALLS_BACK for t in tokens[max(piece.first, i - 4) : i]):
            continue
        due, _ = due_in(ground, i, min(i + 4, piece.last))
        if due is None or due < ground.conventions.as_of or not any(t.kind == "date" for t in tokens[i + 1 : i + 3]):
            continue
        person = next((p for p in reversed(everybody) if piece.first <= p.first and p.last <= i), None)
        thing = thing_before(ground, piece, i)
        if person is not None and thing:
            return [Step(NextStep(f"return the {thing}", person.name, due), person.first, i + 2, 4.0)]
    return []


def _events(ground: Ground, piece: Piece) -> list[Step]:
    """Find an event with a day to come: kickoff with our PS 21.9., commissioning is on 05/01."""
    tokens, marked = ground.tokens, ground.marked
    for i in range(piece.first, piece.last):
        opens = i == ground.clause(i, piece)[0] and tokens[i].low in ("start", "starts", "begins")
        if (
            tokens[i].low not in _EVENTS
            and not opens
            and not (tokens[i].low in ("kick", "go") and i + 1 < piece.last and tokens[i + 1].low in ("off", "live"))
        ):
            continue
        first, last = ground.clause(i, piece)
        if (
            tokens[i].low in ("call", "demo", "review", "visit")
            and i
            and tokens[i - 1].low in ("i", "we", "they", "he")
        ):
            continue  # a doing: "I call it for 3/31"
        if any(t.low in ("was", "were", "had", "went", "did") for t in tokens[first:last]):
            continue
        due, used = due_in(ground, i, last)
        if due is None or due < ground.conventions.as_of:
            continue
        if any(
            h.group in ("state", "risk") and h.name in ("open", "timeline_slip")
            for h in marked.between(first, i, "state", "risk")
        ):
            continue
        near = range(first, min(last + 12, len(tokens)))
        near_by = (h for j in near for h in marked.at.get(j, ()) if h.group == "team" and j not in ground.named)
        hit = next((h for h in near_by if tokens[h.first - 1].low not in ("their", "his", "her")), None)
        if hit is not None and marked.clauses.sentences[marked.clauses.sentence_of[hit.first]].unit != piece.unit:
            hit = None
        owner = marked.stream.text(hit.first, hit.last) if hit else None
        owner = _whose_team(ground, i, min(last + 6, piece.last)) or owner
        while first < i and (tokens[first].kind == "mark" or first in ground.named):
            first += 1
        action = action_text(ground, piece, first, last, used, ())
        if len(action.split()) > 8:
            stop = next((j for j in range(i, last) if j in used), last)
            action = action_text(ground, piece, first, stop, used, ())
        if action and len(action.split()) <= 8:
            return [Step(NextStep(action, owner, due), first, last, ENOUGH)]
    return []


def _whose_team(ground: Ground, first: int, last: int) -> str | None:
    """Return whose people do it: Implementation starts 6/4, Dinesh's team."""
    tokens = ground.tokens
    for i in range(first + 1, last - 2):
        named = tokens[i].capital and tokens[i].kind == "word" and i not in ground.named
        if named and tokens[i + 1].low == "s" and tokens[i + 2].low in _PEOPLE:
            return tokens[i].text
    return None


def _clauses(ground: Ground, piece: Piece) -> list[tuple[int, int]]:
    """Return the clauses of a piece; brackets belong to the clause they stand in."""
    found: list[tuple[int, int]] = []
    clause_of = ground.marked.clauses.clause_of
    depth = 0
    start = piece.first
    for i in range(piece.first, piece.last):
        low = ground.tokens[i].low
        if i > start and depth == 0 and clause_of[i] != clause_of[i - 1] and low not in ("(", ")"):
            found.append((start, i))
            start = i
        depth += (low == "(") - (low == ")")
        depth = max(depth, 0)
    if start < piece.last:
        found.append((start, piece.last))
    return found


def _parted(ground: Ground, piece: Piece, first: int, last: int, everybody: Sequence[Named]) -> list[tuple[int, int]]:
    """Part a clause before "and" where what follows is somebody's doing of its own: ... and she rings me Tuesday."""
    tokens = ground.tokens
    found: list[tuple[int, int]] = []
    start = first
    dictated = ground.marked.clauses.sentences[piece.sentence].dictated
    doers = {p.first for p in everybody if dictated and p.last < last and _acts(ground, p.last, last)}
    for i in range(first + 1, last - 2):
        if i in doers and i > start:
            found.append((start, i))
            start = i
            continue
        if i < first + 2:
            continue
        if tokens[i].low not in ("and", "so", "but") or tokens[i].text == "&" or i - start < 2:
            continue
        if not any(t.kind == "date" for t in tokens[i:last]):
            break
        person = any(p.first == i + 1 for p in everybody)
        if tokens[i + 1].low in ("i", "he", "she", "we") or person or _third(tokens[i + 1]):
            found.append((start, i))
            start = i
    return [*found, (start, last)]


def _acts(ground: Ground, i: int, last: int) -> bool:
    """Tell whether a person dictated without marks does something next: dewayne on our security team sends ..."""
    tokens = ground.tokens
    if tokens[i].low in ("in", "on", "from", "over", "their", "the", "our"):
        stop = min(last, i + 6)
        while i < stop and not _third(tokens[i]):
            i += 1
    return i < last and _third(tokens[i])


def _third(token: Token) -> bool:
    """Tell whether a word is a verb as said of somebody else: gets, signs."""
    return token.low in base_verbs() and base_verbs()[token.low] != token.low and token.low.endswith("s")


def _only_due(ground: Ground, first: int, last: int) -> bool:
    return all(
        t.kind in ("mark", "date", "count") or t.low in ("by", "until", "due", "on", "for", "at", "the", "is")
        for t in ground.tokens[first:last]
    )


def _deals(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a clause tells of the deal itself, so that its date is the close: 64k commit, 3/27 -> 4/10."""
    if any(
        t.kind in ("money", "percent") or t.low in ("->", "→", "=>") for t in ground.tokens[max(0, first - 1) : last]
    ):
        return True
    return bool(ground.marked.between(first, last, "category"))


def _refers_back(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a clause is about what the one before it named: I run it; he chases that."""
    lows = [t.low for t in ground.tokens[first:last] if t.kind == "word"]
    return 0 < len(lows) <= 6 and any(w in ("it", "that", "this", "them", "those") for w in lows[:3])


def _in_brackets(ground: Ground, first: int, last: int, piece: Piece) -> bool:
    tokens = ground.tokens
    inside = range(max(first, piece.first + 1), min(last + 2, piece.last - 1))
    return any(tokens[i].low in ME_WORDS and tokens[i - 1].low == "(" and tokens[i + 1].low == ")" for i in inside)


def due_date(step: Fact[NextStep] | None) -> date | None:
    """Return the day a step is due, where it has one."""
    return step.value.due if step else None
