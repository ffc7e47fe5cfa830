"""What the words before a date say of it: a date's place in its piece comes in, the part that the nearest cue gives it
goes out.
"""

from chains.reading.accounts.pieces import Piece
from chains.reading.dates.of_entries import TODAY
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit

QUIET = frozenset(
    (
        "both all for on by at in of the about around approx roughly still maybe likely now is it s say ca circa end "
        "date to so and as well too tight risky firm solid hopefully ideally doable realistic probably tbc tbd ish "
        "soft hard fixed aggressive optimistic safe latest confirmed hope"
    ).split()
)

_REACH = 4

_SIGNING = frozenset("sign signs signing will should signature expect expects".split())

MEETINGS = frozenset(
    (
        "call meeting letter letters award awards decision grant season results report delivery demo review workshop "
        "visit session kickoff onboarding training install readout qbr presentation chat conversation coffee lunch "
        "talk pitch tour intro introduction committee board"
    ).split()
)


def part_before(ground: Ground, piece: Piece, i: int, earlier: int | None) -> str:
    """Return the part that the nearest cue before a date gives it."""
    tokens = ground.tokens
    stop = max(piece.first, i - 9, (earlier + 1) if earlier is not None else 0)
    best: tuple[float, int, str] | None = None
    clause = ground.marked.clauses.clause_of
    for j in range(stop, i):
        for hit in ground.marked.at.get(j, ()):
            if hit.group not in ("date_cue", "signed", "category") or hit.last > i or hit.first in ground.named:
                continue
            distance = sum(1 for t in tokens[hit.last : i] if t.kind != "mark")
            if distance > _REACH:
                continue
            name = hit.name
            if name == "signed" and hit.group == "date_cue" and _still_out(ground, hit):
                continue
            if hit.group == "category":
                name = "signed" if name in ("closed_won", "closed_lost") else "close"
                if name == "close" and _moving(ground, piece, hit.first):
                    name = "moved"  # "moved it to best case and April 30"
                if sum(1 for t in tokens[hit.last : i] if t.kind != "mark" and t.low not in QUIET) > 2:
                    continue
            elif hit.group == "signed":
                name = "signed" if name in ("both", "po", "plain", "closed") else ""
            if name == "moved" and tokens[hit.last - 1].low == "so" and not _behind_another(ground, piece, i):
                continue  # so today we cannot
            if name == "event" and tokens[hit.first].low == "as" and _signed_in(ground, i):
                name = "signed"  # signed both ways as of Tuesday
            if name == "close" and tokens[hit.first].low == "award" and distance:
                continue
            if name == "close" and hit.first > piece.first and _of_before(ground, piece, hit, i):
                name = "was"  # was commit for 3/13, now it's a stretch for 4/10
            if name in ("close", "maybe") and tokens[hit.first - 1].low in ("was", "were") and hit.first > piece.first:
                name = "was"  # was set for 2/27
            if not name or (name in ("was", "moved") and not _reaches(ground, hit, distance, i)):
                continue
            concluded = tokens[hit.last - 1].low == "so"  # next board is 10/14, so 10/16
            if (
                name in ("moved", "was")
                and not concluded
                and _of_a_meeting(ground, piece, hit.first, strict=name == "was")
            ):
                name = "event"
            if (
                name == "was"
                and tokens[hit.last - 1].low in ("was", "were")
                and _signed_before(ground, piece, hit.first)
            ):
                name = "signed"  # both signatures were in on May 6
            if name == "close" and (_filled_in(ground, hit) or ground.negated(hit.first, piece, 2)):
                continue  # "it will not close this year" gives no date
            if name == "moved" and any(t.low in MEETINGS for t in tokens[hit.last : i]):
                name = "event"  # the state pushed the award letters to mid October
            if name == "was" and tokens[hit.last - 1].low == "told" and (tokens[i].bare or tokens[i - 1].low == "on"):
                name = "event"  # "I told Bill on the 3rd" tells when, "I told Bill the 3rd" what
            if name == "close" and hit.last - hit.first > 2 and _by_a_team(ground, piece, hit.first):
                name = "event"  # our security has it down for the 30th
            if name == "close" and tokens[hit.first].low == "po":
                name = "maybe"  # a close date told as such stands: close 20/3, they issue the PO by 13/3
            if name == "signed" and ground.negated(hit.first, piece):
                name = "event"
            rank = -distance - (2.5 if clause[hit.first] != clause[i] else 0.0)
            if name == "event" and tokens[hit.first].low in ("by", "due"):
                rank -= 1.5
                if (
                    tokens[hit.first].low == "due"
                    and hit.first > piece.first
                    and tokens[hit.first - 1].kind in ("money", "percent")
                ):
                    name = "close"
            if name == "slip_of_pen":
                name = "pen"
                if distance > 1:
                    continue
            behind = hit.last - 1 if name == "signed" else hit.first  # "signed, both sides, 7/2"
            if clause[i] - clause[behind] > 1 and name in ("signed", "event", "close"):
                continue
            if name == "close" and tokens[hit.first].low in _SIGNING:
                name = "sign"
            key = (rank, hit.last - hit.first, name)
            if (
                clause[hit.first] != clause[i]
                and name in ("event", "close", "signed", "sign")
                and not _thin(ground, piece, i)
            ):
                continue
            if clause[hit.first] != clause[i] and name == "event":
                continue
            best = max(best, key) if best else key
    return best[2] if best else ""


def _behind_another(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a written-out date follows another one of its sentence: had it for 3/20, the audit, so 4/10."""
    first = ground.marked.clauses.sentences[piece.sentence].first
    written = any(c.isdigit() for c in ground.tokens[i].text)
    return written and any(t.kind == "date" for t in ground.tokens[first : i - 1])


def _signed_in(ground: Ground, i: int) -> bool:
    first, _ = ground.marked.clauses.clause(i)
    return any(h.name in ("both", "po") for h in ground.marked.between(first, i, "signed"))


def _of_before(ground: Ground, piece: Piece, hit: Hit, i: int) -> bool:
    """Tell whether a category is said of before and its date with it, another date following in the sentence."""
    tokens = ground.tokens
    if not ground.marked.opening(hit.first, "category") or tokens[hit.first - 1].low not in ("was", "were"):
        return False
    last = ground.marked.clauses.sentences[piece.sentence].last
    behind = tokens[i + 1 : last]
    return any(t.low == "now" for t in behind) and any(t.kind == "date" for t in behind)


def _still_out(ground: Ground, hit: Hit) -> bool:
    """Tell whether a signature is spoken of that is still to come: out for signature with their counsel, 3/31."""
    return any(
        h.name == "procurement" and h.first < hit.first and hit.last <= h.last
        for h in ground.marked.between(max(0, hit.first - 5), hit.last, "stage")
    )


def _signed_before(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a signature or an order is told right before a token."""
    return any(
        h.name in ("both", "po")
        for j in range(max(piece.first, i - 4), i)
        for h in ground.marked.at.get(j, ())
        if h.group == "signed"
    )


def _moving(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a clause says before a token that something was moved to."""
    first, _ = ground.clause(i, piece)
    return any(
        h.group == "date_cue" and h.name == "moved" and ground.tokens[h.last - 1].low == "to"
        for j in range(max(first, i - 6), i)
        for h in ground.marked.at.get(j, ())
    )


_DOABLE = frozenset("do make manage hit".split())


def _reaches(ground: Ground, hit: Hit, distance: int, i: int) -> bool:
    """Tell whether a word of change is near enough to a date to be said of it; weekdays need more than a "from"."""
    low = ground.tokens[hit.last - 1].low
    if ground.tokens[hit.first].low in ("goes", "went", "gone", "is", "sits") and distance > (
        ground.tokens[i - 1].low == "the"
    ):
        return False  # "the order form goes to them tomorrow"
    if low in _DOABLE and (distance or ground.tokens[i].bare or ground.tokens[i].text.casefold() in TODAY):
        return False  # "which we can't do today"
    between = ground.tokens[hit.last : i]
    if low == "from" and any(t.kind == "word" and t.low not in QUIET for t in between):
        return False  # back from leave on the 20th
    if low == "it" and ground.tokens[hit.first].low == "call" and distance > (ground.tokens[i - 1].low == "the"):
        return False
    if low == "had" and hit.last - hit.first == 2 and distance:
        return False  # "(we had 27/3)", but not "we had a call 27/3"
    if low == "it" and ground.tokens[hit.first].low == "had" and distance:
        return False  # "had it 7/31", but not "had it reviewed on 3/4"
    if hit.last - hit.first == 1 and low == "from" and not _moves(ground, hit.first, i):
        return False
    weekday = ground.tokens[i].bare and not any(c.isdigit() for c in ground.tokens[i].text) and not _ordinal(ground, i)
    if weekday and low in ("from", "not", "was", "were", "now", "it", "before"):
        return False
    return distance <= (
        0
        if low in ("from", "not", "now", "rather", "first", "had", "so")
        and distance
        and ground.tokens[i - 1].low != "the"
        else 3
    )


def _by_a_team(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether one of the teams has a thing down for a day: security have it down for the 30th."""
    first, _ = ground.clause(i, piece)
    return any(h.group == "team" for j in range(max(first, i - 3), i) for h in ground.marked.at.get(j, ()))


def _ordinal(ground: Ground, i: int) -> bool:
    """Tell whether a date is a day told by its number: the twenty fourth."""
    return ground.tokens[i].text.casefold().endswith(("th", "st", "nd", "rd", "first", "second", "third"))


def _moves(ground: Ground, place: int, i: int) -> bool:
    """Tell whether a "from" tells where a date stood: moved from 3/1, from March to April; not "training from 3/8"."""
    tokens = ground.tokens
    before = [t.low for t in tokens[max(0, place - 6) : place]]
    behind = [t.low for t in tokens[i + 1 : i + 3]]
    left = tokens[place - 1].kind if place else "mark"
    alone = i + 1 == len(tokens) or tokens[i + 1].kind == "mark" or tokens[i + 1].low in ("now", "to")
    fresh = place == 0 or tokens[place - 1].low in ("(", "[", ":", "|") or _first_said(ground, place)
    opens = left == "date" or (left == "mark" and ((alone and fresh) or _behind_date(ground, place)))
    if tokens[i].text.casefold().startswith("this ") and "to" not in behind:
        return False  # "we lose 95k from this quarter" takes money out of it
    moved = any(w.startswith(_MOVES) or w in _WAYS for w in before)
    return opens or moved or any(w in ("to", "->", "→") for w in behind)


def _behind_date(ground: Ground, place: int) -> bool:
    """Tell whether a date, a mark apart, stands before a token: 4/10 (from 3/15 as I told you)."""
    parted = ground.marked.clauses.sentence_of
    return place > 1 and ground.tokens[place - 2].kind == "date" and parted[place - 2] == parted[place]


def _first_said(ground: Ground, place: int) -> bool:
    """Tell whether a token opens its sentence."""
    sentence = ground.marked.clauses.sentence_of[place]
    return sentence >= 0 and ground.marked.clauses.sentences[sentence].first == place


_MOVES = (
    "push", "slip", "slid", "mov", "pull", "shift", "brought", "bring", "chang", "delay", "postpon", "clos", "resched",
    "kick", "bump", "roll", "drift", "drag", "walk",
)  # fmt: skip

_WAYS = frozenset("went gone out up forward now date cd back in".split())


def _filled_in(ground: Ground, hit: Hit) -> bool:
    """Tell whether "in by" belongs to a doing: fills it in by the 16th, sends them in by Friday."""
    tokens = ground.tokens
    return tokens[hit.first].low == "in" and tokens[hit.first - 1].low in (
        "it",
        "them",
        "that",
        "this",
        "form",
        "sheet",
    )


def _of_a_meeting(ground: Ground, piece: Piece, i: int, *, strict: bool = False) -> bool:
    """Tell whether what was moved is a meeting and no close."""
    first, _ = ground.clause(i, piece)
    near = range(max(first, i - (2 if strict else 4)), i)
    if any(ground.tokens[j].low in MEETINGS and j not in ground.named for j in near):
        return True  # but "the School Board was 27/11" is the deal
    if strict:
        return False
    # "product says not before June" is a delivery, "they count on April now" a hope
    return any(h.group == "team" for j in range(max(first, i - 5), i) for h in ground.marked.at.get(j, ())) or any(
        t.low in ("count", "counts", "hope", "hopes", "promised") for t in ground.tokens[max(first, i - 3) : i + 3]
    )


def _thin(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a date is all that its clause holds."""
    first, last = ground.clause(i, piece)
    return all(
        j == i or t.kind == "mark" or t.low in QUIET or j in ground.named
        for j, t in enumerate(ground.tokens[first:last], first)
    )
