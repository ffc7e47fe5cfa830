"""Which words are about which account: marked notes and mentions come in, `Piece`s go out in the order of the notes.

A bullet and what stands under it belong to the account at its head; in running text the account that a sentence opens
with holds until another one does. What belongs to nobody is left out, or lent to the only deal of the notes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chains.reading.accounts import FOREIGN, Mention
from chains.reading.acquaintances import people_at, whose_turn
from chains.reading.clauses import Sentence
from chains.reading.labels import MARKS, label_at
from chains.reading.layout import Unit
from chains.reading.legends import legend_lines
from chains.reading.marked import Marked
from chains.reading.seals import sealed
from chains.reading.threads import answered
from chains.reading.weighing import flowing, lead_before, money_before, orphans, section_category, section_stage

CARRIED = frozenset("they he she their it his her its also and but still so".split())
_LEADING = frozenset(
    "and oh ah uh um er yeah yes also then ok okay so now but plus well next re regarding on for at with as about "
    "in over"
    " the back to there is s comes after this last third second first one finally lastly that going coming returning"
    " turning"
    " meanwhile besides elsewhere afterwards similarly sorry oops wait correction typo edit actually ay".split()
)
_BOTH = frozenset("both all".split())
_OF_EACH = frozenset(
    (
        "are is were was close closing commit slipped pushed moved by in for at best upside pipeline on due end late "
        "early mid out still now with three just had have has got need needs want wants signed said"
        " say says told agreed verbal"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold tokens `first` up to and without `last` that are about one account; a lent piece is only likely to be."""

    account: int
    first: int
    last: int
    unit: int
    sentence: int
    lent: bool = False
    category: str = ""  # the category that a heading or label gives to what stands here
    stage: str = ""  # the stage that a heading or label gives
    rep: bool = True  # said by the rep


def scope(marked: Marked, mentions: Sequence[Mention], reps: frozenset[str], accounts: int) -> list[Piece]:
    """Give every sentence, or part of one, to the account that it is about."""
    walk = _Walk(marked, mentions, reps)
    for unit in marked.units:
        walk.unit(unit)
    pieces = [p for p in walk.pieces if p.account != FOREIGN]
    if accounts == 1:
        pieces = _lend(marked, pieces)
    return sorted(pieces, key=lambda p: (p.first, p.last))


class _Walk:
    """Go through the units in order and remember whose words the next ones may be."""

    def __init__(self, marked: Marked, mentions: Sequence[Mention], reps: frozenset[str]) -> None:
        self.marked = marked
        self.reps = reps
        self.mentions: dict[int, list[Mention]] = {}
        for mention in mentions:
            self.mentions.setdefault(marked.clauses.sentence_of[mention.first], []).append(mention)
        self.sentences: dict[int, list[int]] = {}
        for sentence in marked.clauses.sentences:
            self.sentences.setdefault(sentence.unit, []).append(sentence.index)
        self.people = people_at(marked, mentions)
        self.owners: dict[int, tuple[int | None, bool]] = {}  # unit -> account and whether its layout says so
        self.pieces: list[Piece] = []
        self.carried: int | None = None
        self.named: list[int] = []  # the accounts named last, the latest behind
        self.latest: int | None = None  # the account named last, wherever
        self.orphans = orphans(marked)
        self.dialogue = sum(1 for u in marked.units if u.first.speaker) >= 3
        self.sections = {u.index: section_category(marked, u.index) for u in marked.units}
        self.stages = {u.index: section_stage(marked, u.index) for u in marked.units}
        self.sealed = sealed(marked)
        self.answered = answered(marked)
        self.legends = legend_lines(marked.stream.tokens, marked.hits, marked.clauses.sentence_of)

    def unit(self, unit: Unit) -> None:
        """Give out the sentences of one unit."""
        first, index = unit.first, unit.index
        if first.header or not self.sentences.get(index) or index in self.marked.cells:
            self.owners[index] = (None, False)
            return
        new = first.after_blank and not (self.dialogue and first.speaker) and not _goes_on(self.marked, index)
        answers = not first.quoted and index - 1 in self.answered
        asked = index in self.answered and index - 1 not in self.answered
        if first.heading or first.entry or (new and not answers) or asked:
            self.carried = None
        owner, structural = _owner(self.marked, index, self.owners, self.mentions, self.sentences)
        goes_on = not first.heading and (bool(first.speaker) or not first.bullet)
        if owner is None and not structural and goes_on and not _opens_talk(self.marked, index):
            owner = self.carried
        if owner is None and index in self.orphans and not self.mentions.get(self.sentences[index][0]):
            owner = self.latest
        above = [] if index in self.answered else _above(self.marked, index)
        category = next((self.sections[i] for i in above if self.sections.get(i)), "")
        stage = next((self.stages[i] for i in above if self.stages.get(i)), "")
        rep = (not first.speaker or first.speaker.casefold() in self.reps) and index not in self.answered
        draft = Piece(FOREIGN, 0, 0, index, 0, False, category, stage, rep)
        current = self._sentences(unit, owner, structural, draft)
        self.owners[index] = (owner if structural else current, structural)
        if not (unit.parent is not None and structural):
            self.carried = current
        if first.bullet and not self.dialogue and index not in self.answered:
            self.carried = None

    def _sentences(self, unit: Unit, owner: int | None, structural: bool, draft: Piece) -> int | None:
        """Give out the sentences of a unit and return whom its last one is about."""
        marked, current = self.marked, owner
        category, stage = draft.category, draft.stage
        for index in self.sentences[unit.index]:
            sentence = marked.clauses.sentences[index]
            inside = self.mentions.get(index, [])
            self.latest = next((m.account for m in reversed(inside) if m.account != FOREIGN), self.latest)
            label = _label(marked, sentence.first, sentence.last)
            label = label or _announced_category(marked, sentence.first, sentence.last, inside)
            grade = _label(marked, sentence.first, sentence.last, "stage")
            if label or grade:
                category, stage = label or ("" if grade else category), grade
                if inside and not structural and inside[0].first > sentence.first:
                    current = None
            behind = label_at(marked, sentence.first, sentence.last)
            start = behind[1] if behind and inside and inside[0].first >= behind[1] else sentence.first
            cut = _cut(marked, inside, start, sentence.last, current, structural, unit.first.speaker != "")
            if marked.between(sentence.first, sentence.last, "machine"):
                continue  # words to a machine are about no deal
            if not inside and not structural and _ends_the_round(marked, sentence):
                current = None  # "thats it oh and collect the lad at six" is about no deal any more
                continue
            if index in self.legends:
                continue  # "C = commit, BC = best case" stands under the last deal and says nothing of it
            if self.sealed.get(index) == (sentence.first, sentence.last):
                continue  # told in confidence
            told = None if inside or structural else whose_turn(marked, sentence.first, sentence.last, self.people)
            cut = [(sentence.first, sentence.last, told)] if told is not None else cut
            both = _of_the_last(marked, sentence.first, sentence.last) if not inside and not structural else 0
            if both and len(self.named) >= both:  # "Both commit." is said of the two deals just named
                cut = [(sentence.first, sentence.last, account) for account in self.named[-both:]]
            self.named = list(dict.fromkeys([*self.named, *(m.account for m in inside if m.account != FOREIGN)][::-1]))
            self.named = self.named[:4][::-1]
            if not cut and current is not None:
                talk = not inside and _talks(marked, sentence.first, sentence.last) and not structural
                if talk and not _deal_talk(marked, sentence.first, sentence.last, sentence.dictated):
                    current = current if sentence.dictated else None
                    continue
                cut = [(sentence.first, sentence.last, current)]
            for start, stop, account in cut:
                if account is not None:
                    self.pieces.append(
                        replace(
                            draft,
                            account=account,
                            first=start,
                            last=stop,
                            sentence=index,
                            category=category,
                            stage=stage,
                        )
                    )
                    aside = account == FOREIGN and start > sentence.first and current not in (None, FOREIGN)
                    current = current if aside else account
        return current


_ROUND = frozenset("it all everything them lot".split())
_ROUND_ENDS = frozenset("oh apart from for okay ok of really folks thanks bye and right so".split())


def _ends_the_round(marked: Marked, sentence: Sentence) -> bool:
    """Tell whether speech says that all deals are told: thats it oh and ..., okay thats all of them."""
    if not sentence.dictated:
        return False
    run = [t.low for t in marked.stream.tokens[sentence.first : sentence.first + 9]]
    for i in range(len(run) - 2):
        if run[i] == "that" and run[i + 1] in ("is", "s") and i <= 4:
            rest = run[i + 2 :]
            rest = rest[1:] if rest[:1] == ["the"] else rest
            said = bool(rest) and rest[0] in _ROUND
            if said and (len(rest) == 1 or rest[1] in _ROUND_ENDS):
                return True
    return False


def _of_the_last(marked: Marked, first: int, last: int) -> int:
    """Return how many of the deals just named a sentence opens with: Both commit. All three close in June."""
    opening = [t for t in marked.stream.tokens[first : min(first + 5, last)] if t.kind != "mark"]
    if not opening or not marked.between(first, last, "category", "date_cue", "stage"):
        return 0
    low, following = opening[0].low, opening[1].low if len(opening) > 1 else ""
    if low == "both" and last - first <= 12 and (following in _OF_EACH or following in ("of", "committed", "verbal")):
        return 2
    return 3 if low == "all" and marked.stream.text(first, last)[:9].casefold() == "all three" else 0


def _above(marked: Marked, index: int) -> list[int]:
    found: list[int] = []
    unit = marked.units[index]
    place = unit.parent
    while place is not None and len(found) < 8:
        found.append(place)
        place = marked.units[place].parent
    if unit.heading_of is not None:
        found.append(unit.heading_of)
    return found


def _owner(
    marked: Marked, index: int, owners: dict[int, tuple[int | None, bool]],
    by_sentence: dict[int, list[Mention]], sentences_of: dict[int, list[int]],
) -> tuple[int | None, bool]:  # fmt: skip
    """Return the account that the layout gives a unit to: its own head, or that of what it stands under."""
    head = next(
        (m for m in by_sentence.get(sentences_of[index][0], []) if m.head or _opens(marked, m, sentences_of[index][0])),
        None,
    )
    if head is not None:
        parted = _parted(marked, index, head.account, by_sentence, sentences_of)
        return head.account, not (flowing(marked, marked.units[index]) or parted)
    for above in _above(marked, index):
        owner, structural = owners.get(above, (None, False))
        if owner is not None and structural:
            return owner, True
    if marked.units[index].first.quoted:
        told = _announced(marked, index, by_sentence, sentences_of)
        if told is not None:
            return told, True
    return None, False


def _parted(
    marked: Marked, index: int, account: int, by_sentence: dict[int, list[Mention]], sentences_of: dict[int, list[int]]
) -> bool:
    """Tell whether a plain paragraph goes on from the account that it opens with to others."""
    if marked.units[index].first.bullet or marked.units[index].first.heading:
        return False
    return any(
        m.told and m.account not in (account, FOREIGN) and (place or m.opens >= 0)
        for place, sentence in enumerate(sentences_of[index])
        for m in by_sentence.get(sentence, [])
    )


def _announced(
    marked: Marked, index: int, by_sentence: dict[int, list[Mention]], sentences_of: dict[int, list[int]]
) -> int | None:
    """Return the account whose mails a quotation is said to be: "Their mails, Acme, newest on top:"."""
    place = index - 1
    while place >= 0 and marked.units[place].first.quoted:
        place -= 1
    if place < 0 or not marked.stream.notes[marked.units[place].start : marked.units[place].end].rstrip().endswith(":"):
        return None
    last = sentences_of.get(place, [])[-1:]
    named = {m.account for sentence in last for m in by_sentence.get(sentence, [])}
    return next(iter(named)) if len(named) == 1 and FOREIGN not in named else None


def _opens(marked: Marked, mention: Mention, sentence: int) -> bool:
    """Tell whether a mention opens its sentence, but for small words and marks before it."""
    first = marked.clauses.sentences[sentence].first
    return all(t.kind == "mark" or t.low in _LEADING for t in marked.stream.tokens[first : mention.first])


def _goes_on(marked: Marked, index: int) -> bool:
    within = marked.stream.within(marked.units[index].start, marked.units[index].end)
    word = next((t for t in marked.stream.tokens[within.start : within.stop] if t.kind == "word"), None)
    return word is not None and word.low in ("they", "their") and not marked.units[index].first.bullet


def _opens_talk(marked: Marked, index: int) -> bool:
    unit = marked.units[index]
    within = marked.stream.within(unit.start, unit.end)
    return bool(marked.between(within.start, min(within.start + 9, within.stop), "frame"))


def _talks(marked: Marked, first: int, last: int) -> bool:
    return any(h.name not in ("recall", "introduced") for h in marked.between(first, last, "frame", "private"))


def _deal_talk(marked: Marked, first: int, last: int, dictated: bool = False) -> bool:
    if dictated and any(t.kind == "date" for t in marked.stream.tokens[first:last]):
        return True  # "i ask her tomorrow" goes on with the deal
    return bool(marked.between(first, last, "category", "stage", "risk", "exception", "role", "step", "signed"))


def _announced_category(marked: Marked, first: int, last: int, inside: Sequence[Mention]) -> str:
    """Return the category that a sentence gives the deals it leads to: We have two deals in commit. In upside: ..."""
    tokens = marked.stream.tokens
    hit = next(iter(marked.between(first, inside[0].first if inside else last, "category")), None)
    if hit is None or tokens[hit.first - 1].low in ("not", "no", "from"):
        return ""
    words = [t for t in tokens[first:last] if t.kind != "mark"]
    if not inside:
        several = any(t.low in _DEALS for t in words)
        return hit.name if several and len(words) <= _SHORT else ""
    opening = [t for t in tokens[first : hit.first] if t.kind != "mark"]
    return hit.name if 0 < len(opening) <= 2 and opening[-1].low in _UNDER else ""


_DEALS = frozenset("deals ones opportunities opps accounts things".split())
_UNDER = frozenset("in on under for my as the".split())
_SHORT = 10


def _label(marked: Marked, first: int, last: int, group: str = "category") -> str:
    """Return the category or stage that opens a sentence as a label: `Commit: Globex 80k, Initech 40k`."""
    tokens = marked.stream.tokens
    i = first
    while i < last and tokens[i].kind == "mark":
        i += 1
    if group == "category":
        label = label_at(marked, i, last)
        return label[0] if label else ""
    hit = marked.opening(i, group) if i < last else None
    return hit.name if hit and hit.last < last and tokens[hit.last].low in MARKS else ""


def _cut(
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
    return low in _BOTH and (following.startswith("<") or following in _OF_EACH)


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
    while i > first and tokens[i - 1].kind == "word" and tokens[i - 1].low in _LEADING:
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
    if mention.head or all(t.kind == "mark" or t.low in _LEADING for t in tokens[first : mention.first]):
        return not (before >= first and tokens[before].low in _ASIDE)
    if before >= first and tokens[before].low in _ASIDE and not (mention.told and tokens[before].low == "from"):
        return False
    if mention.told and not (structural and current is not None and before >= first and tokens[before].kind == "word"):
        return True
    facts = _facts_after(marked, mention.last, stop)
    clause_opens = before < first or tokens[before].kind == "mark" or tokens[before].low in ("and", "but", "so", "then")
    if structural:
        return clause_opens and "money" in facts and len(facts) > 1
    if current is None and not started:
        return bool(facts) or not _talks(marked, first, mention.first)
    if clause_opens:
        return bool(facts)
    return "money" in facts or ("category" in facts and "near" in facts)


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


def _lend(marked: Marked, pieces: list[Piece]) -> list[Piece]:
    """Give what belongs to nobody to the only deal of the notes, as likely."""
    taken = {p.sentence for p in pieces}
    if not pieces:
        return pieces
    sample = pieces[0]
    lent = []
    for sentence in marked.clauses.sentences:
        unit = marked.units[sentence.unit]
        if (
            sentence.index in taken
            or unit.first.header
            or marked.between(sentence.first, sentence.last, "private", "machine")
        ):
            continue
        if any(h.name != "talk" for h in marked.between(sentence.first, sentence.last, "frame")):
            continue
        lent.append(
            replace(
                sample,
                first=sentence.first,
                last=sentence.last,
                unit=unit.index,
                sentence=sentence.index,
                lent=True,
                category="",
                rep=True,
            )
        )
    return pieces + lent
