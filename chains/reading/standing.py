"""Where a deal stands in the forecast: its ground comes in; category, the one before, odds and stage go out.

What the rep states stands. Otherwise what happened tells: a signature, an order, a loss, odds, a verbal yes, papers.
"""

from dataclasses import dataclass
from decimal import Decimal

from chains.deals import Fact
from chains.kinds import Category, Stage
from chains.reading.dates_led import MEETINGS
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit, wordlists
from chains.reading.pieces import Piece
from chains.reading.steps import step_tokens
from chains.reading.tokens import Token

_FORMER = frozenset("was were been former formerly previously from originally instead".split())
_ARROWS = frozenset(["->", "→", "=>", "⇒", ">>"])
_LOST_BEHIND = frozenset("to on against the it this that deal one because due after for price".split())
_LOST_NOT = frozenset(
    (
        "budget champion contact time weeks days week day momentum interest track funding sight access steam patience "
        "headcount people their her his our touch some two three"
    ).split()
)
_ODDS = frozenset(
    (
        "prob probability probably odds chance chances likelihood confidence confident likely sure at say stays now "
        "me my gut feel feeling id i would give put guess its it maybe perhaps roughly about around "
        "is call it p"
    ).split()
)
_NOT_ODDS = frozenset(
    (
        "off discount less more reduction up down upfront growth cheaper higher lower rebate cut increase of uplift "
        "margin attainment quota"
    ).split()
)
_EVEN = (["/", "50"], ["-", "50"], [":", "50"])
_ASIDE_PAPERS = frozenset("nda dpa loi mou baa term sheet ndas amendment letter form up off".split())
_FUTURE = frozenset(
    (
        "be being gets get getting will would could should can may might must to until before once if when after "
        "unless wants want needs need"
    ).split()
)
_CLOSERS = frozenset(
    "we they it deal that this just finally already has have got and one i also today yesterday".split()
)
ORDER = (
    Stage.DISCOVERY, Stage.EVALUATION, Stage.PROPOSAL, Stage.NEGOTIATION, Stage.PROCUREMENT, Stage.VERBAL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold where a deal stands and what it was called before."""

    category: Fact[Category] | None
    before: Fact[Category] | None
    odds: Fact[Decimal] | None
    stage: Fact[Stage] | None
    won: bool
    lost: bool


def read_standing(
    ground: Ground,
    exported: Fact[Category] | None,
    exported_stage: Fact[Stage] | None,
    exported_odds: Fact[Decimal] | None,
) -> Standing:
    """Return category, previous category, odds and stage by the product's rules."""
    stated, before = _stated(ground, exported)
    odds = _odds(ground, exported_odds)
    signed = _signed(ground)
    lost = _lost(ground)
    stage = _stage(ground, exported_stage)
    if signed is not None and signed.value == "one side" and (stage is None or stage.value in ORDER[:4]):
        stage = Fact(Stage.PROCUREMENT, signed.spans, inferred=True)  # half signed: only paper is left
    if (
        signed is not None
        and signed.value == "won"
        and (stated is None or stated is exported or stated.value not in (Category.CLOSED_LOST, Category.OMITTED))
    ):
        if stated is not None and stated.value is not Category.CLOSED_WON:
            before = before or stated
        category: Fact[Category] | None = Fact(
            Category.CLOSED_WON, signed.spans, inferred=stated is None or stated.value is not Category.CLOSED_WON
        )
    elif stated is not None and not (stated is exported and lost is not None):
        category = stated
    elif lost is not None:
        category = Fact(Category.CLOSED_LOST, lost.spans, inferred=True)
    else:
        category = _inferred(signed, odds, stage)
    won = category is not None and category.value is Category.CLOSED_WON
    gone = category is not None and category.value is Category.CLOSED_LOST
    if category is not None and (won or gone):
        stage = Fact(Stage.CLOSED_WON if won else Stage.CLOSED_LOST, category.spans, inferred=True)
    if before is not None and category is not None and before.value == category.value:
        before = None
    return Standing(category, before, odds, stage, won, gone)


def _inferred(signed: Fact[str] | None, odds: Fact[Decimal] | None, stage: Fact[Stage] | None) -> Fact[Category] | None:
    if signed is not None and signed.value == "one side":
        return Fact(Category.COMMIT, signed.spans, inferred=True)
    if odds is not None:
        value = odds.value
        named = Category.COMMIT if value >= 80 else Category.BEST_CASE if value >= 50 else Category.PIPELINE
        return Fact(named, odds.spans, inferred=True)
    if stage is None:
        return None
    named = {
        Stage.VERBAL: Category.COMMIT, Stage.PROCUREMENT: Category.COMMIT,
        Stage.NEGOTIATION: Category.BEST_CASE, Stage.PROPOSAL: Category.BEST_CASE,
        Stage.CLOSED_WON: Category.CLOSED_WON, Stage.CLOSED_LOST: Category.CLOSED_LOST,
    }.get(stage.value, Category.PIPELINE)  # fmt: skip
    return Fact(named, stage.spans, inferred=True)


def _stated(ground: Ground, exported: Fact[Category] | None) -> tuple[Fact[Category] | None, Fact[Category] | None]:
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


def _odds(ground: Ground, exported: Fact[Decimal] | None) -> Fact[Decimal] | None:
    tokens = ground.tokens
    current = exported
    for piece in ground.pieces:
        if piece.lent or not piece.rep:
            continue
        for i in range(piece.first, piece.last):
            token = tokens[i]
            if token.kind == "percent":
                if _is_odds(ground, piece, i):
                    current = ground.fact((token.value.low + token.value.high) / 2, i, i + 1)
            elif token.text == "50" and [t.text for t in tokens[i + 1 : min(i + 3, piece.last)]] in _EVEN:
                current = ground.fact(Decimal(50), i, i + 3)  # 50/50
            elif token.kind == "count" and not token.value.unit:
                number = token.value.number
                said = i > piece.first and tokens[i - 1].low == "say"  # the export gave a share: say 40 now
                if _gut(ground, piece, i) or (said and exported is not None and 0 < number <= 100):
                    current = ground.fact(number, i, i + 1)
    return current


def _gut(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a plain number is a share by what is said before it: gut says 60, I'd give it 70."""
    tokens = ground.tokens
    number = tokens[i].value.number
    before = [t.low for t in ground.before(i, piece, 3)]
    felt = any(w in ("gut", "probability", "prob", "odds", "likelihood", "chance") for w in before) or before[-2:] in (
        ["give", "it"],
        ["odds", "of"],
        ["chances", "at"],
        ["confidence", "is"],
    )
    following = tokens[i + 1] if i + 1 < piece.last else None
    alone = following is None or following.kind in ("mark", "date")
    return bool(felt and alone and 5 <= number <= 95 and number % 5 == 0)


def _is_odds(ground: Ground, piece: Piece, i: int) -> bool:
    tokens = ground.tokens
    behind = [t.low for t in tokens[i + 1 : min(i + 3, piece.last)]]
    before = [t.low for t in ground.before(i, piece, 3)]
    if any(w in _NOT_ODDS for w in behind[:1]) or (
        any(w in ("discount", "wants", "want", "only", "give", "by", "within") for w in before)
        and before[-2:] not in (["give", "it"], ["give", "this"], ["only", "at"])
    ):
        return False
    first, last = ground.clause(i, piece)
    alone = all(
        j == i
        or t.kind in ("mark", "money", "date", "count")
        or j in ground.named
        or t.low in _ODDS
        or t.low in ("and", "or", "for", "still")
        for j, t in enumerate(tokens[first:last], first)
    )
    if alone:
        return True
    beside = tokens[i - 1].kind == "money" or i - 1 in ground.named
    if i > piece.first and beside and i + 1 < piece.last and tokens[i + 1].kind in ("date", "mark"):
        return True  # "saguaro estates twenty eight thousand ninety percent march thirteenth its only ..."
    if any(w in _ODDS for w in before[-2:]) and not (
        behind
        and tokens[i + 1].kind == "word"
        and behind[0]
        not in ("now", "and", "but", "prob", "probability", "likely", "for", "commit", "close", "chance", "sure")
    ):
        return True
    if any(w in ("prob", "probability", "likely", "chance", "sure", "confident", "odds") for w in behind):
        return True
    return any(h.group == "category" for h in ground.marked.between(first, last, "category")) and last - first <= 6


def _signed(ground: Ground) -> Fact[str] | None:
    """Return "won" or "one side" where the notes tell of a signature or an order, with its place."""
    found: Fact[str] | None = None
    one_side = {piece.sentence for piece, hit in ground.hits("signed") if hit.name == "theirs"}
    for piece, hit in ground.hits("signed"):
        if hit.name == "theirs":
            if found is None or found.value != "won":
                found = ground.fact("one side", hit.first, hit.last)
            continue
        if hit.name == "pending" or not _happened(ground, piece, hit):
            continue
        if hit.name == "plain" and piece.sentence in one_side:
            continue
        if hit.name == "plain" and _ours_missing(ground, piece, hit):
            found = ground.fact("one side", hit.first, hit.last)  # said outright, it corrects what was told before
            continue
        found = ground.fact("won", hit.first, hit.last)
    return found


def _ours_missing(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether what follows a signature says that ours is missing: they signed 1/6, our Mette has not."""
    tokens, sentences = ground.tokens, ground.marked.clauses.sentences
    last = sentences[piece.sentence].last
    if piece.sentence + 1 < len(sentences) and sentences[piece.sentence + 1].unit == piece.unit:
        last = sentences[piece.sentence + 1].last
    for i in range(hit.last, min(last, hit.last + 16)):
        if tokens[i].low not in ("our", "ours", "we", "us"):
            continue
        for j in range(i + 1, min(i + 8, last)):
            if tokens[j].low.startswith("countersign") or tokens[j].low in ("not", "missing", "pending", "open"):
                return tokens[j - 1].low != "nothing"
            if tokens[j].low in (".", "signed", "and"):
                break
    return False


def _happened(ground: Ground, piece: Piece, hit: Hit) -> bool:
    tokens = ground.tokens
    behind = [t.low for t in tokens[hit.last : min(hit.last + 3, piece.last)]]
    before = [t.low for t in ground.before(hit.first, piece, 3)]
    if ground.negated(hit.first, piece, 5) or ground.conditional(hit.first, piece):
        return False
    wider = ground.marked.opening(hit.first, "stage")
    if wider is not None and wider.last > hit.last:
        return False  # "PO in process" tells a stage
    if hit.name == "po" and tokens[hit.last - 1].bare and tokens[hit.last - 1].kind == "date":
        stated = ground.marked.between(piece.first, piece.last, "category")
        if any(h.name in ("commit", "best_case", "pipeline") for h in stated):
            return False  # commit, PO Monday: it is yet to come
    if tokens[hit.last - 1].low == "in" and behind[:1] and behind[0] in _STILL_IN:
        return False
    if (before and before[-1] in _FUTURE) or (
        len(before) > 1 and before[-2] in ("will", "to", "be", "gets") and before[-1] in ("be", "get", "have")
    ):
        return False
    ordered = before[-2:] == ["order", "form"]  # the one paper with that name that makes a deal
    if (not ordered and any(w in _ASIDE_PAPERS for w in before)) or any(w in _ASIDE_PAPERS for w in behind[:2]):
        return False
    if behind[:1] == ["by"] and hit.name == "plain" and len(behind) > 1 and tokens[hit.last + 1].kind == "date":
        return False
    if behind[:1] == ["?"] or (behind[:1] == ["being"] and tokens[hit.last - 1].low in ("is", "are", "was")):
        return False  # "LPO is being signed"
    ahead = ground.tokens[hit.last : min(hit.last + 7, ground.marked.clauses.sentences[piece.sentence].last)]
    if any(t.low in _AWAITED for t in ahead):
        return False  # a PO in their system, waiting on one signature
    if behind[:2] == ["is", "nothing"] or behind[:1] == ["nothing"]:
        return False  # out, but signed is nothing
    if hit.name == "plain" and tokens[hit.first].low == "signed" and before[-1:] == ["not"]:
        return False
    if hit.name == "closed":
        nxt = tokens[hit.last] if hit.last < piece.last else None
        earlier = tokens[hit.first - 1] if hit.first > piece.first else None
        if (
            earlier is not None
            and earlier.kind == "word"
            and hit.first - 1 not in ground.named
            and earlier.low not in _CLOSERS
        ):
            return False  # "redlines closed" is no deal
        if before[-1:] in (["is"], ["are"], ["be"], ["s"]) and hit.last - hit.first == 1:
            return False
        return (
            nxt is None
            or nxt.kind in ("date", "money", "mark")
            or nxt.low in ("on", "for", "at", "it", "today", "this")
            or hit.first - 1 in ground.named
            or hit.last in ground.named
        )
    return True


_STILL_IN = frozenset("the their approval approvals routing review works queue system workflow procurement".split())
_AWAITED = frozenset("waiting awaiting awaits waits pending outstanding missing fehlt falta manque".split())
_BELIEVED = frozenset("thought feared assumed figured expected believed supposedly dachte pensaba".split())


_GONE_ON = frozenset("to out through back up over quiet dark live well into in".split())


def _lost(ground: Ground) -> Fact[str] | None:
    tokens = ground.tokens
    for piece, hit in ground.hits("lost_to"):
        if ground.negated(hit.first, piece) and "no" not in tokens[hit.first].low:
            continue
        if ground.conditional(hit.first, piece):
            continue
        behind = tokens[hit.last : min(hit.last + 2, piece.last)]
        low = tokens[hit.first].low
        if behind and behind[0].low in ("us", "our"):
            continue
        if low == "stuck" and any(
            t.low in ("is", "s", "are", "sits", "still", "got") for t in ground.before(hit.first, piece, 2)
        ):
            continue  # "the paper is stuck with their purchasing"
        if low == "gone" and hit.last - hit.first == 1 and _gone_alone(ground, piece, hit):
            return ground.fact("lost", hit.first, hit.last)
        if tokens[hit.last - 1].low == "gone" and behind and behind[0].low in _GONE_ON:
            continue  # the contract's gone to Priyanka
        if any(t.low in _BELIEVED for t in ground.before(hit.first, piece, 5)) or (behind and behind[0].low == "air"):
            continue
        if low in ("chose", "picked", "selected", "went", "going", "awarded", "decided") or (
            low == "gone" and hit.last - hit.first <= 2
        ):
            if (
                not behind
                or not (
                    _named_rival(ground, behind[0]) or behind[0].low in ("another", "a", "someone", "somebody", "the")
                )
                or any(h.group == "stage" and h.name != "proposal" for h in ground.marked.at.get(hit.first, ()))
            ):
                continue
            if low in ("went", "gone") and tokens[hit.first + 1].low == "to" and not _about_price(ground, piece, hit):
                continue
        if (
            low == "we"
            and behind
            and behind[0].kind == "word"
            and behind[0].low not in ("it", "this", "them", "to", "the", "on")
        ):
            continue
        if (
            low in ("cancelled", "canceled", "killed")
            and hit.first > piece.first
            and tokens[hit.first - 1].kind != "mark"
            and tokens[hit.first - 1].low not in ("was", "is", "got", "they", "deal", "project", "s")
        ):
            continue
        if low in ("cancelled", "canceled") and any(t.low in MEETINGS for t in ground.before(hit.first, piece, 4)):
            continue  # their finance committee was cancelled
        if low == "said" and any(
            t.low in ("board", "legal", "to") for t in [*ground.before(hit.first, piece, 2), *behind]
        ):
            continue
        if low in ("died", "dead") and behind and behind[0].low in ("line", "set", "in", "end"):
            continue
        return ground.fact("lost", hit.first, hit.last)
    return None


def _gone_alone(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether "gone" is all that is said of a deal: Ybor. gone, closed the shop."""
    first, last = ground.clause(hit.first, piece)
    if piece.unit in ground.marked.cells or ground.marked.units[piece.unit].first.keyed:
        return False
    opening = next((j for j in range(hit.first - 1, -1, -1) if ground.tokens[j].kind != "mark"), -1)
    if opening not in ground.own and ground.tokens[opening].kind != "money" and opening < first:
        return False
    return all(
        j in ground.own
        or t.kind in ("mark", "money")
        or t.low in ("gone", "is", "s", "it", "they", "are", "all", "now")
        for j, t in enumerate(ground.tokens[first:last], first)
    )


def _named_rival(ground: Ground, token: Token) -> bool:
    """Tell whether a word names somebody: by its capital, or in dictation by being no everyday word."""
    if token.capital or not ground.marked.clauses.spoken:
        return token.capital
    return token.kind == "word" and not any(token.low in wordlists()[name] for name in ("function", "ordinary"))


def _about_price(ground: Ground, piece: Piece, hit: Hit) -> bool:
    lows = [t.low for t in ground.tokens[hit.last : min(hit.last + 6, piece.last)]]
    dated = any(t.kind == "date" for t in ground.tokens[hit.last : min(hit.last + 3, piece.last)])
    return (
        dated
        or len([w for w in lows if w not in (".", ",") and not w.startswith("<")]) <= 1
        or "price" in lows
        or "instead" in lows
    )


def _stage(ground: Ground, exported: Fact[Stage] | None) -> Fact[Stage] | None:
    best: Fact[Stage] | None = None
    for piece in ground.pieces:
        if piece.stage and not piece.lent:
            best = ground.fact(Stage(piece.stage), piece.first, piece.last)
            break
    explicit: Fact[Stage] | None = None
    for piece, hit in ground.hits("stage"):
        stage = Stage(hit.name)
        if hit.first in ground.named or not _stage_counts(ground, piece, hit):
            continue
        fact = ground.fact(stage, hit.first, hit.last)
        if hit.first > piece.first and any(t.low in ("stage", "phase") for t in ground.before(hit.first, piece, 2)):
            return fact  # a line of its own: "Stage: Negotiation"
        if best is None or ORDER.index(stage) >= ORDER.index(best.value):
            best = fact
        if stage in (Stage.NEGOTIATION, Stage.VERBAL) or (False):
            explicit = fact if explicit is None or ORDER.index(stage) > ORDER.index(explicit.value) else explicit
    if exported is not None:
        if best is None or best.value not in (Stage.VERBAL, Stage.PROCUREMENT, Stage.EVALUATION, Stage.NEGOTIATION):
            return exported
        if exported.value not in ORDER or ORDER.index(best.value) <= ORDER.index(exported.value):
            return exported
    return best


def _stage_counts(ground: Ground, piece: Piece, hit: Hit) -> bool:
    tokens = ground.tokens
    low = tokens[hit.first].low
    around = ground.marked.between(max(piece.first, hit.first - 8), min(piece.last, hit.last + 3), "risk")
    if any(h.name == "competition" and h.first <= hit.first < h.last for h in around):
        return False  # a rival's bid or test is no step of ours
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
        "send sends sending prepare prepares preparing draft drafts drafting write writes writing build builds building"
        " finish finishing deliver submit make making put putting working revise revising"
    ).split()
)
