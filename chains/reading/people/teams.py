"""What our own teams have to do for a deal: its ground comes in, dependencies go out, one of a team.

The buyer's legal or procurement is a risk and no dependency; a team that is done is none either.
"""

from collections.abc import Sequence

from chains.deals import Dependency, Fact
from chains.kinds import Team
from chains.periods import Period
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit, base_verbs, wordlists
from chains.reading.people.persons import Named

OURS = frozenset("our ours own us we internal my".split())
THEIRS = frozenset("their theirs they them his her buyer customer client its".split())
ALWAYS_OURS = frozenset(
    (Team.SOLUTIONS, Team.CUSTOMER_SUCCESS, Team.SERVICES, Team.DEAL_DESK, Team.PRODUCT, Team.SUPPORT, Team.FINANCE,
     Team.ENGINEERING, Team.MARKETING)
)  # fmt: skip
_EXEC_TIME = frozenset("need needs want wants get call letter slot".split())
_NOT_YET = frozenset(
    (
        "still not yet must has have needs need should will would to owes owe by until waiting stuck pending slow "
        "cannot"
    ).split()
)
_ASKED = frozenset("asked need needs without waiting chase ask asks through via stuck no for get getting by".split())
_EVENTS = frozenset(
    "kickoff installation install commissioning onboarding implementation training visit handover delivery".split()
)


def read_dependencies(ground: Ground, everybody: Sequence[Named]) -> tuple[Fact[Dependency], ...]:
    """Return what teams on our side have to do."""
    found: dict[Team, Fact[Dependency]] = {}
    tokens = ground.tokens
    for piece, hit in ground.hits("team", lent=True):
        team = Team(hit.name)
        if team in found or hit.first in ground.named or ground.task(piece) == "done":
            continue
        if hit.last - hit.first == 1 and hit.first > piece.first and tokens[hit.first - 1].low in ("to", "will", "can"):
            continue  # a verb: to support pumps
        if side_of(ground, piece, hit) != "ours" or not _has_to_act(ground, piece, hit):
            continue
        first, last = ground.clause(hit.first, piece)
        due = next((t.value for t in tokens[first:last] if t.kind == "date"), None)
        person = next(
            (p.name for p in everybody if first <= p.first and p.last <= hit.first and hit.first - p.last <= 3), None
        )
        text = " ".join(ground.marked.stream.text(first, last).strip(" ,;:-–()").split())
        day = due.end if isinstance(due, Period) else due
        found[team] = ground.fact(Dependency(team, text, person, day), hit.first, hit.last)
    return tuple(found.values())


def side_of(ground: Ground, piece: Piece, hit: Hit) -> str:
    """Tell whose team a team is: ours, theirs, or "" where nothing tells."""
    tokens = ground.tokens
    team = Team(hit.name)
    if team is Team.EXECUTIVE:
        return "ours"
    before = [t.low for t in tokens[max(piece.first, hit.first - 3) : hit.first]]
    for place, low in reversed(list(enumerate(before))):
        if low in ("them", "him") and before[place + 1 : place + 2] == ["the"]:
            break  # I told them the deal desk has to agree
        if low in THEIRS or (low == "s" and team not in ALWAYS_OURS and not _colleagues(ground, piece, hit)):
            return "theirs"
        if low in OURS or (low == "s" and _colleagues(ground, piece, hit)):
            return "ours"
        if low in (".", ";", ","):
            break
    behind = [t.low for t in tokens[hit.last : min(hit.last + 4, piece.last)]]
    if behind[:1] == ["("] and behind[2:3] == [")"] and behind[1] in wordlists()["first_names"]:
        return "ours"  # Legal (Tui) says by Wednesday
    if behind[:2] == ["on", "their"] or "their" in behind[:1]:
        return "theirs"
    if behind[:2] == ["on", "our"]:
        return "ours"
    if team in ALWAYS_OURS:
        return "ours"
    # a named person of a team, "Tomas in legal", is a colleague unless the notes say otherwise
    named = len(before) > 1 and tokens[hit.first - 2].capital and not tokens[hit.first - 2].text.isupper()
    return "ours" if before and before[-1] in ("in", "from", "over", "(") and named else ""


def _colleagues(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether a team stands behind people of somebody who is no account: Emeka's people in services."""
    tokens = ground.tokens
    if tokens[hit.first - 1].low not in ("in", "from", "of", "over"):
        return False
    whose = next((i for i in range(hit.first - 2, max(piece.first, hit.first - 5), -1) if tokens[i].low == "s"), None)
    return whose is not None and tokens[whose - 1].capital and whose - 1 not in ground.named


def _has_to_act(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether a team's part is still to come."""
    tokens, at = ground.tokens, ground.marked.at
    first, last = ground.clause(hit.first, piece)
    lows = [t.low for t in tokens[max(piece.first, hit.first - 8) : min(piece.last, hit.last + 9)]]
    i = _behind(ground, hit, piece)
    solved = any(
        h.group == "state" and h.name == "solved" and not ground.negated(h.first, piece, 3)
        for j in range(first, last)
        for h in at.get(j, ())
    )
    if solved and not any(w in _NOT_YET for w in lows):
        return False
    if any(h.group == "verb" and h.name == "past" for j in range(i, min(i + 2, piece.last)) for h in at.get(j, ())):
        return False
    following = tokens[i].low if i < piece.last else ""
    if (following in base_verbs() and base_verbs()[following] != following) or following == "to":
        return True
    if (
        following.endswith("s")
        and following not in wordlists()["function"]
        and following not in wordlists()["ordinary"]
        and len(following) > 3
    ):
        return True
    if any(h.group == "must" for j in range(i, min(i + 3, piece.last)) for h in at.get(j, ())):
        return True
    if any(
        h.group == "must" and h.last >= hit.first - 5
        for j in range(max(first, hit.first - 8), hit.first)
        for h in at.get(j, ())
    ):
        return True
    if following in ("has", "have") and any(t.low == "to" for t in tokens[i + 1 : min(i + 8, piece.last)]):
        return True
    before = [t.low for t in tokens[max(piece.first, hit.first - 4) : hit.first]]
    said = ground.marked.clauses.sentences[piece.sentence]
    around = {t.low for t in tokens[max(said.first, hit.first - 14) : min(said.last, hit.last + 14)]}
    if Team(hit.name) is Team.EXECUTIVE and around & _EXEC_TIME:
        return True
    if "not" in before and "have" in before:
        return True
    if any(w in _ASKED for w in before) or (
        before[-1:] == ["with"] and {"stuck", "is", "are", "redlines", "sits", "go", "visit"} & set(lows)
    ):
        return True
    sentence = ground.marked.clauses.sentences[piece.sentence]
    if ground.marked.between(sentence.first, hit.first, "step"):
        return True
    dated = any(tokens[j].kind == "date" for j in range(hit.last, min(last, hit.last + 8)))
    event = any(tokens[j].low in _EVENTS for j in range(first, hit.first))
    return dated and (
        event
        or any(
            h.group == "verb" and h.name == "does"
            for j in range(hit.last, min(last, hit.last + 5))
            for h in at.get(j, ())
        )
    )


def _behind(ground: Ground, hit: Hit, piece: Piece) -> int:
    """Return the token behind a team and the brackets, side and small words that go with it."""
    tokens = ground.tokens
    i = hit.last
    while i < piece.last:
        low = tokens[i].low
        if low == "(":
            while i < piece.last and tokens[i].low != ")":
                i += 1
        elif low not in (")", "team", "side", "on", "our", "guys", "folks", "would", "just", "only", "then", "also"):
            break
        i += 1
    return i
