"""What has happened to a deal for good: its ground comes in; a signature or order, of one side or both, goes out."""

from datetime import date

from chains.deals import Fact
from chains.periods import Period
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit

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


def signed_by(ground: Ground) -> Fact[str] | None:
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
    day = tokens[hit.last - 1].value
    day = day.end if isinstance(day, Period) else day
    past = tokens[hit.last - 1].bare and any(t.low in _CAME for t in tokens[hit.first : hit.last])
    if hit.name == "po" and isinstance(day, date) and day > ground.conventions.as_of and not past:
        return False  # cuts the PO on Friday
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
    if ground.counted(hit.first, piece):
        return False
    if hit.name == "both" and before[-1:] and before[-1] in _STEPS:
        return False  # legal both sides done
    if hit.name == "plain" and behind[:1] == ["with"] and behind[1:2] not in (["us"], ["me"]):
        return False  # they signed with somebody else
    if tokens[hit.first].low == "came" and not _alone(ground, piece, hit):
        return False  # "their answer came in Tuesday" is no order
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


def _alone(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether nothing but the deal itself, or a word for it, stands before a cue in its clause."""
    tokens = ground.tokens
    first, _ = ground.clause(hit.first, piece)
    before = [j for j in range(first, hit.first) if tokens[j].kind != "mark"]
    return all(j in ground.own or tokens[j].kind == "money" or tokens[j].low in _CLOSERS for j in before)


_STEPS = frozenset("legal security infosec redlines review reviews dpa msa nda procurement purchasing checks".split())
_CAME = frozenset("came arrived landed hit dropped received got would".split())  # PO'd Friday

_STILL_IN = frozenset("the their approval approvals routing review works queue system workflow procurement".split())

_AWAITED = frozenset("waiting awaiting awaits waits pending outstanding missing fehlt falta manque".split())
