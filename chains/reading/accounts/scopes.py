"""Which words are about which account: marked notes and mentions come in, `Piece`s go out in the order of the notes.

A bullet and what stands under it belong to the account at its head; in running text the account that a sentence opens
with holds until another one does. What belongs to nobody is left out, or lent to the only deal of the notes.
"""

from collections.abc import Sequence

from chains.reading.accounts.acquaintances import people_at, whose_turn
from chains.reading.accounts.belonging import owner_of, units_above
from chains.reading.accounts.cuts import OF_EACH, cut_between, frames_a_talk
from chains.reading.accounts.mentions import FOREIGN, Mention
from chains.reading.accounts.pieces import Piece
from chains.reading.layout.clauses import Sentence
from chains.reading.layout.labels import MARKS, label_at
from chains.reading.layout.legends import legend_lines
from chains.reading.layout.marked import Marked
from chains.reading.layout.sections import orphans, section_category, section_stage
from chains.reading.layout.speakers import is_dialogue
from chains.reading.layout.threads import answered
from chains.reading.layout.units import Unit
from chains.reading.lexicon import wordlists
from chains.reading.private.seals import sealed


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
        self.dialogue = is_dialogue(marked.units)
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
        owner, structural = owner_of(self.marked, index, self.owners, self.mentions, self.sentences)
        goes_on = not first.heading and (bool(first.speaker) or not first.bullet)
        if owner is None and not structural and goes_on and not _opens_talk(self.marked, index):
            owner = self.carried
        if owner is None and index in self.orphans and not self.mentions.get(self.sentences[index][0]):
            owner = self.latest
        above = [] if index in self.answered else units_above(self.marked, index)
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
            if not structural and _opens_matter(marked, sentence.first, sentence.last):
                current = None
            label = _label(marked, sentence.first, sentence.last)
            label = label or _announced_category(marked, sentence.first, sentence.last, inside)
            grade = _label(marked, sentence.first, sentence.last, "stage")
            if label or grade:
                category, stage = label or ("" if grade else category), grade
                if inside and not structural and inside[0].first > sentence.first:
                    current = None
            behind = label_at(marked, sentence.first, sentence.last)
            start = behind[1] if behind and inside and inside[0].first >= behind[1] else sentence.first
            cut = cut_between(marked, inside, start, sentence.last, current, structural, unit.first.speaker != "")
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
                talk = not inside and frames_a_talk(marked, sentence.first, sentence.last) and not structural
                if talk and not _deal_talk(marked, sentence.first, sentence.last, sentence.dictated):
                    current = current if sentence.dictated else None
                    continue
                cut = [(sentence.first, sentence.last, current)]
            for start, stop, account in cut:
                if account is not None:
                    self.pieces.append(
                        draft._replace(
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
    if low == "both" and last - first <= 12 and (following in OF_EACH or following in ("of", "committed", "verbal")):
        return 2
    return 3 if low == "all" and marked.stream.text(first, last)[:9].casefold() == "all three" else 0


def _goes_on(marked: Marked, index: int) -> bool:
    within = marked.stream.within(marked.units[index].start, marked.units[index].end)
    word = next((t for t in marked.stream.tokens[within.start : within.stop] if t.kind == "word"), None)
    return word is not None and word.low in ("they", "their") and not marked.units[index].first.bullet


def _opens_talk(marked: Marked, index: int) -> bool:
    unit = marked.units[index]
    within = marked.stream.within(unit.start, unit.end)
    return bool(marked.between(within.start, min(within.start + 9, within.stop), "frame"))


def _opens_matter(marked: Marked, first: int, last: int) -> bool:
    """Tell whether words open with what it is of an ask: "Return: ...", "I tried: ...", "By 20 Aug please ..."."""
    opening = marked.stream.tokens[first : min(first + 4, last)]
    lows, matters = [t.low for t in opening], wordlists()["matters"]
    if not lows:
        return False
    if (
        lows[0] == "by"
        and len(opening) > 2
        and opening[1].kind == "date"
        and lows[2] in ("please", "pls", "latest", "or")
    ):
        return True
    return (lows[0] in matters and lows[1:2] in ([":"], ["is"], ["of"], ["-"])) or (
        ":" in lows and bool(matters & set(lows))
    )


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
            sample._replace(
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
