"""What could move or break a deal: its ground comes in, the risks that are open now go out, one of a kind.

A cue tells a risk by itself ("stuck in legal"); a topic ("legal") does with a state near it that says open. What the
notes call settled is none.
"""

from collections.abc import Callable

from chains.deals import Fact, Risk
from chains.kinds import RiskKind
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit, wordlists
from chains.reading.people.qualifying import entries_of, rival, unknown_buyer
from chains.reading.people.teams import side_of

_TOPIC_RISK = {
    "legal": RiskKind.LEGAL,
    "security_review": RiskKind.SECURITY_REVIEW,
    "procurement": RiskKind.PROCUREMENT,
    "budget": RiskKind.BUDGET,
    "approval": RiskKind.APPROVAL,
}
# the words that make a topic open, beyond a general state
_OPEN_WORDS = {
    RiskKind.BUDGET: "not unconfirmed frozen froze pending unclear missing cut until",
    RiskKind.APPROVAL: "not pending needs need must has have waiting meets decides yet outstanding",
    RiskKind.PROCUREMENT: "stuck not slow pending waiting missing cannot until restarted holding outstanding wants want"
    " still open late",
    RiskKind.SECURITY_REVIEW: "stuck not slow pending waiting running open outstanding late started still behind owes"
    " owe ongoing questions worried concerns",
    RiskKind.LEGAL: "stuck not slow pending waiting open still has must needs need outstanding back want wants behind"
    " returns look turn until unresolved progress vetting",
}
_OPEN = {kind: frozenset(words.split()) for kind, words in _OPEN_WORDS.items()}
_SETTLES = frozenset((RiskKind.LEGAL, RiskKind.SECURITY_REVIEW, RiskKind.PROCUREMENT, RiskKind.BUDGET))
_VOTED = frozenset("yes for through favour favor unanimously".split())  # "the board voted yes" is behind us
_NEGATED_ITSELF = frozenset(
    (RiskKind.NO_ECONOMIC_BUYER, RiskKind.GONE_DARK, RiskKind.NO_NEXT_STEP, RiskKind.RESOURCING)
)


def read_risks(ground: Ground, *, moved_out: bool, closed: bool) -> tuple[Fact[Risk], ...]:
    """Return the open risks; a deal that is won or lost has none."""
    if closed:
        return ()
    found: dict[RiskKind, Fact[Risk]] = {}
    for piece, hit in ground.hits("risk", lent=True):
        kind = RiskKind(hit.name)
        if kind in found or hit.first in ground.named or _done(ground, piece):
            continue
        if _solved(ground, piece, hit, kind) or not _guarded(ground, piece, hit, kind, moved_out):
            continue
        found[kind] = _risk(ground, piece, hit, kind)
    for piece, topic in ground.hits("topic"):
        topic_kind = _TOPIC_RISK.get(topic.name)
        if topic_kind is None or topic_kind in found or _done(ground, piece) or topic.first in ground.named:
            continue
        if _open_topic(ground, piece, topic, topic_kind):
            found[topic_kind] = _risk(ground, piece, topic, topic_kind)
    for kind in [k for k in found if k in _SETTLES and _cleared_later(ground, found[k])]:
        del found[kind]
    for entry in entries_of(ground.marked, ground.pieces):
        for kind, told in ((RiskKind.NO_ECONOMIC_BUYER, unknown_buyer), (RiskKind.COMPETITION, rival)):
            if kind not in found and told(ground.marked, entry):
                hit = Hit("risk", kind.value, entry.key, entry.last)
                found[kind] = _risk(ground, entry.piece, hit, kind)
    for piece, hit in ground.hits("leaving"):
        if RiskKind.CHAMPION_LOSS not in found and not _done(ground, piece) and _somebody_left(ground, piece, hit):
            found[RiskKind.CHAMPION_LOSS] = _risk(ground, piece, hit, RiskKind.CHAMPION_LOSS)
    if moved_out and RiskKind.TIMELINE_SLIP not in found:
        found[RiskKind.TIMELINE_SLIP] = Fact(Risk(RiskKind.TIMELINE_SLIP, "the close date moved out"), (), True)
    return tuple(found.values())


def _cleared_later(ground: Ground, risk: Fact[Risk]) -> bool:
    """Tell whether a later entry says that nothing is open anymore."""
    end = max((s.end for s in risk.spans), default=0)
    for piece, hit in ground.hits("all_clear"):
        unit = ground.marked.units[piece.unit]
        first, last = ground.clause(hit.first, piece)
        if unit.start > end and any(w in _lows(ground, first, last) for w in ("anymore", "longer", "more")):
            return True
    return False


def states(ground: Ground, piece: Piece, first: int, last: int) -> tuple[bool, bool]:
    """Return whether the words from token `first` on say open, and whether they say solved."""
    opened = solved = False
    for i in range(first, last):
        for hit in ground.marked.at.get(i, ()):
            if hit.group == "all_clear":
                solved = True
            if hit.group != "state" or hit.last > last:
                continue
            if hit.name == "open":
                opened = True
            elif not ground.negated(hit.first, piece, 3) or ground.tokens[hit.first].low in ("no", "not", "nothing"):
                solved = True
            else:
                opened = True
    return opened, solved


def _risk(ground: Ground, piece: Piece, hit: Hit, kind: RiskKind) -> Fact[Risk]:
    first, last = ground.clause(hit.first, piece)
    while first < hit.first and (first in ground.own or ground.tokens[first].kind in ("money", "mark")):
        first += 1  # "Globex 55k gone dark": the risk is that it has gone dark
    text = ground.marked.stream.text(min(first, hit.first), max(last, hit.last)).strip(" ,;:-–()")
    return ground.fact(Risk(kind, " ".join(text.split())), hit.first, hit.last)


def _done(ground: Ground, piece: Piece) -> bool:
    return ground.task(piece) == "done"


def _lows(ground: Ground, first: int, last: int) -> list[str]:
    return [t.low for t in ground.tokens[first:last]]


def _solved(ground: Ground, piece: Piece, hit: Hit, kind: RiskKind) -> bool:
    """Tell whether a risk is named only to say that it is over."""
    first, last = ground.clause(hit.first, piece)
    lows = _lows(ground, first, last)
    before = _lows(ground, max(first, hit.first - 4), hit.first)
    if ("no" in before and "longer" in before) or before[-2:] == ["not", "a"] or ("anymore" in lows and "no" in lows):
        return True
    low = ground.tokens[hit.first].low
    denied = any(w in ("not", "no", "never", "nobody", "nothing") for w in before[-3:])
    if denied and low not in ("no", "not", "without") and kind not in _NEGATED_ITSELF:
        return True
    if kind is RiskKind.APPROVAL and "voted" in lows and _VOTED & set(lows[lows.index("voted") :]):
        return not any(w in lows for w in ("not", "until", "when", "once", "unless", "if"))
    _, solved = states(ground, piece, first, last)
    if kind is RiskKind.APPROVAL and solved and "voted" in lows:
        return True  # their board voted yes last night
    if kind in _SETTLES and solved:
        return not any(w in lows for w in ("not", "stuck", "still", "yet", "open", "until", "when", "once"))
    gone = ("out", "dropped", "lost", "beat", "eliminated", "none")
    return kind is RiskKind.COMPETITION and any(w in lows for w in gone)


def _open_topic(ground: Ground, piece: Piece, topic: Hit, kind: RiskKind) -> bool:
    """Tell whether the clause about a topic calls it open, and not settled."""
    first, last = ground.clause(topic.first, piece)
    if ground.conditional(topic.first, piece) or any(
        h.group == "role" and h.first <= topic.first < h.last
        for h in ground.marked.between(max(first, topic.first - 4), last, "role")
    ):
        return False
    if (
        kind is RiskKind.BUDGET
        and topic.last < last
        and ground.tokens[topic.last].low in ("committee", "board", "council")
    ):
        return False  # a capex committee is an approval
    opened, solved = states(ground, piece, first, last)
    if solved or not opened:
        return False
    return bool(_OPEN[kind] & set(_lows(ground, first, last)))


def _guarded(ground: Ground, piece: Piece, hit: Hit, kind: RiskKind, moved_out: bool) -> bool:
    """Hold back cues that are risks only under a condition of their kind."""
    if kind is RiskKind.TIMELINE_SLIP:
        return _slips(ground, piece, hit, moved_out)
    guard = _GUARDS.get(kind)
    return guard is None or guard(ground, piece, hit)


def _slips(ground: Ground, piece: Piece, hit: Hit, moved_out: bool) -> bool:
    low = ground.tokens[hit.first].low
    if low in ("slipped", "slipping", "slips") or hit.last - hit.first > 2:
        return not ground.negated(hit.first, piece, 2)
    if low in ("2nd", "second", "third", "pushed") or ground.tokens[hit.first].kind == "count":
        return moved_out
    if low in ("tight", "delayed"):
        return moved_out or "date" in _lows(ground, piece.first, piece.last)
    return not ground.negated(hit.first, piece, 2)


def _competes(ground: Ground, piece: Piece, hit: Hit) -> bool:
    tokens = ground.tokens
    low = tokens[hit.first].low
    nxt = tokens[hit.last] if hit.last < piece.last else None
    if low in ("vs", "versus") and nxt is not None and nxt.kind in ("money", "percent", "count", "date"):
        return False  # six rates vs 50% down: terms are compared, no firms
    if tokens[hit.last - 1].low == "in" and nxt is not None and nxt.low in ("our", "my", "your"):
        return False  # still in our corner
    plain = "vs versus competitor competitors competition alternative rival incumbent competitive cheaper concurrence"
    if low in plain.split():
        return not ground.negated(hit.first, piece, 3) and "none" not in _lows(ground, hit.last, hit.last + 3)
    if low in ("back", "also", "still") and hit.last - hit.first == 2 and tokens[hit.first + 1].low == "in":
        return low == "still" and (nxt is None or nxt.low in ("it", ".", "play"))
    return True


def _one_thread(ground: Ground, piece: Piece, hit: Hit) -> bool:
    nxt = ground.tokens[hit.last] if hit.last < piece.last else None
    if ground.tokens[hit.first].low == "its":  # "its all Pete"
        return nxt is not None and nxt.capital and nxt.low in wordlists()["first_names"]
    return ground.tokens[hit.last - 1].low != "have"


_EXPLAINED = frozenset(", one person man woman guy lady boss".split())


def _no_buyer(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Let "never met him" or "somebody in Dallas" count only where the economic buyer is spoken of."""
    low, last = ground.tokens[hit.first].low, ground.tokens[hit.last - 1].low
    before = ground.tokens[hit.first - 1] if hit.first > piece.first else None
    if low == "who" and before is not None and (before.capital or before.low in _EXPLAINED):
        return False  # "Petra, who holds the budget" tells who
    if low not in ("somebody", "unclear") and last not in ("him", "her", "them", "yet", "met"):
        return True
    sentence = ground.marked.clauses.sentences[piece.sentence]
    opening = ground.tokens[sentence.first : sentence.first + 4]
    row = any(t.text in ("E", "EB") for t in opening)
    near = ground.marked.between(max(0, hit.first - 40), hit.last, "role")
    return row or any(h.name == "economic_buyer" for h in near)


def _priced(ground: Ground, piece: Piece, hit: Hit) -> bool:
    low = ground.tokens[hit.first].low
    if low != "too":
        return True
    around = _lows(ground, max(piece.first, hit.first - 6), min(piece.last, hit.last + 4))
    return any(w.startswith(("pric", "expens", "cost", "quote")) for w in around)


def _approves(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether the buyer's side has to approve; what our own teams approve is no risk but a dependency."""
    first, _ = ground.clause(hit.first, piece)
    before = _lows(ground, max(piece.first, hit.first - 4), hit.first)
    if "our" in before:
        return False
    for j in range(hit.first - 1, max(first, hit.first - 6) - 1, -1):
        team = next((h for h in ground.marked.at.get(j, ()) if h.group == "team"), None)
        if team is not None:
            return side_of(ground, piece, team) != "ours"
    return True


def _redlined(ground: Ground, piece: Piece, hit: Hit) -> bool:
    if ground.tokens[hit.first].low != "redlines":
        return True
    opened, solved = states(ground, piece, piece.first, piece.last)
    return opened or not solved


_AFTER_LEAVING = frozenset("so and but the their last in on this now nobody no them for at".split())


def _somebody_left(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether a person of the buyer's is named who left: "Anya left, so now it's July"."""
    first, last = ground.clause(hit.first, piece)
    who = ground.tokens[hit.first - 1] if hit.first > first else None
    if who is None or who.kind != "word" or not who.capital or hit.first - 1 in ground.named:
        return False
    words = wordlists()
    if who.low in words["company"] or who.low in words["function"] or who.text.isupper():
        return False
    if any(h.group == "team" for h in ground.marked.between(first, last, "team")) or "our" in _lows(
        ground, first, last
    ):
        return False
    behind = ground.tokens[hit.last] if hit.last < last else None
    return behind is None or behind.kind in ("mark", "date") or behind.low in _AFTER_LEAVING


def _left(ground: Ground, piece: Piece, hit: Hit) -> bool:
    low = ground.tokens[hit.first].low
    return not (low == "was" and "still" in _lows(ground, piece.first, piece.last))


def _plain(ground: Ground, piece: Piece, hit: Hit) -> bool:
    return not ground.negated(hit.first, piece)


_OWED = frozenset("answer answers answered reply replied".split())


def _silent(ground: Ground, piece: Piece, hit: Hit) -> bool:
    """Tell whether it is the buyer who does not answer: "our finance hasn't answered" is no silence of theirs."""
    first = ground.marked.clauses.sentences[piece.sentence].first
    asked = ground.marked.between(max(first, hit.first - 6), hit.first, "team")
    if any(side_of(ground, piece, team) == "ours" for team in asked):
        return False  # I asked finance, no answer yet
    if not any(t.low in _OWED for t in ground.tokens[hit.first : hit.last]):
        return True
    if {"questions", "question", "it"} & set(_lows(ground, hit.last, min(hit.last + 3, piece.last))):
        return False  # what does not answer a question is a paper or a demo
    first, _ = ground.clause(hit.first, piece)
    before = [t.low for t in ground.tokens[first : hit.first + 1]]
    ours = any(h.group == "team" for h in ground.marked.between(first, hit.first, "team")) and "their" not in before
    return not ours and "our" not in before and before[-1:] != ["could"] and before[-2:-1] != ["could"]


_GUARDS: dict[RiskKind, Callable[[Ground, Piece, Hit], bool]] = {
    RiskKind.COMPETITION: _competes,
    RiskKind.SINGLE_THREADED: _one_thread,
    RiskKind.GONE_DARK: _silent,
    RiskKind.NO_ECONOMIC_BUYER: _no_buyer,
    RiskKind.PRICING: _priced,
    RiskKind.APPROVAL: _approves,
    RiskKind.LEGAL: _redlined,
    RiskKind.CHAMPION_LOSS: _left,
    RiskKind.TECHNICAL: lambda g, p, h: g.tokens[h.first].low in ("not", "does", "do", "did") or _plain(g, p, h),
}
