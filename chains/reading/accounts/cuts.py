"""One sentence parted between the accounts it is about: its mentions come in, the stretch of each goes out.

A sentence is about an account that it opens with, that plain talk leads to, or that gets facts of its own; a name in
passing leaves it to the account before.
"""

from collections.abc import Sequence

from chains.reading.accounts.mentions import FOREIGN, Mention
from chains.reading.accounts.signs import lead_before, money_before
from chains.reading.layout.marked import Marked

LEADING = frozenset(
    "and oh ah uh um er yeah yes also then ok okay so now but plus well next re regarding on for at with as about "
    "in over"
    " the back to there is s comes after this last third second first one finally lastly that going coming returning"
    " turning"
    " meanwhile besides elsewhere afterwards similarly sorry oops wait correction typo edit actually ay".split()
)
_BOTH = frozenset("both all".split())
OF_EACH = frozenset(
    (
        "are is were was close closing commit slipped pushed moved by in for at best upside pipeline on due end late "
        "early mid out still now with three just had have has got need needs want wants signed said"
        " say says told agreed verbal"
    ).split()
)


def frames_a_talk(marked: Marked, first: int, last: int) -> bool:
    return any(h.name not in ("recall", "introduced") for h in marked.between(first, last, "frame", "private"))


def cut_between(
    marked: Marked,
    inside: Sequence[Mention],
    first: int,
    last: int,
    current: int | None,
    structural: bool,
    spoken: bool,
) -> list[tuple[int, int, int | None]]:
    """Part a sentence between the accounts it is about; an empty list leaves it to the current one."""
    if not inside:
        return []
    tokens = marked.stream.tokens
    passed: Mention | None = None  # the last one named in passing
    topics: list[tuple[int, list[int]]] = []  # where a stretch opens, the accounts it is about
    for place, mention in enumerate(inside):
        if current is not None and mention.account == current and not topics:
            topics.append((first, [current]))
            continue
        nxt = inside[place + 1].first if place + 1 < len(inside) else last
        if topics and mention.account in topics[-1][1]:
            if len(topics[-1][1]) > 1 and _told_apart(marked, mention, inside[place - 1], nxt):
                topics.append((mention.first, [mention.account]))  # both commit, Dock for 16/10 and Quay for 27/11
            continue
        if (
            topics
            and _listed(marked, inside[place - 1].last, mention.first)
            and inside[place - 1].account in topics[-1][1]
        ):
            topics[-1][1].append(mention.account)
            continue
        if passed is not None and _listed(marked, passed.last, mention.first):
            passed = mention
            continue
        if not _topical(marked, mention, first, min(nxt, last), current, structural, bool(topics)):
            passed = mention
            continue
        led = not topics and passed is None and first <= mention.opens and mention.told
        start = (
            _thought_of(marked, mention.opens, first)
            if led
            else _opening_of(marked, mention, first)
            if topics or (current is not None and current != mention.account)
            else first
        )
        topics.append((start, [mention.account]))
    if not topics:
        return []
    found: list[tuple[int, int, int | None]] = []
    if topics[0][0] > first:
        found.append((first, topics[0][0], current))
    for place, (start, accounts) in enumerate(topics):
        stop = topics[place + 1][0] if place + 1 < len(topics) else last
        found += [(start, stop, account) for account in accounts]
    said = [a for _, accounts in topics for a in accounts]
    for i in range(topics[-1][0] + 1, last):  # ", both 3/31"
        if (
            tokens[i].low in _BOTH
            and len(said) > 1
            and (tokens[i - 1].kind == "mark" or tokens[i - 1].low in ("are", "were"))
            and _joint(tokens[i].low, tokens[i + 1].low if i + 1 < last else "")
        ):
            wanted = said if tokens[i].low == "all" else said[-2:]
            found = [(a, min(b, i) if b == last else b, c) for a, b, c in found]
            found += [(i, last, account) for account in dict.fromkeys(wanted)]
            break
    return found


def _thought_of(marked: Marked, i: int, first: int) -> int:
    """Return where the thought opens that leads to a customer: they slipped so | I spoke to Ben at Vexel."""
    tokens = marked.stream.tokens
    while i > first and tokens[i - 1].kind == "word" and tokens[i - 1].low not in _JOINTS:
        i -= 1
    return i


_JOINTS = frozenset("and but so while whereas though because since when if that".split())


def _told_apart(marked: Marked, mention: Mention, before: Mention, stop: int) -> bool:
    """Tell whether one of several deals just listed gets a fact of its own behind its name."""
    tokens = marked.stream.tokens
    return mention.first - before.last > 1 and any(
        t.kind in ("date", "money", "percent") for t in tokens[mention.last : min(stop, mention.last + 4)]
    )


def _joint(low: str, following: str) -> bool:
    """Tell whether "both" or "all" speaks of the deals just named, not of two sides."""
    return low in _BOTH and (following.startswith("<") or following in OF_EACH)


def _listed(marked: Marked, first: int, last: int) -> bool:
    """Tell whether nothing but a joining mark or word stands between two names."""
    between = marked.stream.tokens[first:last]
    return all(t.low in (",", "/", "and", "+", "or") for t in between) and len(between) <= 2


def _opening_of(marked: Marked, mention: Mention, first: int) -> int:
    """Return where the stretch about a mention opens: the mention, or small words or an amount that lead to it."""
    tokens = marked.stream.tokens
    i = mention.first
    if first < i <= first + 4 and tokens[i - 1].low == ":":
        return first  # a label leads to the name: "Slipped: Globex"
    if mention.told and first <= mention.opens:
        i = mention.opens
    if money_before(marked, i) and i - 2 >= first:
        i -= 2
    elif lead_before(marked, i) >= first:
        i = lead_before(marked, i)
    while i > first and tokens[i - 1].kind == "word" and tokens[i - 1].low in LEADING:
        i -= 1
    for j in range(max(first, i - 4), i):
        around = marked.opening(j, "signed", "lost_to")
        if around is not None and around.last > mention.last:
            return j  # got the Globex PO on Thursday
    return i


_ASIDE = frozenset(
    (
        "a an another each like than besides beyond versus unlike including include except xcept bar without from "
        "since only"
    ).split()
)


def _topical(
    marked: Marked, mention: Mention, first: int, stop: int, current: int | None, structural: bool, started: bool
) -> bool:
    """Tell whether a sentence is about the account named, or only names it in passing."""
    tokens = marked.stream.tokens
    before = mention.first - 1
    if mention.account == FOREIGN or (mention.told and money_before(marked, mention.first)):
        return True
    if mention.told and mention.opens >= 0 and not structural:
        return True
    if not mention.told and _in_brackets(marked, mention, first):
        return False
    if mention.head or all(t.kind == "mark" or t.low in LEADING for t in tokens[first : mention.first]):
        return not (before >= first and tokens[before].low in _ASIDE)
    if before >= first and tokens[before].low in _ASIDE and not (mention.told and tokens[before].low == "from"):
        return False
    if mention.told and not (structural and current is not None and before >= first and tokens[before].kind == "word"):
        return True
    facts = _facts_after(marked, mention.last, stop)
    clause_opens = before < first or tokens[before].kind == "mark" or tokens[before].low in ("and", "but", "so", "then")
    if structural:
        told = "money" in facts or ("near" in facts and _opens_line(marked, mention, first))
        return clause_opens and told and len(facts) > 1
    if current is None and not started:
        return bool(facts) or not frames_a_talk(marked, first, mention.first)
    if clause_opens:
        return bool(facts)
    return "money" in facts or ("category" in facts and "near" in facts)


def _opens_line(marked: Marked, mention: Mention, first: int) -> bool:
    """Tell whether a mention opens a line of its own inside a wrapped sentence, but for small words."""
    tokens, notes = marked.stream.tokens, marked.stream.notes
    i = mention.first
    while i > first and "\n" not in notes[tokens[i - 1].end : tokens[i].start]:
        if tokens[i - 1].low not in LEADING:
            return False
        i -= 1
    return i > first


def _in_brackets(marked: Marked, mention: Mention, first: int) -> bool:
    """Tell whether a mention stands in brackets that it does not open: (3 of it Mason & Dyer alone)."""
    tokens = marked.stream.tokens
    for i in range(mention.first - 1, first - 1, -1):
        if tokens[i].low == ")":
            return False
        if tokens[i].low == "(":
            return i < mention.first - 1 and i > first
    return False


def _facts_after(marked: Marked, first: int, last: int) -> set[str]:
    tokens = marked.stream.tokens
    found: set[str] = set()
    for i in range(first, min(last, first + 30)):
        if tokens[i].kind == "money" and (i - first <= 5 or found):
            found.add("money")
            if i - first <= 5:
                found.add("near")
        for hit in marked.at.get(i, ()):
            if hit.group in ("category", "signed", "stage", "lost_to", "exception") or (
                hit.group == "risk" and hit.last - hit.first > 1
            ):
                found.add("category" if hit.group in ("category", "signed") else hit.group)
                if i - first <= 3:
                    found.add("near")
            elif hit.group == "risk" and hit.name == "timeline_slip":
                found.add("moved")
        if tokens[i].kind == "date" and i - first <= 6:
            found.add("date")
    return found
