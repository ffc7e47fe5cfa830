"""What happens next in a deal: its ground and the people in it come in, the next step goes out.

A step that the notes mark as one (NS, next step, an open box to tick) counts first; otherwise what the rep, a named
person or one of our teams does until a day, or an event with a day to come.
"""

from collections.abc import Sequence
from datetime import date

from chains.deals import ME, Fact, NextStep
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import base_verbs
from chains.reading.people.persons import Named
from chains.reading.steps.actions import TRIM, action_text, due_in
from chains.reading.steps.doings import ENOUGH, Step, told
from chains.reading.steps.events import MEETINGS, events
from chains.reading.steps.owners import owner_at, owner_behind

MARKED, TASK = 10.0, 8.0
_MINE = frozenset("me my mine ako".split())


_LEAD_ON = frozenset("is s comes one up then".split())
_GO_ON = frozenset("there here now is s was me".split())


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
        found += told(ground, piece, everybody)
        if not piece.lent:
            found += events(ground, piece)
    none = any(h.name == "none" for _, h in ground.hits("step", lent=True))
    best = max(found, key=lambda s: (s.score, -(s.step.due or date.max).toordinal(), -s.first), default=None)
    if best is None or best.score < (TASK if none else ENOUGH):
        return None if none else exported
    if exported is not None and best.score <= ENOUGH and _within(ground, best, exported):
        return exported  # the cell has been read as what it is
    return ground.fact(best.step, best.first, best.last)


def _within(ground: Ground, step: Step, exported: Fact[NextStep]) -> bool:
    """Tell whether a step was found in the very words that an export's own reading took."""
    span = ground.span(step.first, step.last)
    return any(s.start <= span.start and span.end <= s.end for s in exported.spans)


def _markers(ground: Ground, piece: Piece) -> list[tuple[int, int]]:
    """Return where the text of each marked step opens and ends."""
    tokens = ground.tokens
    found: list[tuple[int, int]] = []
    for i in range(piece.first, piece.last):
        for hit in ground.marked.at.get(i, ()):
            own = hit.group == "mine" and i == piece.first and hit.last + 1 < piece.last and tokens[hit.last].low == ":"
            own = own and hit.last + 1 not in ground.named  # "Mine: Tenby Homes 38k" counts the deals
            step = hit.group == "step" and hit.name == "marker" and _is_marker(ground, piece, hit.first, hit.last)
            if not own and not step:
                continue
            first = hit.last
            while first < piece.last and (
                tokens[first].low in TRIM
                or tokens[first].low == ">"
                or first in ground.own
                or (tokens[first].low in _GO_ON - {"me"} and first - hit.last < 3)
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
    if last < piece.last and following == ">" and first == piece.first:
        return True
    if low in ("ns", "n/s", "nächster", "próximo", "prochaine"):
        return True
    if low == "next":
        opens = all(t.kind == "mark" or t.low == "so" for t in tokens[piece.first : first])
        named = last
        while named < piece.last and tokens[named].low in _LEAD_ON:
            named += 1
        if named > last and named in ground.own:
            return False  # "next is Globex, 80k" goes on to the next deal
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
    if name is None and due is not None and any(t.low in MEETINGS for t in tokens[first:end]):
        name = ME  # next step: coffee with the new director
    action = action_text(ground, piece, rest, end, due_tokens, everybody, first) or action_text(
        ground, piece, first, last, due_tokens, everybody
    )
    empty = not any(c.isalnum() for c in action) or tokens[first].low in ("none", "tbd", "?", "no", "unclear", "n/a")
    if empty or action in ("tbd", "none", "n/a"):
        return []
    return [Step(NextStep(action, name, due), first, last, score)]
