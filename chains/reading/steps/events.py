"""What is in the diary of a deal: its ground comes in, meetings, demos and installs with a day to come go out."""

from chains.deals import ME, NextStep
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import wordlists
from chains.reading.people.groups import SELLS
from chains.reading.people.persons import person_at
from chains.reading.steps.actions import action_text, due_in
from chains.reading.steps.doings import ENOUGH, Step, clauses_of, only_due
from chains.reading.steps.owners import ME_WORDS, base_form, owner_at, whose_team

_EVENTS = frozenset(
    "kickoff installation install commissioning onboarding implementation training demo readout workshop call meeting"
    " visit walkthrough delivery golive handover presentation review coffee lunch dinner breakfast session".split()
)
MEETINGS = frozenset("visit meeting coffee lunch dinner breakfast session".split())  # the rep goes there
_NOUN_OR_VERB = frozenset("call demo review visit".split())
_LONGEST = 8  # words of an event


def events(ground: Ground, piece: Piece) -> list[Step]:
    """Find an event with a day to come: kickoff with our PS 21.9., commissioning is on 05/01."""
    tokens, marked = ground.tokens, ground.marked
    if not any(t.kind == "date" for t in tokens[piece.first : piece.last]):
        return []
    clauses = clauses_of(ground, piece)
    for i in range(piece.first, piece.last):
        if not _is_event(ground, piece, i):
            continue
        first, last = next((c for c in clauses if c[0] <= i < c[1]), ground.clause(i, piece))
        if tokens[i].low in _NOUN_OR_VERB and i and tokens[i - 1].low in ("i", "we", "they", "he"):
            continue  # a doing: "I call it for 3/31"
        if any(t.low in ("was", "were", "had", "went", "did") for t in tokens[first:last]):
            continue
        if any(t.low in SELLS for t in tokens[first:i]):
            continue  # Danvex offers 15% lower and delivery in six weeks
        due, used = due_in(ground, i, last)
        ahead = next((c for c in clauses if c[1] == first), None)
        if due is None and ahead is not None and tokens[first].low == ":" and only_due(ground, *ahead):
            due, used = due_in(ground, *ahead)  # Tomorrow: call with Walt
        if due is None or due < ground.conventions.as_of:
            continue
        open_points = marked.between(first, i, "state", "risk")
        if any(h.name in ("open", "timeline_slip") for h in open_points):
            continue
        while first < i and (tokens[first].kind == "mark" or first in ground.named):
            first += 1
        mine = tokens[first].low in ME_WORDS and tokens[first + 1].low in ("do", "run", "have", "hold")
        first += 2 if mine else 0
        owner = ME if mine else _owner(ground, piece, i, first, last)
        close = last
        while close > i + 1 and (
            tokens[close - 1].low in _ARRANGED or close - 1 in used or tokens[close - 1].kind == "mark"
        ):
            close -= 1
        action = action_text(ground, piece, first, close, used, ())
        if len(action.split()) > _LONGEST:
            stop = next((j for j in range(i, last) if j in used), last)
            action = action_text(ground, piece, first, stop, used, ())
        if action and len(action.split()) <= _LONGEST:
            return [Step(NextStep(action, owner, due), first, last, ENOUGH)]
    return []


def _is_event(ground: Ground, piece: Piece, i: int) -> bool:
    tokens = ground.tokens
    low = tokens[i].low
    if low in _EVENTS:
        return True
    if low in ("follow", "check", "catch") and any(
        t.low in ("up", "in") for t in tokens[i + 1 : min(i + 3, piece.last)]
    ):
        return i == piece.first or tokens[i - 1].kind in ("mark", "date") or tokens[i - 1].low in ("a", "next", "quick")
    if low in ("kick", "go") and i + 1 < piece.last and tokens[i + 1].low in ("off", "live"):
        return True
    return low in ("start", "starts", "begins") and i == ground.clause(i, piece)[0]


def _owner(ground: Ground, piece: Piece, i: int, first: int, last: int) -> str | None:
    """Return who runs an event: whose team, the colleague it is with, a team named near, or the rep who goes there."""
    tokens, marked = ground.tokens, ground.marked
    team = whose_team(ground, i, min(last + 6, piece.last))
    if team is not None:
        return team
    runner = _runner(ground, piece, last)
    if runner is not None:
        return runner
    meets = tokens[i].low in MEETINGS | {"follow", "check", "catch"}
    meets = meets or (tokens[i].low == "call" and any(t.low == "with" for t in tokens[i:last]))
    if meets or _run_by_me(ground, last, piece.last):
        return ME
    colleague = _with_colleague(ground, i, last)
    if colleague is not None:
        return colleague
    near = range(first, min(last + 12, len(tokens)))
    near_by = (h for j in near for h in marked.at.get(j, ()) if h.group == "team" and j not in ground.named)
    hit = next((h for h in near_by if tokens[h.first - 1].low not in ("their", "his", "her")), None)
    if hit is None or marked.clauses.sentences[marked.clauses.sentence_of[hit.first]].unit != piece.unit:
        return None
    if tokens[i].low == "call" and hit.last == i:
        return ME  # a deal desk call is a call of the rep's with deal desk
    return marked.stream.text(hit.first, hit.last)


_ARRANGED = frozenset("is are booked scheduled planned set confirmed arranged fixed agreed for on at in the".split())
_RUNS = frozenset(
    "drive run lead host do handle own set hold give present take deliver arrange organise organize".split()
)


def _runner(ground: Ground, piece: Piece, first: int) -> str | None:
    """Return who is said behind an event to run it: second demo 3/26, Noah from solutions drives."""
    tokens = ground.tokens
    start = next((i for i in range(first, min(first + 2, piece.last)) if tokens[i].kind == "word"), None)
    if start is None:
        return None
    _, last = ground.clause(start, piece)
    owner = owner_at(ground, piece, start, last, ())
    if owner.name is None or owner.rest >= last or base_form(tokens[owner.rest].low) not in _RUNS:
        return None
    rest = [t.low for t in tokens[owner.rest + 1 : last] if t.kind == "word"]
    return owner.name if all(w in ("it", "that", "this", "up", "one") for w in rest) else None


def _run_by_me(ground: Ground, first: int, last: int) -> bool:
    """Tell whether the words behind an event say that the rep runs it: I'm on it, I set it up, (me)."""
    tokens = ground.tokens
    opened = next((i for i in range(first, min(first + 3, last)) if tokens[i].kind == "word"), None)
    if opened is None or tokens[opened].low not in ME_WORDS:
        return False
    lows = [t.low for t in tokens[opened : min(opened + 5, last)]]
    return len(lows) < 2 or "it" in lows or tokens[opened + 1].kind == "mark"


def _with_colleague(ground: Ground, i: int, last: int) -> str | None:
    """Return the colleague a demo is with: demo with Miggy (SE) 23 April."""
    tokens = ground.tokens
    for j in range(i + 1, min(last - 1, i + 7)):
        if tokens[j].low != "with":
            continue
        person = person_at(ground.marked, j + 1, last, ground.named)
        if person is None or person.last >= last:
            return None
        known = tokens[j + 1].low in wordlists()["first_names"] or tokens[person.last].low == "("
        team = ground.marked.between(person.last, min(person.last + 5, last), "team")
        return person.name if known and team else None
    return None
