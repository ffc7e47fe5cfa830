"""What is open in a deal: its ground comes in; risks, dependencies, exceptions, competitors and details go out.

A point that the notes call solved is none; the buyer's teams are risks, only our own are dependencies.
"""

from collections.abc import Sequence

from chains.deals import Dependency, Detail, ExceptionWanted, Fact, Risk
from chains.kinds import ExceptionKind, RiskKind, Team
from chains.periods import Period
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit, wordlists
from chains.reading.people import Named
from chains.reading.scopes import Piece

OURS = frozenset("our ours own us we internal my".split())
THEIRS = frozenset("their theirs they them his her buyer customer client its".split())
ALWAYS_OURS = frozenset(
    (Team.SOLUTIONS, Team.CUSTOMER_SUCCESS, Team.SERVICES, Team.DEAL_DESK, Team.PRODUCT, Team.SUPPORT)
)
_TOPIC_RISK = {
    "legal": RiskKind.LEGAL, "security_review": RiskKind.SECURITY_REVIEW, "procurement": RiskKind.PROCUREMENT,
    "budget": RiskKind.BUDGET, "approval": RiskKind.APPROVAL,
}  # fmt: skip


def read_risks(ground: Ground, *, moved_out: bool, closed: bool) -> tuple[Fact[Risk], ...]:
    """Return the risks that are open now, one of a kind."""
    found: dict[RiskKind, Fact[Risk]] = {}
    clear_from = _all_clear(ground)
    for piece, hit in ground.hits("risk", lent=True):
        kind = RiskKind(hit.name)
        if kind in found or (closed and kind not in ()):
            continue
        if hit.first in ground.named or _solved(ground, piece, hit, kind):
            continue
        if (
            kind in (RiskKind.LEGAL, RiskKind.PROCUREMENT, RiskKind.SECURITY_REVIEW)
            and piece.sentence in clear_from
            and piece.lent
        ):
            continue
        if not _guard(ground, piece, hit, kind, moved_out):
            continue
        found[kind] = _risk(ground, piece, hit, kind)
    if not closed:
        for piece, topic in ground.hits("topic"):
            kind = _TOPIC_RISK.get(topic.name)
            if kind is None or kind in found or not _open_topic(ground, piece, topic, kind):
                continue
            found[kind] = _risk(ground, piece, topic, kind)
    if moved_out and not closed and RiskKind.TIMELINE_SLIP not in found:
        piece = ground.pieces[0]
        found[RiskKind.TIMELINE_SLIP] = Fact(Risk(RiskKind.TIMELINE_SLIP, "the close date moved out"), (), True)
    return tuple(found.values())


def _risk(ground: Ground, piece: Piece, hit: Hit, kind: RiskKind) -> Fact[Risk]:
    first, last = ground.clause(hit.first, piece)
    first, last = min(first, hit.first), max(last, hit.last)
    text = ground.marked.stream.text(first, last).strip(" ,;:-–()")
    return ground.fact(Risk(kind, " ".join(text.split())), hit.first, hit.last)


def _all_clear(ground: Ground) -> set[int]:
    return {piece.sentence for piece, _ in ground.hits("all_clear")}


def _states(ground: Ground, piece: Piece, first: int, last: int) -> tuple[bool, bool]:
    """Return whether the words say open, and whether they say solved."""
    opened = solved = False
    for i in range(first, last):
        for hit in ground.marked.at.get(i, ()):
            if hit.group != "state" or hit.last > last:
                continue
            if hit.name == "open":
                opened = True
            elif not ground.negated(hit.first, piece, 3) or ground.tokens[hit.first].low in ("no", "not", "nothing"):
                solved = True
            else:
                opened = True
    return opened, solved


def _solved(ground: Ground, piece: Piece, hit: Hit, kind: RiskKind) -> bool:
    """Tell whether a risk is named only to say that it is over."""
    first, last = ground.clause(hit.first, piece)
    lows = [t.low for t in ground.tokens[first:last]]
    before = [t.low for t in ground.tokens[max(first, hit.first - 4) : hit.first]]
    if "no" in before and "longer" in before:
        return True
    if before[-2:] == ["not", "a"] or "isnt" in before:
        return True
    if (
        any(w in ("not", "no", "never", "nobody") for w in before[-3:])
        and ground.tokens[hit.first].low not in ("no", "not")
        and kind not in (RiskKind.NO_ECONOMIC_BUYER, RiskKind.GONE_DARK)
    ):
        return True
    if "anymore" in lows and "no" in lows:
        return True
    _, solved = _states(ground, piece, first, last)
    if kind in (RiskKind.LEGAL, RiskKind.SECURITY_REVIEW, RiskKind.PROCUREMENT, RiskKind.BUDGET) and solved:
        strong = any(w in lows for w in ("not", "stuck", "still", "yet", "open"))
        return not strong
    return kind is RiskKind.COMPETITION and any(
        w in ("out", "dropped", "lost", "beat", "eliminated", "none") for w in lows
    )


def _guard(ground: Ground, piece: Piece, hit: Hit, kind: RiskKind, moved_out: bool) -> bool:
    """Hold back cues that are only risks under conditions of their own."""
    tokens = ground.tokens
    low = tokens[hit.first].low
    words = wordlists()
    if kind is RiskKind.TIMELINE_SLIP:
        if (
            low in ("tight", "delayed", "slipped", "slipping", "slips", "2nd", "second", "third", "pushed")
            or tokens[hit.first].kind == "count"
        ):
            return (
                low in ("slipped", "slipping", "slips")
                or moved_out
                or (
                    low in ("tight", "delayed")
                    and hit.last - hit.first >= 1
                    and "date" in [t.low for t in tokens[piece.first : piece.last]]
                )
            )
        return not ground.negated(hit.first, piece, 2)
    if kind is RiskKind.COMPETITION:
        if low in (
            "vs",
            "versus",
            "competitor",
            "competitors",
            "competition",
            "alternative",
            "rival",
            "incumbent",
            "competitive",
            "cheaper",
            "concurrence",
        ):
            return not ground.negated(hit.first, piece, 3) and "none" not in [
                t.low for t in tokens[hit.last : hit.last + 3]
            ]
        if low in ("back", "also", "still") and hit.last - hit.first == 2 and tokens[hit.first + 1].low == "in":
            nxt = tokens[hit.last] if hit.last < piece.last else None
            return low == "still" and (nxt is None or nxt.low in ("it", ".", "play"))
        return True
    if kind is RiskKind.CHAMPION_LOSS:
        return not (low == "was" and "still" in [t.low for t in tokens[piece.first : piece.last]])
    if kind is RiskKind.SINGLE_THREADED and low == "its":
        nxt = tokens[hit.last] if hit.last < piece.last else None
        return nxt is not None and nxt.capital and nxt.low in words["first_names"]
    if kind is RiskKind.SINGLE_THREADED and tokens[hit.last - 1].low == "have":
        return False
    if kind is RiskKind.TECHNICAL and low in ("error", "errors", "bug", "bugs", "failed", "broken"):
        return not ground.negated(hit.first, piece)
    if kind is RiskKind.REORG and low == "new":
        return True
    if kind is RiskKind.GONE_DARK and low in ("silent",) and hit.last - hit.first == 1:
        return True
    if kind is RiskKind.RESOURCING:
        return True
    if kind is RiskKind.NO_ECONOMIC_BUYER and (
        low in ("somebody", "unclear") or tokens[hit.last - 1].low in ("him", "her", "them", "yet")
    ):
        sentence = ground.marked.clauses.sentences[piece.sentence]
        return (
            any(h.name == "economic_buyer" for h in ground.marked.between(sentence.first, sentence.last, "role"))
            or _row(ground, piece) == "E"
        )
    if kind is RiskKind.PRICING and low in ("cheaper", "too"):
        around = [t.low for t in tokens[max(piece.first, hit.first - 6) : min(piece.last, hit.last + 4)]]
        return low == "cheaper" or any(w.startswith(("pric", "expens", "cost", "quote")) for w in around)
    if kind is RiskKind.APPROVAL and "our" in [t.low for t in tokens[max(piece.first, hit.first - 4) : hit.first]]:
        return False
    if kind is RiskKind.APPROVAL and _ours_near(ground, piece, hit.first):
        return False
    if kind is RiskKind.LEGAL and low == "redlines":
        return _redlines_open(ground, piece, hit)
    return True


def _row(ground: Ground, piece: Piece) -> str:
    i = ground.marked.stream.at(ground.marked.units[piece.unit].start)
    while i < piece.last and ground.tokens[i].kind == "mark":
        i += 1
    return ground.tokens[i].text if i < piece.last else ""


def _ours_near(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether the one who acts in a clause is a team of ours."""
    first, _ = ground.clause(i, piece)
    for j in range(i - 1, max(first, i - 6) - 1, -1):
        for hit in ground.marked.at.get(j, ()):
            if hit.group == "team":
                side = _side(ground, piece, hit)
                return side == "ours"
    return False


def _redlines_open(ground: Ground, piece: Piece, hit: Hit) -> bool:
    opened, solved = _states(ground, piece, piece.first, piece.last)
    return opened or not solved


def _open_topic(ground: Ground, piece: Piece, topic: Hit, kind: RiskKind) -> bool:
    """Tell whether the clause about a topic calls it open: a state near it, unless the state is that it is settled."""
    tokens = ground.tokens
    first, last = ground.clause(topic.first, piece)
    if ground.conditional(topic.first, piece):
        return False
    opened, solved = _states(ground, piece, first, last)
    if solved or not opened:
        return False
    lows = [t.low for t in tokens[first:last]]
    if kind is RiskKind.BUDGET:
        return any(
            w in lows for w in ("not", "unconfirmed", "frozen", "froze", "pending", "unclear", "missing", "cut", "open")
        )
    if kind is RiskKind.APPROVAL:
        return any(
            w in lows
            for w in (
                "not",
                "pending",
                "needs",
                "need",
                "must",
                "has",
                "have",
                "waiting",
                "meets",
                "decides",
                "yet",
                "outstanding",
            )
        )
    if kind is RiskKind.PROCUREMENT:
        return any(
            w in lows
            for w in (
                "stuck",
                "not",
                "slow",
                "pending",
                "waiting",
                "missing",
                "cannot",
                "until",
                "restarted",
                "holding",
                "outstanding",
                "wants",
                "want",
                "still",
                "open",
                "late",
            )
        )
    if kind is RiskKind.SECURITY_REVIEW:
        return any(
            w in lows
            for w in (
                "stuck",
                "not",
                "slow",
                "pending",
                "waiting",
                "running",
                "open",
                "outstanding",
                "late",
                "started",
                "still",
                "behind",
                "owes",
                "owe",
                "ongoing",
                "questions",
                "worried",
                "concerns",
            )
        )
    return any(
        w in lows
        for w in (
            "stuck",
            "not",
            "slow",
            "pending",
            "waiting",
            "open",
            "still",
            "has",
            "must",
            "needs",
            "need",
            "outstanding",
            "back",
            "want",
            "wants",
            "behind",
            "returns",
            "look",
            "turn",
            "until",
            "unresolved",
        )
    )


def _side(ground: Ground, piece: Piece, hit: Hit) -> str:
    """Tell whose team a team is: ours, theirs, or "" where nothing tells."""
    tokens = ground.tokens
    team = Team(hit.name)
    before = [t.low for t in tokens[max(piece.first, hit.first - 3) : hit.first]]
    if team is Team.EXECUTIVE:
        return "ours"
    for low in reversed(before):
        if low in THEIRS or low == "s":
            return "theirs"
        if low in OURS or low == "our":
            return "ours"
        if low in (".", ";", ",", "(") or low in ("from", "in", "with", "over", "on", "the", "team"):
            if low in (".", ";", ","):
                break
    behind = [t.low for t in tokens[hit.last : min(hit.last + 3, piece.last)]]
    if behind[:2] == ["on", "their"]:
        return "theirs"
    if team in ALWAYS_OURS:
        return "ours"
    # a named person of a team, "Tomas in legal", is a colleague unless the notes say otherwise
    if (
        before
        and before[-1] in ("in", "from", "over", "(")
        and len(before) > 1
        and tokens[hit.first - 2].capital
        and not tokens[hit.first - 2].text.isupper()
    ):
        return "ours"
    if team in (Team.ENGINEERING, Team.MARKETING):
        return "ours"
    if team is Team.PARTNER:
        return "ours" if "our" in before else ""
    return ""


_DOES = frozenset(
    "does names sets returns takes books sends runs gives estimates installs schedules confirms approves signs countersigns hosts reviews delivers quotes plans starts kicks comes tells says asks turns fills papers writes owes checks fixes sorts handles prepares provides releases joins dials flies brings".split()
)
_NOT_YET = frozenset(
    "still not yet must has have needs need should will to owes owe by until waiting stuck pending slow".split()
)


def read_dependencies(ground: Ground, everybody: Sequence[Named]) -> tuple[Fact[Dependency], ...]:
    """Return what teams on our side have to do, one of a team."""
    found: dict[Team, Fact[Dependency]] = {}
    tokens = ground.tokens
    for piece, hit in ground.hits("team", lent=True):
        team = Team(hit.name)
        if team in found or hit.first in ground.named:
            continue
        side = _side(ground, piece, hit)
        if side != "ours":
            continue
        if not _has_to_act(ground, piece, hit, team):
            continue
        first, last = ground.clause(hit.first, piece)
        due = next((t.value for t in tokens[first:last] if t.kind == "date"), None)
        person = next(
            (p.name for p in everybody if first <= p.first and p.last <= hit.first and hit.first - p.last <= 3), None
        )
        text = " ".join(ground.marked.stream.text(first, last).strip(" ,;:-–()").split())
        found[team] = ground.fact(
            Dependency(team, text, person, due.end if isinstance(due, Period) else due), hit.first, hit.last
        )
    return tuple(found.values())


def _has_to_act(ground: Ground, piece: Piece, hit: Hit, team: Team) -> bool:
    """Tell whether a team's part is still to come."""
    tokens = ground.tokens
    sentence = ground.marked.clauses.sentences[piece.sentence]
    first, last = ground.clause(hit.first, piece)
    window = range(max(piece.first, hit.first - 8), min(piece.last, hit.last + 9))
    lows = [tokens[i].low for i in window]
    behind = [t.low for t in tokens[hit.last : min(hit.last + 4, piece.last)]]
    before = [t.low for t in tokens[max(piece.first, hit.first - 4) : hit.first]]
    _, solved = _states(ground, piece, first, last)
    if solved and not any(w in _NOT_YET for w in lows):
        return False
    if (
        any(
            h.group == "verb" and h.name == "past"
            for i in range(hit.last, min(hit.last + 3, piece.last))
            for h in ground.marked.at.get(i, ())
        )
        and "has" not in behind
    ):
        return False
    if any(w in _DOES for w in behind):
        return True
    if any(
        h.group == "must" for i in range(hit.last, min(hit.last + 3, piece.last)) for h in ground.marked.at.get(i, ())
    ):
        return True
    if any(
        h.group == "must" and h.last >= hit.first - 2
        for i in range(max(piece.first, hit.first - 7), hit.first)
        for h in ground.marked.at.get(i, ())
    ):
        return True
    if any(
        w
        in (
            "need",
            "needs",
            "without",
            "waiting",
            "chase",
            "ask",
            "asks",
            "through",
            "via",
            "with",
            "stuck",
            "no",
            "for",
            "get",
            "getting",
        )
        for w in before
    ):
        if before[-1:] == ["with"] and not any(
            w in ("stuck", "call", "is", "are", "redlines", "sits", "go", "visit") for w in lows
        ):
            return False
        return True
    in_step = any(h.group == "step" for h in ground.marked.between(sentence.first, hit.first, "step"))
    if in_step:
        return True
    return any(tokens[i].kind == "date" for i in range(hit.last, min(last, hit.last + 8))) and any(
        h.group == "verb" and h.name == "does"
        for i in range(hit.last, min(last, hit.last + 5))
        for h in ground.marked.at.get(i, ())
    )


def read_exceptions(ground: Ground) -> tuple[Fact[ExceptionWanted], ...]:
    """Return what the buyer wants beyond standard, one of a kind."""
    found: dict[ExceptionKind, Fact[ExceptionWanted]] = {}
    for piece, hit in ground.hits("exception", lent=True):
        kind = ExceptionKind(hit.name)
        if kind in found or hit.first in ground.named or not _wanted(ground, piece, hit, kind):
            continue
        first, last = ground.clause(hit.first, piece)
        text = " ".join(ground.marked.stream.text(min(first, hit.first), max(last, hit.last)).strip(" ,;:-–()").split())
        found[kind] = ground.fact(ExceptionWanted(kind, text), hit.first, hit.last)
    return tuple(found.values())


def _wanted(ground: Ground, piece: Piece, hit: Hit, kind: ExceptionKind) -> bool:
    tokens = ground.tokens
    first, last = ground.clause(hit.first, piece)
    lows = [t.low for t in tokens[first:last]]
    before = [t.low for t in tokens[max(piece.first, hit.first - 5) : hit.first]]
    behind = [t.low for t in tokens[hit.last : min(hit.last + 4, piece.last)]]
    if (
        any(w in ("not", "nobody", "no", "never") for w in before[-4:])
        and tokens[hit.first].low not in ("no",)
        and not any(w in ("ok", "okd", "agreed", "approved") for w in behind)
    ):
        return False
    if (
        "std" in behind
        or "standard" in behind[:3]
        and kind in (ExceptionKind.DATA_RESIDENCY, ExceptionKind.PAYMENT_TERMS)
    ):
        return False
    if (
        before[-2:] == ["instead", "of"]
        or behind[:1] == ["dropped"]
        or "dropped" in lows
        and kind is not ExceptionKind.DISCOUNT
    ):
        return False
    if kind is ExceptionKind.DISCOUNT:
        sentence = ground.marked.clauses.sentences[piece.sentence]
        around = [t.low for t in tokens[max(sentence.first, hit.first - 8) : min(sentence.last, hit.last + 4)]]
        return any(
            w
            in (
                "want",
                "wants",
                "wanted",
                "ask",
                "asks",
                "asked",
                "asking",
                "need",
                "needs",
                "demand",
                "demands",
                "insist",
                "insists",
                "request",
                "requested",
                "expect",
                "expects",
                "discount",
                "pushing",
                "push",
                "unless",
                "or",
                "looking",
            )
            for w in around
        )
    if kind is ExceptionKind.ROADMAP and tokens[hit.first].low in ("roadmap", "road") and hit.last - hit.first <= 2:
        return any(
            w
            in (
                "want",
                "wants",
                "need",
                "needs",
                "contract",
                "commit",
                "commitment",
                "written",
                "promise",
                "promised",
                "guarantee",
            )
            for w in [t.low for t in tokens[piece.first : piece.last]]
        )
    return True


def read_details(ground: Ground) -> tuple[Fact[Detail], ...]:
    """Return clauses a writer can use: causes, the state of the paper, settled points, credit."""
    found: list[Fact[Detail]] = []
    seen: set[tuple[str, int]] = set()
    kinds = {"cause": "cause", "credit": "credit", "all_clear": "status"}
    for piece, hit in ground.hits("cause", "credit", "all_clear", "stage", "state", "topic"):
        first, last = ground.clause(hit.first, piece)
        kind = kinds.get(hit.group, "")
        if hit.group == "stage" and hit.name in ("procurement", "verbal", "proposal"):
            kind = "status"
        elif hit.group == "topic":
            opened, solved = _states(ground, piece, first, last)
            kind = "solved" if solved and not opened else ""
        elif hit.group == "state":
            continue
        if hit.group == "cause":
            if ground.tokens[hit.first].low in ("since", "as", "after"):
                continue
            first = hit.first
            last = _cause_end(ground, piece, hit)
        if not kind or (kind, first) in seen:
            continue
        seen.add((kind, first))
        text = " ".join(ground.marked.stream.text(first, last).strip(" ,;:-–()").split())
        if text:
            found.append(ground.fact(Detail(kind, text), first, last))  # type: ignore[arg-type]
    return tuple(found)


def _cause_end(ground: Ground, piece: Piece, hit: Hit) -> int:
    sentence = ground.marked.clauses.sentences[piece.sentence]
    return min(sentence.last, piece.last)


def read_competitors(ground: Ground, everybody: Sequence[Named]) -> tuple[Fact[str], ...]:
    """Return the names of competitors: capitals in a clause that tells of competition or of a loss."""
    tokens = ground.tokens
    words = wordlists()
    taken = {i for p in everybody for i in range(p.first, p.last)}
    found: dict[str, Fact[str]] = {}
    for piece, hit in ground.hits("risk", "lost_to"):
        if hit.group == "risk" and hit.name != "competition":
            continue
        first, last = ground.clause(hit.first, piece)
        if hit.group == "lost_to":
            first = hit.last
            last = min(piece.last, hit.last + 4)
        i = first
        while i < last:
            token = tokens[i]
            if (
                token.kind == "word"
                and token.capital
                and i not in ground.named
                and i not in taken
                and token.low not in words["function"]
                and token.low not in words["ordinary"]
                and token.low not in words["roles"]
                and token.low not in words["labels"]
                and not any(h.group in ("role", "team", "step") for h in ground.marked.at.get(i, ()))
            ):
                j = i
                while (
                    j < last
                    and tokens[j].kind == "word"
                    and (tokens[j].capital or tokens[j].low in words["company"])
                    and tokens[j].low not in words["function"]
                ):
                    j += 1
                name = ground.marked.stream.text(i, j)
                found.setdefault(name, ground.fact(name, i, j))
                i = j
            else:
                i += 1
    return tuple(found.values())
