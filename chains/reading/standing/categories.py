"""Which category the notes state: a deal's ground and what an export says come in; the category and the one before go
out.

"Was commit, now best case"; "no longer a commit"; a letter between an amount and a date.
"""

from chains.deals import Fact
from chains.kinds import Category
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit

_FORMER = frozenset("was were been former formerly previously from originally instead".split())

_ARROWS = frozenset(["->", "→", "=>", "⇒", ">>"])

_LOST_BEHIND = frozenset("to on against the it this that deal one because due after for price".split())

_WHEN = frozenset("in on at by last this".split())

_LOST_NOT = frozenset(
    (
        "budget champion contact time weeks days week day momentum interest track funding sight access steam patience "
        "headcount people their her his our touch some two three"
    ).split()
)


def stated_category(
    ground: Ground, exported: Fact[Category] | None
) -> tuple[Fact[Category] | None, Fact[Category] | None]:
    current, before = exported, None
    for piece in ground.pieces:
        if piece.lent:
            continue
        won = any(h.name in ("both", "po") for h in ground.marked.between(piece.first, piece.last, "signed"))
        if piece.category and current is None and not (won and piece.category == "closed_lost"):
            current = ground.fact(Category(piece.category), piece.first, piece.last)
        break  # a heading speaks of what it first lists, not of a later word about the same deal
    for piece, hit in ground.hits("category"):
        sense = _sense(ground, piece, hit)
        if sense == "none":
            continue
        fact = ground.fact(Category(hit.name), hit.first, hit.last)
        if sense == "was":
            before = fact
            if current is not None and current.value == fact.value and current is not exported:
                current = None
        elif sense == "not":
            if current is not None and current.value == fact.value:
                before, current = current, None
        else:
            if current is not None and current.value != fact.value:
                before = before if before is not None and before.value != fact.value else current
            current = fact
    return current or _coded(ground), before


_CODES = {
    "c": Category.COMMIT,
    "bc": Category.BEST_CASE,
    "u": Category.BEST_CASE,
    "pl": Category.PIPELINE,
    "om": Category.OMITTED,
}


def _coded(ground: Ground) -> Fact[Category] | None:
    """Read the letters that stand for a category between an amount and a date: ACM 80 c 3/31."""
    tokens = ground.tokens
    for piece in ground.pieces:
        for i in range(piece.first + 1, piece.last):
            named = _CODES.get(tokens[i].text.casefold())
            if named is None or tokens[i - 1].kind not in ("money", "count"):
                continue
            nxt = tokens[i + 1] if i + 1 < piece.last else None
            if nxt is None or nxt.kind in ("date", "mark"):
                return ground.fact(named, i, i + 1)
    return None


def _sense(ground: Ground, piece: Piece, hit: Hit) -> str:
    """Tell how a category word is meant: now, was, not, or not as a category at all."""
    tokens = ground.tokens
    low = tokens[hit.first].low
    following = tokens[hit.last].low if hit.last < piece.last else ""
    behind = tokens[hit.last : min(hit.last + 3, piece.last)]
    preceding = [t.low for t in ground.before(hit.first, piece, 4)]
    last = preceding[-1] if preceding else ""
    if hit.first in ground.named:
        return "none"
    first, _ = ground.clause(hit.first, piece)
    if hit.name == "commit" and hit.last - hit.first == 1:
        if following == "to" or (
            low in ("commit", "commits")
            and last in ("will", "would", "can", "could", "to", "they", "they'll")
            and following not in ("", ",", ".")
        ):
            return "none"
        if following in ("number", "total", "sheet", "call", "dates", "meeting"):
            return "none"
    if hit.name == "pipeline" and (
        (
            last in ("my", "our", "the", "new", "your", "more", "in", "their", "team", "sales", "no")
            and not (last == "in" and following in ("", ".", ",", ";"))
        )
        or following in ("coverage", "generation", "review", "call", "sheet", "report", "number")
    ):
        return "none"
    if hit.name == "best_case" and (
        (low == "most" and following not in ("", ",", "."))
        or (low == "best" and following in ("they", "we", "it", "he", "she", "is", "would"))
    ):
        return "none"
    if hit.name == "closed_lost" and low == "lost":
        if hit.last in ground.own:
            return "now"  # "lost Graymoor to Vendora"
        if any(t.kind == "date" for t in behind[:2]) and not (behind[0].kind == "word" and following not in _WHEN):
            return "now"  # lost in August
        if following in _LOST_NOT or (
            following and behind[0].kind == "word" and following not in _LOST_BEHIND and not behind[0].capital
        ):
            return "none"
        if (
            following == "the"
            and len(behind) > 1
            and behind[1].low not in ("deal", "opportunity", "bid", "tender", "rfp", "account", "business")
        ):
            return "none"
        if last in ("we", "have", "has", "they", "i", "been") and following not in (
            "it",
            "this",
            "the",
            "to",
            "",
            "that",
            ",",
            ".",
            "!",
        ):
            return "none"
        if following == "?" and any(t.low in ("no", "not") for t in tokens[hit.last : min(hit.last + 5, piece.last)]):
            return "not"
    if (
        hit.name == "closed_won"
        and low == "won"
        and (
            following in ("over", "back", "t", "them", "her", "him")
            or (last in ("has", "have") and following not in ("", ".", "!", ",", "it", "this"))
        )
    ):
        return "none"
    if hit.name == "closed_won" and low in ("won", "closed", "win") and behind and behind[0].kind == "count":
        return "none"  # we won 4 of 5
    if hit.name in ("closed_won", "closed_lost") and ground.counted(hit.first, piece):
        return "none"
    if low == "omit" and following in ("the", "a", "that", "those", "from"):
        return "none"
    preceding = [t.low for t in tokens[max(first, hit.first - 4) : hit.first]]
    if "now" in preceding and any(w in _FORMER for w in preceding[: preceding.index("now")]):
        return "now"  # "was commit now best case"
    if (
        any(w in _FORMER for w in preceding[-3:])
        or preceding[-3:-1] == ["used", "to"]
        or preceding[-2:] == ["used", "to"]
    ) and not (last == "to" and "from" in preceding):  # from commit to upside
        return "was"
    if (
        "was" in [t.low for t in tokens[first : hit.first]]
        and "now" not in [t.low for t in tokens[first : hit.first]]
        and hit.first - first <= 7
        and last == "and"
    ):
        return "was"
    if following in _ARROWS:
        return "was"
    if ground.negated(hit.first, piece):
        return "not"
    if ground.conditional(hit.first, piece) and hit.name in ("closed_won", "closed_lost", "commit"):
        return "none"
    if last in ("would", "could", "might", "may") and hit.name in ("closed_won", "closed_lost"):
        return "none"
    return "now"
