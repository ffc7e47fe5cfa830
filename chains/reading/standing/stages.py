"""How far a deal has come: its ground and what an export says come in, its stage goes out.

What lies ahead is no stage: a proposal still to be written, a meeting with purchasing.
"""

from datetime import date
from itertools import pairwise

from chains.deals import Fact
from chains.kinds import Stage
from chains.periods import Period
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import Hit
from chains.reading.steps.next_step import step_tokens

ORDER = (
    Stage.DISCOVERY, Stage.EVALUATION, Stage.PROPOSAL, Stage.NEGOTIATION, Stage.PROCUREMENT, Stage.VERBAL,
)  # fmt: skip


def stage_told(ground: Ground, exported: Fact[Stage] | None) -> Fact[Stage] | None:
    best: Fact[Stage] | None = None
    for piece in ground.pieces:
        if piece.stage and not piece.lent:
            best = ground.fact(Stage(piece.stage), piece.first, piece.last)
            break
    explicit: Fact[Stage] | None = None
    labelled = False
    for piece, hit in ground.hits("stage"):
        stage = Stage(hit.name)
        if hit.first in ground.named or not _stage_counts(ground, piece, hit):
            continue
        if stage is Stage.PROCUREMENT and labelled and _reviewed(ground, hit):
            continue  # evaluation, 30/6. Their security questionnaire has one open point
        labelled = labelled or (stage in (Stage.DISCOVERY, Stage.EVALUATION) and _alone(ground, hit))
        fact = ground.fact(stage, hit.first, hit.last)
        if hit.first > piece.first and any(t.low in ("stage", "phase") for t in ground.before(hit.first, piece, 2)):
            return fact  # a line of its own: "Stage: Negotiation"
        if best is None or ORDER.index(stage) >= ORDER.index(best.value):
            best = fact
        if stage in (Stage.NEGOTIATION, Stage.VERBAL) or (False):
            explicit = fact if explicit is None or ORDER.index(stage) > ORDER.index(explicit.value) else explicit
    if exported is None and (best is None or best.value is Stage.PROPOSAL):
        sign = _from_signs(ground)
        if best is None or (sign is not None and sign.value is Stage.NEGOTIATION):
            return sign
    if exported is not None:
        if best is None or best.value not in (Stage.VERBAL, Stage.PROCUREMENT, Stage.EVALUATION, Stage.NEGOTIATION):
            return exported
        if exported.value not in ORDER or ORDER.index(best.value) <= ORDER.index(exported.value):
            return exported
    return best


def _from_signs(ground: Ground) -> Fact[Stage] | None:
    """Return the furthest stage that the things about a deal are signs of."""
    best: Fact[Stage] | None = None
    for piece, hit in ground.hits("stage_sign"):
        stage = Stage(hit.name)
        if hit.first in ground.named or ground.negated(hit.first, piece, 3) or ground.conditional(hit.first, piece):
            continue
        paper = stage is not Stage.EVALUATION and _ahead(ground, piece, hit)
        if paper or _rivals(ground, piece, hit) or _wanted(ground, piece, hit):
            continue
        if best is None or ORDER.index(stage) > ORDER.index(best.value):
            best = ground.fact(stage, hit.first, hit.last, inferred=True)
    return best


def _wanted(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether the clause of a sign speaks of our own people or of what is planned."""
    first, last = ground.clause(hit.first, piece)
    clause = ground.tokens[first:last]
    to_come = any(
        t.kind == "date" and _day(t) >= ground.conventions.as_of and before.low not in _WHILE
        for before, t in pairwise(clause)
    )
    if to_come and hit.name in ("discovery", "evaluation"):
        return True
    return any(t.low == "our" for t in ground.tokens[first : hit.last]) or any(
        i in step_tokens(ground) for i in range(hit.first, hit.last)
    )


_WHILE = frozenset("until till til to through thru".split())


def _day(token: Token) -> date:
    value: date = token.value.end if isinstance(token.value, Period) else token.value
    return value


def _alone(ground: Ground, hit: Hit) -> bool:
    """Tell whether a stage stands between marks by itself, as its label."""
    tokens = ground.tokens
    return all(not 0 <= i < len(tokens) or tokens[i].kind == "mark" for i in (hit.first - 1, hit.last))


def _reviewed(ground: Ground, hit: Hit) -> bool:
    return any(h.name == "security_review" for h in ground.marked.between(hit.first, hit.last, "topic"))


def _rivals(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether a bid or a test is a rival's, which is no step of ours."""
    if ground.tokens[hit.first].low.startswith("bake"):
        return False  # we are in it
    around = ground.marked.between(max(piece.first, hit.first - 8), min(piece.last, hit.last + 3), "risk")
    return any(h.name == "competition" and h.first <= hit.first < h.last for h in around)


def _stage_counts(ground: Ground, piece: Piece, hit: Hit) -> bool:
    tokens = ground.tokens
    low = tokens[hit.first].low
    if _rivals(ground, piece, hit):
        return False
    if hit.name == "verbal":
        first, last = ground.clause(hit.first, piece)
        if any(h.name == "approval" for h in ground.marked.between(first, last, "topic")):
            return False
        if any(t.low in ("or", "if", "whether") for t in tokens[hit.last : hit.last + 2]):
            return False
        return not ground.negated(hit.first, piece) and not ground.conditional(hit.first, piece)
    if hit.name == "procurement":
        met = hit.first > piece.first and tokens[hit.first - 1].low in _TALKED
        if (met and low in ("with", "at")) or (hit.last < piece.last and tokens[hit.last].low in _BUYING_PEOPLE):
            return False  # a meeting with their purchasing manager
        if low in ("not", "unsigned"):
            return True
        if ground.conditional(hit.first, piece) and low in ("docusign", "redlines", "sign"):
            return True
        return not ground.negated(hit.first, piece, 2) or low == "out"
    if hit.name == "evaluation" and low in ("demo",):
        return not any(t.low in ("ns", ":") for t in ground.before(hit.first, piece, 2))
    if hit.name == "proposal" and _ahead(ground, piece, hit):
        return False
    return not ground.negated(hit.first, piece, 2)


_TALKED = frozenset("meeting call talk talks talked chat coffee spoke met lunch visit meet".split())

_BUYING_PEOPLE = frozenset("manager lady director guy head man woman person buyer".split())


def _ahead(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether a paper is spoken of that is still to be written or sent: will send a quote, proposal by Friday."""
    tokens = ground.tokens
    first, last = ground.clause(hit.first, piece)
    lows = [t.low for t in tokens[first:last]]
    if any(w in _WENT for w in lows):
        return False
    inside = [t.low for t in tokens[hit.first : hit.last]]
    before = [t.low for t in tokens[max(first, hit.first - 6) : hit.first]]
    behind = [t.low for t in tokens[hit.last : min(hit.last + 4, last)]]
    if any(w in _TO_COME or w in _WRITES for w in (*before, *inside)):
        return True
    if hit.last - hit.first == 1 and hit.first in step_tokens(ground):
        return True  # next step: proposal by Friday
    return " ".join(behind[:1]) in _FOLLOWS or " ".join(behind[:2]) in _FOLLOWS


_FOLLOWS = frozenset(
    ("by", "due", "tomorrow", "next", "goes out", "go out", "to follow", "to come", "to send", "to write", "is due")
)

_WENT = frozenset("sent submitted delivered out in went presented received got reviewing since with".split())

_TO_COME = frozenset("will shall to next then need needs want wants wanted owe owes ask asks asked due before".split())

_WRITES = frozenset(
    (
        "present presents presenting "
        "send sends sending prepare prepares preparing draft drafts drafting write writes writing build builds building"
        " finish finishing deliver submit make making put putting working revise revising"
    ).split()
)
