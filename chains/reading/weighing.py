"""What speaks for a candidate being an account: all candidates come in, a score and the facts told of each go out.

Shape counts a little (capitals, a word that firms are called by), what is said of it counts most: an amount at once, a
category, a date, a stage. What speaks against it stands in `against.py`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from chains.deals import Money
from chains.reading.contacts import POINTS as CONTACT
from chains.reading.contacts import Contacts
from chains.reading.labels import headings, label_at
from chains.reading.lexicon import Hit, wordlists
from chains.reading.marked import Candidate, Marked
from chains.reading.threads import answered
from chains.reading.tokens import Token
from chains.reading.units import Unit

SMALL = frozenset(
    "at is s for about around roughly now still its it worth approx ca circa our the a of are was stands on thats that"
    " with to".split()
)
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
_STANDS = frozenset(
    "done dead dark stuck stalled quiet signed landed slid slides drifted bumped gone lost moved pushed".split()
)
_PROSE = 3  # sentences behind the one that names a candidate in which facts about it may stand
_LED = 5  # the same where plain talk leads to the name
_TALK = 8  # the same in a dialogue
_SPEECH = 70  # words of speech in which facts about a name may stand, where no other deal opens
_TELLING = frozenset("i we he she they it you told tell asked ask met meet saw see gave give".split())
_LISTED = 3  # names in a row that make a list
_FLOWING = 60  # words from which a paragraph is running text and no item of a list


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what a candidate's surroundings say: its score and which kinds of deal facts stand there."""

    score: float
    facts: frozenset[str]


def flowing(marked: Marked, unit: Unit) -> bool:
    """Tell whether a unit is running text or speech, in which the first name does not own the rest."""
    if unit.first.speaker:
        return True
    if unit.first.bullet or unit.first.heading or unit.first.keyed:
        return False
    within = marked.stream.within(unit.start, unit.end)
    return (
        len(within) > _FLOWING
        and sum(1 for t in marked.stream.tokens[within.start : within.stop] if t.kind == "word") > _FLOWING
    )


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
            if not self.priced[one.first] and _share(marked, one, other):
                self.priced[one.first] = self.priced[other.first]
        self._by_unit: dict[int, list[Candidate]] = {}
        for candidate in found:
            self._by_unit.setdefault(candidate.unit, []).append(candidate)
        self._starts = {unit: [c.first for c in cs] for unit, cs in self._by_unit.items()}
        self._items = {c.unit for c in found if c.where == "head" and self.priced[c.first]}
        self.orphans = orphans(marked)
        self.answered = answered(marked)
        self._bracketed = sum(_alone_in_brackets(marked.stream.tokens, c.last) for c in found) > 1  # a habit here
        contacts = Contacts(marked)
        self.leading = contacts.leading
        self.contact = {c.first: "" if c.unit in strangers else _contact(contacts, c) for c in found}
        sentence_of = marked.clauses.sentence_of
        self._turned = {  # sentences in which plain talk turns to a customer
            sentence_of[c.first] for c in found if self.contact[c.first] and not first_name(marked, c)
        }

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
        score = _shape(marked, candidate, sentence.dictated)
        facts: set[str] = set()
        region = self.region(candidate)
        told = self._told(region)
        adjacent = self.priced[candidate.first] if candidate.unit not in self.strangers else ""
        if adjacent:
            facts.add("money")
            bracketed = _alone_in_brackets(tokens, candidate.last)
            score += 3.0 if adjacent == "money" or (bracketed and self._bracketed) else 2.5 if bracketed else 1.5
        facts |= told
        score += 1.5 if "money" in told and not adjacent else 0.0
        if self._introduced(candidate, sentence.first):
            facts.add("introduced")
            score += 5.0
        contact = self.contact[candidate.first]
        if contact in ("met", "does") and not (
            told & {"money", "unpriced", "lost", "signed"} or _firm(tokens, candidate)
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
            if _in_section(marked, candidate):
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
            if _bracketed_behind(tokens, candidate.last, other.first) or with_a_job(tokens, other.last):
                continue
            if any(
                h.group == "lost_to" and h.last == other.first
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
        for below in marked.units[unit.index + 1 : unit.index + 40]:
            if below.parent in under or (candidate.where == "heading" and below.heading_of == unit.index):
                if below.index in self._items and below.parent in under and below.first.bullet:
                    continue
                under.add(below.index)
                inside = stream.within(below.start, below.end)
                ranges.append((inside.start, inside.stop))
            elif below.first.heading or candidate.where == "head":
                break
        return ranges

    def _told(self, ranges: Sequence[tuple[int, int]]) -> set[str]:
        marked, tokens = self.marked, self.marked.stream.tokens
        facts: set[str] = set()
        for first, last in ranges:
            for i in range(first, min(last, len(tokens))):
                token = tokens[i]
                sentence = marked.clauses.sentence_of[i]
                if self.strangers and sentence >= 0 and marked.clauses.sentences[sentence].unit in self.strangers:
                    continue
                if token.kind == "money" and isinstance(token.value, Money) and (not token.bare or _large(token)):
                    if not _other_figure(marked, first, i):
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
                elif token.kind == "percent" and not _fraction(tokens, i):
                    facts.add("odds")
                for hit in marked.at.get(i, ()):
                    facts |= _facts_of(hit)
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


def _firm(tokens: Sequence[Token], candidate: Candidate) -> bool:
    return firm([t for t in tokens[candidate.first : candidate.last] if t.kind == "word"])


def _contact(contacts: Contacts, candidate: Candidate) -> str:
    """Return how plain talk speaks of a candidate as a customer: topic, who, met, does or ""."""
    marked = contacts.marked
    led, _ = contacts.leads(candidate.first)
    if led:
        return led
    sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
    if candidate.where == "prose" and candidate.first == sentence.first and _after_colons(marked, candidate):
        return "topic"
    return "does" if contacts.does(candidate.last, sentence.first, candidate.first) else ""


def _after_colons(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether a paragraph goes from one name with a colon to the next."""
    tokens, unit = marked.stream.tokens, marked.units[candidate.unit]
    head = marked.stream.at(unit.start)
    first = any(t.low == ":" for t in tokens[head + 1 : min(head + 5, candidate.first)])
    return first and candidate.last < len(tokens) and tokens[candidate.last].low == ":" and tokens[head].capital


def _share(marked: Marked, one: Candidate, other: Candidate) -> bool:
    """Tell whether what is said behind two names is said of each: A and B are 85k apiece."""
    tokens = marked.stream.tokens
    if [t.low for t in tokens[one.last : other.first]] not in (["and"], [",", "and"]):
        return False
    behind = tokens[other.last : other.last + 6]
    each = any(t.low in ("each", "apiece") or t.text.endswith((" each", " apiece")) for t in behind)
    return bool(behind) and (behind[0].low in ("are", "were", "both") or each)


def with_a_job(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a bracket behind a name says what the person does: Fournier (outside engineer), Sonia (GM)."""
    inside = [t.low for t in tokens[i + 1 : i + 14]]
    if ")" not in inside or tokens[i].low != "(":
        return False
    said = inside[: min(inside.index(mark) for mark in (")", ",") if mark in inside)]
    return bool(said) and said[-1] in wordlists()["roles"]


def _alone_in_brackets(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether brackets right behind a name hold a plain number and nothing else: Lindqvist Bygg (150)."""
    return i + 2 < len(tokens) and tokens[i].low == "(" and tokens[i + 1].kind == "count" and tokens[i + 2].low == ")"


_SHARES = frozenset(
    "of per off discount charge charges escalation increase growth interest less more lower higher above below stake"
    " fee ownership margin tolerance deviation cheaper rebate uplift".split()
)


def _fraction(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a percentage is a share or a tolerance and no odds: +/- 15%, 10% of the time."""
    before = tokens[i - 1].low if i else ""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    spread = before in ("/", "±") or (before in ("-", "–") and i > 1 and tokens[i - 2].low in ("/", "+", "±"))
    return spread or after in _SHARES


def orphans(marked: Marked) -> frozenset[int]:
    """Return the paragraphs that open with an amount and a category of a deal that they do not name."""
    found: set[int] = set()
    first_of: dict[int, int] = {}
    for sentence in marked.clauses.sentences:
        first_of.setdefault(sentence.unit, sentence.index)
    for unit in marked.units:
        if (
            unit.first.bullet
            or unit.first.speaker
            or unit.first.heading
            or unit.first.quoted
            or unit.index not in first_of
        ):
            continue
        sentence = marked.clauses.sentences[first_of[unit.index]]
        opening = marked.stream.tokens[sentence.first : sentence.first + 8]
        priced = next((k for k, t in enumerate(opening) if t.kind == "money" and not t.bare), None)
        if priced is None or any(t.capital for t in opening[1:priced]):
            continue
        if marked.between(sentence.first, sentence.last, "category"):
            found.add(unit.index)
    return frozenset(found)


def _facts_of(hit: Hit) -> set[str]:
    if hit.group == "signed" and hit.name in ("both", "po", "plain"):
        return {"signed"}
    if hit.group == "lost_to" and hit.last - hit.first > 1:
        return {"lost"}
    if hit.group in ("category", "stage", "role", "step", "unpriced"):
        return {hit.group}
    if hit.group == "risk" and hit.name == "timeline_slip":
        return {"moved", "risk"}
    return {"risk"} if hit.group == "risk" else set()


def _other_figure(marked: Marked, first: int, i: int) -> bool:
    """Tell whether a figure is called a quota, a cost or the like right before it."""
    return any(
        h.group == "number_cue" and h.name == "other" and i - h.last <= 1 and h.last <= i
        for j in range(max(first, i - 4), i)
        for h in marked.at.get(j, ())
    )


def _shape(marked: Marked, candidate: Candidate, dictated: bool) -> float:
    words = wordlists()
    run = [t for t in marked.stream.tokens[candidate.first : candidate.last] if t.kind == "word"]
    capitals = sum(1 for t in run if t.capital)
    plain = [t for t in run if t.low not in words["joining"]]
    score = 1.0 if capitals and capitals >= len(plain) else 0.0
    score += 1.5 if firm(run) else 0.0
    score += 0.5 if len(run) > 1 and capitals > 1 else 0.0
    if any(any(c.isupper() for c in t.text[1:]) or any(c.isdigit() for c in t.text) for t in run):
        score += 1.0
    ordinary = all(t.low in words["ordinary"] or t.low in words["function"] for t in run)
    score += -1.0 if ordinary else 0.5
    if ordinary and all(t.text.isupper() for t in run):
        score -= 3.0
    spoken = marked.clauses.spoken and candidate.where in ("head", "heading")
    if (spoken or (candidate.where == "dictated" and dictated)) and any(_unknown(t) for t in run):
        score += 1.5 if spoken and len(run) > 1 else 1.0
    return score


def firm(run: Sequence[Token]) -> bool:
    """Tell whether a run ends with a word that firms are called by."""
    if len(run) > 2 and run[-2].text == "&" and run[0].capital and run[-1].capital:
        return True  # Cobb & Cole
    return run[-1].low in wordlists()["company"] and (len(run) > 1 or run[-1].text.isupper())


def own_name(run: Sequence[Token]) -> bool:
    """Tell whether a name has a word of its own: none for people, firms, labels or everyday things."""
    return any(_unknown(t) for t in run) or run[-1].low == "s"


def _unknown(token: Token) -> bool:
    words = wordlists()
    return all(token.low not in words[name] for name in ("function", "ordinary", "first_names", "company", "labels"))


def adjacent_money(marked: Marked, i: int, stop: int) -> str:
    """Return "money" or "count" where a figure follows at once, else ""."""
    tokens = marked.stream.tokens
    words = 0
    if _alone_in_brackets(tokens, i):
        return "count"
    if i < len(tokens) and tokens[i].low == "(":  # what stands in brackets behind a name explains it
        j = i + 1
        while j < min(i + 9, len(tokens)) and tokens[j].low != ")":
            if tokens[j].kind == "money":
                return "money" if not tokens[j].bare or _large(tokens[j]) else "count"
            j += 1
        i = j + 1 if j < min(i + 9, len(tokens)) else i
    last = min(i + 7, max(stop, i), len(tokens))
    while i < last:
        token = tokens[i]
        if token.kind == "money":
            return "money" if not token.bare else "count"
        if token.kind == "count" and not getattr(token.value, "unit", ""):
            nxt = tokens[i + 1] if i + 1 < len(tokens) else None
            alone = nxt is None or nxt.kind != "word" or nxt.low in ("not", "now", "and", "commit")
            return "count" if words == 0 or (words <= 2 and alone) else ""
        if token.kind == "word":
            words += 1
            if words > 4 or token.low not in SMALL:
                return ""
        elif token.kind != "mark" or token.low in (".", "?", "!", ";"):
            if not (token.low in ".?;" and words == 0):
                return ""
            words = 4  # behind a full stop the figure has to come at once
        i += 1
    return ""


def _large(token: Token) -> bool:
    """Tell whether a figure without currency is an amount by its size: 18,000."""
    return isinstance(token.value, Money) and token.value.amount >= 5000


def money_before(marked: Marked, i: int) -> str:
    """Return "money" where an amount leads to a name: 80k from Globex, the 1,1 Mio. with Feder."""
    tokens = marked.stream.tokens
    if (
        i < 2
        or tokens[i - 1].low not in ("from", "with", "at", "for")
        or marked.clauses.sentence_of[i] != marked.clauses.sentence_of[i - 2]
    ):
        return ""
    return "money" if tokens[i - 2].kind == "money" and not tokens[i - 2].bare else ""


def opened_by_label(marked: Marked, first: int, i: int) -> bool:
    """Tell whether a sentence opens with a category as a label, so that what it lists are deals."""
    label = label_at(marked, first, i + 1)
    return label is not None and label[1] <= i


_LEADS = {
    "lost": "lost",
    "closed": "signed",
    "signed": "signed",
    "won": "signed",
    "landed": "signed",
    "inked": "signed",
}


def led_by(marked: Marked, i: int) -> str:
    """Return what a verb before a name says of its deal: lost Graymoor, closed Globex, won last week Polder 28k."""
    if order_before(marked, i) >= 0:
        return "signed"
    at = lead_before(marked, i)
    return _LEADS.get(marked.stream.tokens[at].low, "") if at < i else ""


def lead_before(marked: Marked, i: int) -> int:
    """Return the token of the verb that leads to a name at token `i`, or `i`; only the time may stand between."""
    tokens, sentence_of = marked.stream.tokens, marked.clauses.sentence_of
    at = i - 1
    while at > 0 and i - at < _WHEN_WORDS and (tokens[at].kind == "date" or tokens[at].low in _WHEN):
        at -= 1
    if at < 0 or tokens[at].kind != "word" or sentence_of[i] != sentence_of[at] or tokens[at].low not in _LEADS:
        return i
    denied = at > 0 and tokens[at - 1].low in ("not", "have", "be", "get", "to") and tokens[at].low != "lost"
    return i if denied else at


_WHEN = frozenset("last this week month quarter on the just finally also already yesterday today early earlier".split())
_WHEN_WORDS = 4


def order_before(marked: Marked, i: int) -> int:
    """Return where words open that tell of an order from the name at token `i`: PO in from Globex; -1 where none do."""
    if i < 2 or marked.stream.tokens[i - 1].low not in ("from", "by"):
        return -1
    hits = [h for h in marked.between(max(0, i - 6), i, "signed") if h.name in ("po", "both", "plain")]
    sentence_of = marked.clauses.sentence_of
    return next((h.first for h in hits if h.last in (i - 1, i) and sentence_of[h.first] == sentence_of[i]), -1)


def deal_word_next(marked: Marked, i: int, last: int) -> bool:
    """Tell whether what follows a name at once says where a deal stands: Umbrella slipped, Hooli verbal."""
    tokens = marked.stream.tokens
    reach = 3
    for j in range(i, min(i + 6, last, len(tokens))):
        token = tokens[j]
        if token.low in ("that", "thats", "one", "which", "who", "the", "big"):
            reach += 1  # Ernst and Whitlow, that's the big one, closed
            continue
        if j - i >= reach:
            return False
        if marked.opening(j, "category", "stage", "signed", "lost_to", "unpriced") or token.low in _STANDS:
            return True
        if any(h.group == "risk" and h.name in ("timeline_slip", "gone_dark") for h in marked.at.get(j, ())):
            return True
        small = token.low in SMALL or token.low.endswith("ly") or token.low in ("has", "just", "got", "went")
        if not (token.kind == "mark" or small):
            return False
    return False


def in_passing(marked: Marked, candidate: Candidate, opening: int) -> bool:
    """Tell whether a name stands inside a sentence about something else, so that only its own sentence counts."""
    tokens = marked.stream.tokens
    run = tokens[candidate.first : candidate.last]
    if firm(run) or candidate.first - opening <= 3 or marked.units[candidate.unit].first.speaker:
        return False
    before = tokens[candidate.first - 1]
    named = before.low in ("with", "at", "on", "is", "about", "for")
    return before.kind == "word" and not (named and candidate.first - opening <= 7)


def _bracketed_behind(tokens: Sequence[Token], last: int, first: int) -> bool:
    """Tell whether a token stands in the brackets that open right behind a name."""
    return tokens[last].low == "(" and all(t.low != ")" for t in tokens[last:first])


def first_name(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether a candidate holds a first name."""
    names = wordlists()["first_names"]
    return any(t.low in names for t in marked.stream.tokens[candidate.first : candidate.last])


def _in_section(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether a candidate stands right under a heading that is a category."""
    unit = marked.units[candidate.unit]
    above = unit.parent if unit.parent is not None else unit.heading_of
    return above is not None and bool(section_category(marked, above))


def _heads_a_deal(tokens: Sequence[Token]) -> bool:
    """Tell whether a heading opens with a name and gives an amount, so that its category is one deal's."""
    words = wordlists()
    first = next((t for t in tokens if t.kind == "word"), None)
    named = first is not None and first.capital and not any(first.low in words[w] for w in ("sections", "ordinary"))
    return named and first is not None and first.low not in words["function"] and any(t.kind == "money" for t in tokens)


def section_category(marked: Marked, index: int) -> str:
    """Return the category that a unit heads its section with, or ""."""
    unit = marked.units[index]
    within = marked.stream.within(unit.start, unit.end)
    tokens = marked.stream.tokens[within.start : within.stop]
    if unit.first.section or unit.first.heading:
        words = [t for t in tokens if t.kind == "word"]
        hits = marked.between(within.start, within.stop, "category")
        if hits and len(words) <= 5 and not _heads_a_deal(tokens):
            return hits[0].name
        if len(words) <= 3:
            headed = headings()
            return next((headed[t.low] for t in words if t.low in headed), "")
        return ""
    if len(within) > 9:
        return ""
    i = next((j for j in within if marked.stream.tokens[j].kind == "word"), within.stop)
    hit = marked.opening(i, "category") if i < within.stop else None
    if hit is None:
        return ""
    quiet = ("deals", "deal", "total", "list", "for", "now", "this", "quarter", "the", "and")
    rest = [t for t in marked.stream.tokens[hit.last : within.stop] if t.kind == "word" and t.low not in quiet]
    return hit.name if all(t.low.startswith("q") for t in rest) else ""


def section_stage(marked: Marked, index: int) -> str:
    """Return the stage that a unit heads its section with, or ""."""
    unit = marked.units[index]
    if not unit.first.heading:
        return ""
    within = marked.stream.within(unit.start, unit.end)
    words = [t for t in marked.stream.tokens[within.start : within.stop] if t.kind == "word"]
    if len(words) > 3:
        return ""
    hit = next(iter(marked.between(within.start, within.stop, "stage")), None)
    if hit is not None and hit.last - hit.first >= len(words) - 1:
        return hit.name
    return next((name for word, name in _STAGE_WORDS.items() if any(t.low == word for t in words)), "")


_STAGE_WORDS = {
    "signature": "procurement",
    "legal": "procurement",
    "paper": "procurement",
    "test": "evaluation",
    "testing": "evaluation",
    "offer": "proposal",
    "offers": "proposal",
    "quote": "proposal",
    "quotes": "proposal",
    "quoted": "proposal",
    "qualified": "discovery",
    "qualifying": "discovery",
    "qualification": "discovery",
    "prospecting": "discovery",
    "contracting": "procurement",
    "contracts": "procurement",
    "paperwork": "procurement",
    "signatures": "procurement",
    "demos": "evaluation",
    "pilots": "evaluation",
    "trials": "evaluation",
    "negotiating": "negotiation",
}
