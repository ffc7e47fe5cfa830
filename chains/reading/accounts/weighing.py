"""What speaks for a candidate being an account: all candidates come in, a score and the facts told of each go out.

Shape counts a little (capitals, a word that firms are called by), what is said of it counts most: an amount at once, a
category, a date, a stage. What speaks against it stands in `against.py`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from chains.deals import Money
from chains.reading.accounts.contacts import POINTS as CONTACT
from chains.reading.accounts.contacts import Contacts
from chains.reading.accounts.signs import (
    adjacent_money,
    alone_in_brackets,
    bracketed_behind,
    deal_word_next,
    first_name,
    in_passing,
    is_firm,
    is_large,
    is_named,
    led_by,
    money_before,
    opened_by_label,
    share_a_figure,
    with_a_job,
)
from chains.reading.accounts.sole_names import sole_names
from chains.reading.accounts.weights import facts_of, is_fraction, is_other_figure, shape_of, spoken_of_as
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.layout.sections import flowing, in_section, orphans
from chains.reading.layout.threads import answered
from chains.reading.layout.units import HEADS, Unit
from chains.reading.lexicon import wordlists

ENOUGH = 4.5  # points by hand that would do alone
_POINTS = {
    "category": 2.0,
    "odds": 1.5,
    "date": 1.0,
    "stage": 1.0,
    "signed": 1.5,
    "lost": 1.5,
    "moved": 1.0,
    "unpriced": 2.0,
}
_PROSE = 3  # sentences behind the one that names a candidate in which facts about it may stand
_LED = 5  # the same where plain talk leads to the name
_TALK = 8  # the same in a dialogue
_SPEECH = 70  # words of speech in which facts about a name may stand, where no other deal opens
_TELLING = frozenset("i we he she they it you told tell asked ask met meet saw see gave give".split())
_MAIL = 12  # units of a quoted mail in which facts about the name above it may stand
_LISTED = 3  # names in a row that make a list


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what a candidate's surroundings say: its score and which kinds of deal facts stand there."""

    score: float
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Hold a candidate with what was told of it, the balance of points and the log of the odds (`odds.yaml`)."""

    candidate: Candidate
    told: Told
    score: float
    foreign: bool
    odds: float = 0.0


class Scales:
    """Weigh candidates: everything that is looked up for each of them is gathered once."""

    def __init__(self, marked: Marked, found: Sequence[Candidate], strangers: frozenset[int]) -> None:
        """Take `strangers`, the units that somebody else than the rep says."""
        self.marked = marked
        self.strangers = strangers
        self.priced = {
            c.first: adjacent_money(marked, c.last, c.last + 8) or money_before(marked, c.first) for c in found
        }
        for one, other in pairwise(found):
            if not self.priced[one.first] and share_a_figure(marked, one, other):
                self.priced[one.first] = self.priced[other.first]
        self._by_unit: dict[int, list[Candidate]] = {}
        for candidate in found:
            self._by_unit.setdefault(candidate.unit, []).append(candidate)
        self._starts = {unit: [c.first for c in cs] for unit, cs in self._by_unit.items()}
        self._items = {c.unit for c in found if c.where == "head" and self.priced[c.first]}
        self._named = {  # items that open with a name of their own
            c.unit
            for c in found
            if c.where == "head" and is_named(marked, c) and (self.priced[c.first] or self._sum_in(c))
        }
        self._often = _said_often(marked, found)
        self._alone = sole_names(marked, found, frozenset(self._items))
        self.orphans = orphans(marked)
        self.answered = answered(marked)
        self._bracketed = sum(alone_in_brackets(marked.stream.tokens, c.last) for c in found) > 1  # a habit here
        contacts = marked.once(Contacts)
        self.leading = contacts.leading
        self.contact = {c.first: "" if c.unit in strangers else spoken_of_as(contacts, c) for c in found}
        sentence_of = marked.clauses.sentence_of
        self._turned = {  # sentences in which plain talk turns to a customer
            sentence_of[c.first] for c in found if self.contact[c.first] and not first_name(marked, c)
        }

    def _sum_in(self, candidate: Candidate) -> bool:
        """Tell whether an amount stands in the line that a candidate opens."""
        unit = self.marked.units[candidate.unit]
        within = self.marked.stream.within(unit.start, unit.end)
        return any(t.kind == "money" and not t.bare for t in self.marked.stream.tokens[candidate.last : within.stop])

    def behind(self, candidate: Candidate, stop: int) -> list[Candidate]:
        """Return the candidates of the same unit that start after one and before token `stop`."""
        found = self._by_unit[candidate.unit]
        at = bisect_right(self._starts[candidate.unit], candidate.last)
        behind = []
        for other in found[at : at + 40]:
            if other.first >= stop:
                break
            behind.append(other)
        return behind

    def weigh(self, candidate: Candidate) -> Told:
        """Return how much speaks for a candidate, before anything that speaks against it, and what is told of it."""
        marked, tokens = self.marked, self.marked.stream.tokens
        sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
        head = candidate.where in ("head", "heading")
        score = shape_of(marked, candidate, sentence.dictated)
        facts: set[str] = set()
        region = self.region(candidate)
        told = self._told(region)
        adjacent = self.priced[candidate.first] if candidate.unit not in self.strangers else ""
        if adjacent:
            facts.add("money")
            bracketed = alone_in_brackets(tokens, candidate.last)
            score += 3.0 if adjacent == "money" or (bracketed and self._bracketed) else 2.5 if bracketed else 1.5
        facts |= told
        score += 1.0 if candidate.first in self._often else 0.0
        score += 1.5 if "money" in told and not adjacent else 0.0
        if self._introduced(candidate, sentence.first):
            facts.add("introduced")
            score += 5.0
        contact = self.contact[candidate.first]
        if contact in ("met", "does") and not (
            told & {"money", "unpriced", "lost", "signed"} or is_firm(tokens, candidate)
        ):
            contact = ""  # as well a person
        if contact == "does" and tokens[candidate.first].low in wordlists()["first_names"]:
            contact = ""  # Inès said yes to the 40k
        if contact and not facts & {"introduced"}:
            facts.add(contact if contact in ("topic", "who") else "met")
            lower = candidate.where == "dictated" and not tokens[candidate.first].capital
            score += 1.0 if lower or (candidate.where == "head" and candidate.text.islower()) else 0.0
            score += CONTACT[contact] + (0.5 if contact != "does" and "risk" in told else 0.0)
        led = led_by(marked, candidate.first)
        if led:
            facts.add(led)
            score += 2.0
        if facts & {"money", "date", "category"} and deal_word_next(marked, candidate.last, sentence.last):
            score += 1.5
        if not head and "money" in told and not adjacent and self._figure_first(candidate, region):
            score += 1.0
        if not head and told & {"stage", "category"} and self._enumerated(candidate):
            score += 2.0
        score += sum(points for fact, points in _POINTS.items() if fact in told)
        if not head and opened_by_label(marked, sentence.first, candidate.first):
            score += 2.0
            facts.add("section")
        if head:
            after = tokens[candidate.last] if candidate.last < len(tokens) else None
            closes = after is not None and (
                after.kind != "word" or marked.opening(candidate.last, "category", "signed", "lost_to", "date_cue")
            )
            score += 1.0 + (1.0 if closes else 0.0)
            score += (1.0 if "role" in told else 0.0) + (1.0 if "step" in told else 0.0)
            if in_section(marked, candidate):
                score += 2.0
                facts.add("section")
        return Told(score, frozenset(facts))

    def _enumerated(self, candidate: Candidate) -> bool:
        """Tell whether a name is one of three or more with only commas between: Umber, Vireo, Wexley."""
        tokens = self.marked.stream.tokens
        place = bisect_right(self._starts[candidate.unit], candidate.first) - 1
        near = self._by_unit[candidate.unit][max(0, place - _LISTED) : place + _LISTED + 1]
        run: list[Candidate] = []
        for one in (c for c in near if tokens[c.first].capital):
            between = [t.low for t in tokens[run[-1].last : one.first]] if run else []
            run = [*run, one] if between in ([","], ["and"], [",", "and"]) else [one]
            if len(run) >= _LISTED and candidate in run:
                return True
        return False

    def _introduced(self, candidate: Candidate, first: int) -> bool:
        """Tell whether a name is said to be a deal that the export lacks: not in the export: Snowshoe League."""
        tokens = self.marked.stream.tokens
        for hit in self.marked.between(first, candidate.first, "frame"):
            between = tokens[hit.last : candidate.first]
            if hit.name == "introduced" and all(
                t.kind == "mark" or t.low in ("yet", "is", "deal", "one") for t in between
            ):
                return True
        return False

    def region(self, candidate: Candidate) -> list[tuple[int, int]]:
        """Return the token ranges where facts about a candidate would stand."""
        marked, stream = self.marked, self.marked.stream
        unit = marked.units[candidate.unit]
        sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
        if candidate.where not in ("head", "heading") or flowing(marked, unit) or unit.index in self.answered:
            stop = self._prose_end(candidate)
            ranges = [(candidate.last, self._cut(candidate, stop))]
            if stream.notes[unit.start : unit.end].rstrip().endswith(":"):
                ranges += self._under(candidate)
            return ranges + self._orphaned(candidate)
        within = stream.within(unit.start, unit.end)
        ranges = [(candidate.last, self._cut(candidate, within.stop))]
        if sentence.last >= within.stop or ranges[0][1] >= within.stop:
            ranges += self._under(candidate)
        return ranges

    def _orphaned(self, candidate: Candidate) -> list[tuple[int, int]]:
        """Return the range of a paragraph behind that tells of a deal and names none: State of it: 86k, best case."""
        marked = self.marked
        for index in (candidate.unit + 1, candidate.unit + 2):
            if index not in self.orphans:
                continue
            later = [c for c in self._by_unit[candidate.unit] if c.first > candidate.last]
            between = [*later, *(self._by_unit.get(candidate.unit + 1, []) if index > candidate.unit + 1 else [])]
            if all(first_name(marked, c) or not c.text[:1].isupper() for c in between):
                within = marked.stream.within(marked.units[index].start, marked.units[index].end)
                return [(within.start, within.stop)]
        return []

    def _cut(self, candidate: Candidate, stop: int) -> int:
        """Return where the next candidate with an amount of its own opens, at most `stop`."""
        tokens, at = self.marked.stream.tokens, self.marked.at
        for other in self.behind(candidate, stop):
            if other.first <= candidate.last + 1 or not self.priced[other.first]:
                continue
            if bracketed_behind(tokens, candidate.last, other.first) or with_a_job(tokens, other.last):
                continue
            if any(
                (h.group == "lost_to" or (h.group == "risk" and h.name == "competition" and h.last - h.first > 1))
                and h.last == other.first
                for j in range(other.first - 3, other.first)
                for h in at.get(j, ())
            ):
                continue
            return other.first
        return stop

    def _prose_end(self, candidate: Candidate) -> int:
        marked = self.marked
        unit = marked.units[candidate.unit]
        sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
        if sentence.dictated:
            return min(marked.stream.within(unit.start, unit.end).stop, candidate.last + _SPEECH)
        if unit.index in self.answered:
            return self._answer_end(unit)
        if candidate.first in self._alone:
            return marked.stream.within(unit.start, unit.end).stop
        contact = self.contact[candidate.first]
        if not contact and in_passing(marked, candidate, sentence.first):
            return sentence.last
        stop = sentence.last
        dialogue = bool(unit.first.speaker)
        reach = _TALK if dialogue else _LED if contact else _PROSE
        for after in marked.clauses.sentences[sentence.index + 1 : sentence.index + 1 + reach]:
            if after.unit != candidate.unit and not dialogue and not (contact and self._goes_on(after.unit)):
                break
            if after.index in self._turned:
                break
            opening = [
                c
                for c in self._by_unit.get(after.unit, [])
                if after.first <= c.first < after.first + 3
                and c.where != "dictated"
                and not any(t.low in _TELLING for t in marked.stream.tokens[after.first : c.first])
            ]
            if any(not (after.unit == candidate.unit and first_name(marked, c)) for c in opening):
                break
            stop = after.last
        return stop

    def _goes_on(self, unit: int) -> bool:
        """Tell whether a line goes on with what the plain line above it says."""
        above, line = self.marked.units[unit - 1].first, self.marked.units[unit].first
        marks = (line.after_blank, line.bullet, line.heading, line.keyed, line.quoted, line.speaker, above.bullet)
        return not any(marks) and not above.heading and line.indent == above.indent

    def _answer_end(self, unit: Unit) -> int:
        """Return where the answer to a quoted question ends: at the next quotation, or a blank line behind it."""
        stop = self.marked.stream.within(unit.start, unit.end).stop
        told = False
        for below in self.marked.units[unit.index + 1 : unit.index + 9]:
            if not told and below.first.quoted and below.index in self.answered and not below.first.after_blank:
                continue  # the question goes on
            if below.first.quoted or (below.first.after_blank and told):
                break
            told = True
            stop = self.marked.stream.within(below.start, below.end).stop
        return stop

    def _under(self, candidate: Candidate) -> list[tuple[int, int]]:
        """Return the ranges of what stands under a candidate's unit, without items that are deals of their own."""
        marked, stream = self.marked, self.marked.stream
        unit = marked.units[candidate.unit]
        ranges: list[tuple[int, int]] = []
        under = {unit.index}
        others: set[int] = set()  # deals of their own, and what stands under them
        for below in marked.units[unit.index + 1 : unit.index + 40]:
            if below.first.speaker and not unit.first.speaker and unit.first.heading == HEADS:
                break  # "Slack" over a talk says where it was held
            if below.parent in under or (candidate.where == "heading" and below.heading_of == unit.index):
                own = below.index in self._items and below.parent in under and below.first.bullet
                if own or below.parent in others or (candidate.where == "heading" and below.index in self._named):
                    others.add(below.index)
                    continue
                under.add(below.index)
                inside = stream.within(below.start, below.end)
                ranges.append((inside.start, inside.stop))
            elif below.first.heading or candidate.where == "head":
                break
        return ranges or self._quoted(unit)

    def _quoted(self, unit: Unit) -> list[tuple[int, int]]:
        """Return the ranges of the mail quoted behind a line with a colon: from Acme this morning:"""
        ranges: list[tuple[int, int]] = []
        if unit.first.quoted or not self.marked.stream.notes[unit.start : unit.end].rstrip().endswith(":"):
            return ranges
        for below in self.marked.units[unit.index + 1 : unit.index + 1 + _MAIL]:
            if not below.first.quoted:
                goes_on = bool(ranges) and not (below.first.after_blank or below.first.bullet or below.first.heading)
                return [*ranges, self._range(below)] if goes_on else ranges
            ranges.append(self._range(below))
        return ranges

    def _range(self, unit: Unit) -> tuple[int, int]:
        within = self.marked.stream.within(unit.start, unit.end)
        return within.start, within.stop

    def _told(self, ranges: Sequence[tuple[int, int]]) -> set[str]:
        marked, tokens = self.marked, self.marked.stream.tokens
        facts: set[str] = set()
        for first, last in ranges:
            for i in range(first, min(last, len(tokens))):
                token = tokens[i]
                sentence = marked.clauses.sentence_of[i]
                if self.strangers and sentence >= 0 and marked.clauses.sentences[sentence].unit in self.strangers:
                    continue
                if token.kind == "money" and isinstance(token.value, Money) and (not token.bare or is_large(token)):
                    if not is_other_figure(marked, first, i):
                        facts.add("money")
                elif token.kind == "date":
                    before = {
                        h.name
                        for j in range(max(first, i - 3), i)
                        for h in marked.at.get(j, ())
                        if h.group == "date_cue"
                    }
                    if before & {"close", "moved", "was"}:
                        facts.add("date")
                elif token.kind == "percent" and not is_fraction(tokens, i):
                    facts.add("odds")
                for hit in marked.at.get(i, ()):
                    facts |= facts_of(hit)
        return facts

    def _figure_first(self, candidate: Candidate, region: Sequence[tuple[int, int]]) -> bool:
        """Tell whether an amount comes before anybody else is named."""
        tokens = self.marked.stream.tokens
        first, last = region[0]
        for i in range(first, min(last, len(tokens))):
            if tokens[i].kind == "money" and not tokens[i].bare:
                others = self.behind(candidate, i)
                return not any(c.where != "dictated" and not first_name(self.marked, c) for c in others)
        return False


def _said_often(marked: Marked, found: Sequence[Candidate]) -> frozenset[int]:
    """Return where names open that stand in several places, whole or as the first word of a firm's name."""
    tokens = marked.stream.tokens
    units: dict[tuple[str, ...], set[int]] = {}
    forms = {c.first: tuple(t.low for t in tokens[c.first : c.last] if t.kind == "word") for c in found}
    firms = {forms[c.first] for c in found if is_firm(tokens, c) and c.last - c.first > 1}
    openings = {words[:1] for words in firms}
    for candidate in found:
        words = forms[candidate.first]
        for form in {words, words[:1]} if words in firms else {words}:
            units.setdefault(form, set()).add(candidate.unit)
    return frozenset(
        c.first
        for c in found
        if len(units[forms[c.first]]) > 1 and tokens[c.first].capital and (forms[c.first] in firms | openings)
    )
