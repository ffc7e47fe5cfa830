"""What speaks against a candidate being an account of the rep's own: a candidate and what is told of it come in, points
and the reason go out.

People, competitors, colleagues' deals, deals that are only an example, hearsay and words to a machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chains.periods import Period
from chains.reading.accounts.registry import key
from chains.reading.accounts.signs import (
    deal_word_next,
    firm,
    is_unknown,
    led_by,
    opened_by_label,
    seen_too,
    with_a_job,
)
from chains.reading.accounts.weighing import Scales, Told
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import base_verbs, wordlists
from chains.reading.people.groups import GROUPS, in_a_house, plays_a_part
from chains.reading.people.known_people import SPEAKS, in_a_team, people_of

_OFFERED = frozenset("quote offer bid price pricing product tool demo proposal poc platform rep".split())
_BEFORE_PERSON = frozenset(
    "with to from ask tell told call ring email mail ping meet met by for champion eb see and".split()
)
_SPOKEN_TO = frozenset("tell told tells ask asked asks ring rang met meet ping email thank owe promised".split())
_SELLS = frozenset("quoted quotes charges charged invoices invoiced bills sells billed".split())  # what a vendor does
_NEAR_BY = 12
_WHOSE = 20  # tokens behind a name in which its sentence may say whose deal it is
_TELLING = frozenset("money category signed lost date odds unpriced moved stage".split())
_AWAY = frozenset("leave holiday vacation pto sick maternity paternity parental".split())
_HIS = frozenset("deal account opportunity opp renewal one customer patch book job big".split())
_ASKS = frozenset("i we hi can could please would you".split())


@dataclass(frozen=True, slots=True)
class Against:
    """Hold the points against a candidate; `foreign` where its deal is somebody else's or only an example."""

    points: float
    foreign: bool = False


_HUMAN = 8.0  # points past which a candidate is a person
_TURNING = frozenset("then next and also so uh um".split())
_ARTICLES = frozenset("the a an our their his her its my this that".split())


def _topic(run: Sequence[Token]) -> bool:
    """Tell whether a name is that of a topic, a document or a department: North Zone, Memo, The potential."""
    topics = wordlists()["topics"]
    said = [t.low for t in run if t.low not in _ARTICLES]
    return not said or said[-1] in topics or said[0] in ("memo", "memorandum", "re", "draft")


_LOOKING_BACK = frozenset("was were had last wasnt ?".split())


class Doubts:
    """Weigh what speaks against candidates."""

    def __init__(self, scales: Scales, found: Sequence[Candidate], exported: bool = False) -> None:
        self.scales = scales
        self.marked = scales.marked
        self.exported = exported
        self.people = self.marked.once(people_of)
        self.openings = frozenset(  # the first words of firms: Surya, where Surya Textiles stands too
            self.marked.stream.tokens[c.first].low for c in found if c.last - c.first > 1 and _firm(self.marked, c)
        )
        self.rivals = frozenset(key(c.text) for c in found if self._rival(c))

    def weigh(self, candidate: Candidate, told: Told, headed: frozenset[int]) -> Against:
        """Return the points against a candidate; `headed` are the units that an account heads."""
        marked, tokens = self.marked, self.marked.stream.tokens
        sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
        head = candidate.where in ("head", "heading")
        run = [t for t in tokens[candidate.first : candidate.last] if t.kind == "word"]
        points = 0.0 if firm(run) else self._person(candidate, run, told, sentence.first, head)
        # whom a sentence gives a part in the deal belongs to the deal told before
        human = points >= _HUMAN and bool(marked.between(sentence.first, sentence.last, "role"))
        points += self._place(candidate, run, told, sentence.first, sentence.last, headed, head)
        if not head and key(candidate.text) in self.rivals and "lost" not in told.facts:
            points += 4.0
        unit = marked.units[candidate.unit]
        within = marked.stream.within(unit.start, unit.end)
        since = max(within.start, marked.clauses.sentences[max(0, sentence.index - 1)].first)
        earlier = {h.name for h in marked.between(within.start, min(within.start + 7, candidate.last), "frame")}
        earlier |= {h.name for h in marked.between(since, candidate.last, "frame")} | self._asked_before(candidate.unit)
        same = {h.name for h in marked.between(sentence.first, sentence.last, "frame")}
        foreign = False
        if "proof" in earlier and self._won(candidate, sentence.last):
            points, foreign = points + 8.0, True
        elif "proof" in same and not head:
            points, foreign = points + 5.0, True
        stranger = unit.index in self.scales.strangers and self._own_facts(sentence.first, sentence.last)
        if "colleague" in same or stranger or self._possessed(candidate):
            points, foreign = points + 6.0, True
        if "comparison" in same and not head:
            points, foreign = points + 8.0, True
        if (
            self.exported
            and not head
            and self.scales.priced[candidate.first] != "money"
            and "introduced" not in told.facts
        ):
            points += 2.5  # under an export a new deal is told with its amount, or as one that the export lacks
        if "hearsay" in same and "lost" not in told.facts:
            points += 3.0
        if "talk" in earlier and not (head and "talk" not in same):
            points += 1.5
        if marked.between(sentence.first, sentence.last, "private") and not told.facts & {
            "money",
            "category",
            "unpriced",
        }:
            points += 3.0
        if marked.between(sentence.first, sentence.last, "machine"):
            points += 8.0
        if unit.first.quoted and unit.index not in self.scales.answered:
            points += 3.0 if self.scales.priced[candidate.first] == "money" and not head else 7.0
        if self._spoken_to(candidate, run, head):
            points += 7.0
        return Against(points, foreign and not human)

    def _spoken_to(self, candidate: Candidate, run: Sequence[Token], head: bool) -> bool:
        """Tell whether a line opens with whom it speaks to: Liam, fyi below, so Globex Foods is still a commit."""
        tokens, marked = self.marked.stream.tokens, self.marked
        after = tokens[candidate.last : candidate.last + 2]
        if not head or len(run) > 2 or len(after) < 2 or after[0].low != "," or after[1].kind != "word":
            return False
        if after[1].capital or firm(run) or marked.opening(candidate.last + 1, "category", "signed", "lost_to"):
            return False
        unit = marked.units[candidate.unit]
        if unit.index in self.scales.answered:
            return True
        early = all(u.first.header or u.first.heading for u in marked.units[: unit.index])
        end = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]].last
        others = [c for c in self.scales.behind(candidate, end) if c.where == "prose"]
        return early and any(_firm(marked, c) or self.scales.priced[c.first] for c in others)

    def _asked_before(self, unit: int) -> set[str]:
        """Return what the other speaker has just asked for: any evidence it works?"""
        quoted = unit > 0 and self.marked.units[unit - 1].first.quoted and not self.marked.units[unit].first.quoted
        other = unit > 0 and unit - 1 in self.scales.strangers and unit not in self.scales.strangers
        if not (quoted or other):
            return set()
        asked = self.marked.units[unit - 1]
        within = self.marked.stream.within(asked.start, asked.end)
        return {h.name for h in self.marked.between(within.start, within.stop, "frame") if h.name == "proof"}

    def _own_facts(self, first: int, last: int) -> bool:
        """Tell whether a stranger's sentence tells of a deal of their own."""
        tokens = self.marked.stream.tokens
        if any(t.kind == "money" for t in tokens[first:last]):
            return True
        if any(t.low in _LOOKING_BACK for t in tokens[first:last]):
            return False  # "Saratoga was in commit last week"
        return bool([h for h in self.marked.between(first, last, "signed", "category") if h.name != "theirs"])

    def _person(self, candidate: Candidate, run: Sequence[Token], told: Told, opening: int, head: bool) -> float:
        tokens, words = self.marked.stream.tokens, wordlists()
        lows = tuple(t.low for t in run)
        sentence = self.marked.clauses.sentences[self.marked.clauses.sentence_of[candidate.first]]
        before = tokens[candidate.first - 1] if candidate.first > opening else None
        after = tokens[candidate.last] if candidate.last < len(tokens) else None
        priced = self.scales.priced[candidate.first] == "money"
        points = 0.0
        if lows[-1] in ("s", "'s", "’s") or (len(lows) == 1 and lows[0] in self.openings and lows not in self.people):
            return points  # Harold's: gone
        if (
            lows in self.people
            or (len(lows) == 2 and (lows[1],) in self.people and lows[0] in words["first_names"])
            or (lows[0] in words["titles"] and len(lows) <= 3 and lows[0] not in ("st", "hr"))
        ):
            points += 4.0 if priced else 9.0
        elif len(lows) == 1 and lows[0] in words["first_names"]:
            points += 3.0 if priced else 9.0
        elif len(lows) == 2 and lows[0] in words["first_names"] and "and" not in lows:
            points += 2.0 if priced else 3.0
        j = candidate.last + 1
        if after is not None and after.low in ("is", "s", "was") and len(lows) <= 3 and not firm(run):
            j += tokens[j].low in ("our", "my", "the", "still", "also") if j < len(tokens) else 0
            roles = (self.marked.opening(k, "role") for k in (candidate.last, candidate.last + 1, j))
            role = next((r for r in roles if r is not None), None)
            points += 7.0 if role is not None and role.name in ("champion", "economic_buyer") and not priced else 0.0
        person = plays_a_part(self.marked, candidate.first) or in_a_house(self.marked, candidate.first)
        if len(lows) == 1 and not priced and person and not firm(run):
            points += 9.0  # Dinesh on the shop floor is fighting our corner, Huw in accounts promised me
        does = tuple(t.low for t in tokens[candidate.last : candidate.last + 2])
        if does[:1] in (("does",), ("handles",), ("runs",)) and does[1:] in (("that",), ("it",), ("this",), ("them",)):
            points += 6.0  # Sione does that by Friday
        if after is not None and after.low in SPEAKS and len(lows) <= 2 and not told.facts & {"met", "who", "topic"}:
            points += 1.5 if lows[0] not in words["first_names"] else 2.0
        spoken_of = self.scales.contact[candidate.first]
        if (
            before is not None
            and before.low in _BEFORE_PERSON
            and not head
            and len(lows) <= 2
            and not (spoken_of or priced)
        ):
            points += 3.0 if before.low in _SPOKEN_TO and len(lows) == 1 and not priced else 1.0
        if len(lows) <= 2 and self._a_person(candidate, sentence.last):
            points += 6.0
        if len(lows) > 1 and lows[-1] in words["roles"]:
            points += 6.0  # New CIO
        if len(lows) <= 2 and in_a_team(self.marked, candidate.last):
            points += 6.0
        if len(lows) == 2 and lows[0] in words["first_names"] and len(lows[1]) == 1:
            points += 3.0 if priced else 9.0  # Bill S. in purchasing
        if after is not None and after.low in GROUPS and not (head or priced or firm(run)):
            nxt = tokens[candidate.last + 1] if candidate.last + 1 < sentence.last else None
            points += 6.0 if nxt is not None and nxt.low in base_verbs() else 0.0  # the route team delivers
        if len(lows) <= 2 and with_a_job(tokens, candidate.last):
            points += 4.0
        if len(lows) <= 2 and self._written_for(candidate):
            points += 6.0
        if after is not None and after.low == "s" and candidate.last + 1 < len(tokens):
            points += 1.5 if len(lows) == 1 and lows[0] in words["first_names"] else 0.0
            points += 4.0 if tokens[candidate.last + 1].low in _OFFERED else 0.0
        return points

    def _a_person(self, candidate: Candidate, last: int) -> bool:
        """Tell whether a name is said to be a person: her CFO, Bill Hask; Ana, she's the buyer."""
        marked, tokens, words = self.marked, self.marked.stream.tokens, wordlists()
        i = candidate.first
        if i > 1 and tokens[i - 1].low == "," and tokens[i - 2].low in words["roles"]:
            return True
        j = candidate.last
        away = tokens[j : j + 4]
        if len(away) > 2 and away[0].low in ("was", "is", "s", "will", "goes") and {t.low for t in away[1:]} & _AWAY:
            return True
        if self.scales.contact[candidate.first] in ("who", "topic"):
            return False
        if j + 1 < last and tokens[j].low == "," and tokens[j + 1].low in ("he", "she"):
            return True
        for k in range(j, min(j + 14, last - 1)):
            if tokens[k].low in ("he", "she") and tokens[k + 1].low in ("is", "s", "was"):
                k += 2 + (tokens[k + 2].low in ("the", "our", "my", "their", "also"))
                return marked.opening(k, "role") is not None or tokens[k].low in words["roles"]
            if k > j and tokens[k].capital and tokens[k].kind == "word" and tokens[k].low not in words["function"]:
                return False
        return False

    def _written_for(self, candidate: Candidate) -> bool:
        """Tell whether the first line names who the notes are for, and a day behind: For Corinne, tomorrow 11:00."""
        tokens = self.marked.stream.tokens
        if not 1 <= candidate.first <= 3 or tokens[candidate.first - 1].low not in ("for", "to"):
            return False
        behind = tokens[candidate.last : candidate.last + 3]
        return len(behind) > 1 and behind[0].kind == "mark" and behind[1].kind == "date"

    def _place(
        self,
        candidate: Candidate,
        run: Sequence[Token],
        told: Told,
        opening: int,
        last: int,
        headed: frozenset[int],
        head: bool,
    ) -> float:
        marked, tokens = self.marked, self.marked.stream.tokens
        after = tokens[candidate.last] if candidate.last < len(tokens) else None
        points = 0.0
        if candidate.first in self.scales.leading and candidate.last - candidate.first == 1:
            points += 6.0  # Closest is Farrow
        if after is not None and after.low in _SELLS:
            points += 6.0
        if _quota(run, after, tokens, candidate.last) or _goal_line(marked, candidate, run):
            points += 8.0
        if head:
            within = marked.stream.within(marked.units[candidate.unit].start, marked.units[candidate.unit].end)
            after = after if candidate.last < within.stop else None
            words = wordlists()
            common = all(t.low in words["ordinary"] or t.low in words["function"] for t in run)
            if candidate.where == "heading" and after is None and common:
                points += 6.0  # CONTRACT, over the deals that have one
            if (
                _everyday(run)
                and after is not None
                and after.kind == "word"
                and not self.scales.priced[candidate.first]
            ):
                points += 5.0  # Quick update on my three
            own = [t for t in run[1:] if t.capital or t.low in wordlists()["company"]]
            if len(run) > 1 and run[0].low in wordlists()["ordinary"] and run[0].capital and not own:
                points += 0.0 if self.scales.priced[candidate.first] else 5.0  # Nice surprise: ...
            lower = not any(t.text[:1].isupper() for t in run)
            if lower and len(run) == 2 and run[0].low in _ARTICLES and not firm(run):
                points += 6.0  # the bursar, our dentist
            ended = after is None or after.low in (".", "!", "?", "…", "...")
            behind = next(
                (i for i in range(candidate.last, min(within.stop, candidate.last + 4)) if tokens[i].kind != "mark"),
                within.stop,
            )
            cue = marked.opening(behind, "category", "signed", "lost_to") is not None
            priced = behind < within.stop and tokens[behind].kind == "money"
            full = len(run) > 2 and any(is_unknown(t) for t in run) and told.facts & {"money", "category"}
            stands = firm(run) and (cue or priced or full)
            if lower and ended and not stands:
                points += 5.0  # but not "brightwell dental grp. closed!!"
            if after is not None and after.kind == "word" and not deal_word_next(marked, candidate.last, last):
                goes_on = after.low in wordlists()["function"] and after.low not in (
                    "i",
                    "we",
                    "they",
                    "is",
                    "s",
                    "was",
                    "at",
                    "has",
                    "are",
                    "came",
                    "still",
                    "now",
                    "went",
                    "got",
                    "will",
                    "would",
                    "could",
                    "pushed",
                    "moved",
                    "slipped",
                    "wants",
                    "need",
                    "needs",
                    "says",
                    "said",
                    "just",
                    "also",
                )
                said = marked.clauses.spoken and told.facts & {"money", "category", "unpriced"}
                if said and sum(1 for t in run if is_unknown(t)) + firm(run) > 1:
                    pass  # dictated: a name goes on like any sentence
                elif self.scales.contact[candidate.first] == "does" and told.facts & _TELLING and _strange(run):
                    pass  # the subject of a plain sentence: Notion asked us for pricing
                elif self.scales.contact[candidate.first] in ("topic", "who"):
                    pass  # the alvarez account
                elif led_by(marked, candidate.first) and not lower:
                    pass  # lost Pennine to Zoraxa
                elif (lower or (goes_on and not firm(run))) and not self.scales.priced[candidate.first]:
                    points += 5.0
            elif lower and after is not None and after.kind == "date":
                points += 3.0
            addressed = candidate.unit not in self.scales.answered and self._addressed(candidate, last)
            points += 6.0 if addressed else 0.0
            points += 4.0 if _topic(run) and not self.scales.priced[candidate.first] else 0.0
            return points
        plain_end = len(run) > 1 and not run[-1].capital and run[-1].low in wordlists()["company"]
        leading = tokens[max(opening, candidate.first - 2) : candidate.first]
        if candidate.where == "dictated":
            leading = leading[-1:]
        if leading and leading[-1].low in _TURNING:
            leading = ()  # "has to okay that, then pecos valley growers"
        spoken_of = self.scales.contact[candidate.first] in ("who", "topic")
        if plain_end and not spoken_of and any(t.low in _ARTICLES for t in leading):
            points += 4.0  # "the internal Acme system", "the Acme credit": a thing of theirs
        if _topic(run) and self.scales.priced[candidate.first] != "money":
            points += 2.0
        if len(run) == 1 and run[0].text.isupper() and not self.scales.priced[candidate.first]:
            # "crashing in UAT", "stuck on SSO": jargon, where no figure follows
            behind = candidate.first - 1 - (tokens[candidate.first - 1].low in _ARTICLES)
            before = tokens[behind] if behind >= opening else None
            if before is not None and before.low in ("in", "on", "via", "through", "of", "from", "over", "into", "per"):
                points += 3.0
        opened = next((i for i in range(candidate.first - 1, opening, -1) if tokens[i].low in ("(", ")")), None)
        if (
            opened is not None
            and tokens[opened].low == "("
            and tokens[opened - 1].kind == "word"
            and tokens[opened - 1].capital
            and self.scales.contact[candidate.first] != "who"
        ):
            points += 5.0
        points += 6.0 if self._lost_to(candidate, opening) else 0.0
        if candidate.first > opening and tokens[candidate.first - 1].low in ("against", "versus", "vs"):
            points += 6.0
        if any(
            h.group == "lost_to" and h.last == candidate.first and tokens[h.last - 1].low != "lost"
            for i in range(max(0, candidate.first - 5), candidate.first)
            for h in marked.at.get(i, ())
        ):
            points += 5.0
        if tokens[candidate.first - 1].low == "to" and "lost" in {t.low for t in tokens[opening : candidate.first]}:
            points += 6.0  # we lost Globex, 60k, to Vendora
        opens = candidate.first - opening <= 1
        said = told.facts & {"money", "category", "signed"}
        if self.scales.priced[candidate.first] != "money" and self._owned(candidate, headed):
            free = opens and (
                deal_word_next(marked, candidate.last, candidate.last + 4)
                or self.scales.priced[candidate.first]
                or (firm(run) and said)
            )
            led = self.scales.contact[candidate.first] not in ("", "does")
            spoken = self.scales.contact[candidate.first] or "money" in told.facts
            plain = (opens or led) and not marked.units[candidate.unit].first.bullet and spoken
            # running text goes from one deal to the next, and so does a list behind a label
            free = free or plain or opened_by_label(marked, opening, candidate.first)
            # art approved, council wants a certificate: in notes without capitals any word may open a sentence
            everyday = len(run) == 1 and run[0].text.islower() and not self.scales.priced[candidate.first]
            points += 0.0 if free and not everyday else 4.0
        return points

    def _lost_to(self, candidate: Candidate, opening: int) -> bool:
        """Tell whether somebody else took a deal that was lost: lost Pennine to Zoraxa."""
        tokens = self.marked.stream.tokens
        i = candidate.first - 1
        if i <= opening or tokens[i].low != "to":
            return False
        before = range(max(opening, i - 6), i)
        return any(tokens[j].low in ("lost", "lose", "losing") for j in before) and tokens[i - 1].capital

    def _addressed(self, candidate: Candidate, last: int) -> bool:
        """Tell whether a head is whom the notes speak to: For Katrin tomorrow: I need ..."""
        tokens = self.marked.stream.tokens
        i = candidate.last
        while i < last and i - candidate.last < 4 and (tokens[i].kind in ("mark", "date")):
            i += 1
        return i > candidate.last and i < last and tokens[i].low in _ASKS

    def _rival(self, candidate: Candidate) -> bool:
        marked = self.marked
        first, last = marked.clauses.clause(candidate.first)
        if candidate.where == "prose" and any(
            h.name == "competition" and h.last == candidate.first and h.last - h.first > 1
            for h in marked.between(first, candidate.first, "risk")
        ):
            return True  # "they're comparing us with PowerKid. $75k pipeline"
        if candidate.where == "prose" and seen_too(marked.stream.tokens, candidate.first, candidate.last):
            return True  # by then they had seen Vendora too
        if self.scales.priced[candidate.first] or self.scales.contact[candidate.first] in ("who", "topic"):
            return False
        near = any(
            h.name == "competition" and h.first - 4 <= candidate.last and candidate.first <= h.last + 3
            for h in marked.between(first, last, "risk")
        )
        if candidate.where in ("head", "heading"):
            return near and any(
                h.name == "competition" and h.first == candidate.last
                for h in marked.between(candidate.last, last, "risk")
            )
        return near

    def _won(self, candidate: Candidate, last: int) -> bool:
        """Tell whether nothing near says that a deal is open: what is named as proof is over."""
        hits = self.marked.between(candidate.last, max(last, candidate.last + 30), "category")
        return not any(h.name in ("commit", "best_case", "pipeline") for h in hits)

    def _owned(self, candidate: Candidate, headed: frozenset[int]) -> bool:
        """Tell whether a candidate stands in what another account heads."""
        index: int | None = candidate.unit
        seen = 0
        while index is not None and seen < 8:
            unit = self.marked.units[index]
            if index in headed or unit.heading_of in headed:
                return True
            index = unit.parent
            seen += 1
        return False

    def _possessed(self, candidate: Candidate) -> bool:
        """Tell whether the deal is called somebody else's: Kev's deal with Umbrella, Umbrella (Kev's)."""
        tokens, names = self.marked.stream.tokens, wordlists()["first_names"]
        sentence_of = self.marked.clauses.sentence_of
        behind = [t.low for t in tokens[candidate.last : candidate.last + 3]]
        if len(behind) > 2 and behind[0] == "(" and behind[1] in ("his", "hers", "theirs", "her") and behind[2] == ")":
            return True
        unit = self.marked.units[candidate.unit]
        last = self.marked.stream.within(unit.start, unit.end).stop  # dictated: its sentences are parted anywhere
        opening = [t.low for t in tokens[candidate.first : candidate.last]]
        whose = len(opening) > 2 and opening[0] in names and opening[1] == "s" and not _firm(self.marked, candidate)
        if whose and behind[:1] and behind[0] in _HIS - {"customer"}:
            return True  # Kev's Umbrella deal
        for k in range(candidate.last + 1, min(last, candidate.last + _NEAR_BY)):
            whose = tokens[k].low.endswith("s") and tokens[k].low[:-1] in names and tokens[k].low not in names
            if whose and tokens[k - 1].low in ("is", "s") and (k + 1 == last or tokens[k + 1].kind == "mark"):
                return True  # the pinehill thing thats marcs
        for i in range(max(0, candidate.first - 6), min(candidate.last + _WHOSE, len(tokens) - 1)):
            inside = candidate.first <= i < candidate.last
            if (inside and i > candidate.first) or sentence_of[i] != sentence_of[candidate.first]:
                continue
            if tokens[i].low in ("her", "his", "their") and tokens[i + 1].low == "own" and i + 2 == candidate.first:
                return True
            whose = tokens[i].capital and tokens[i].kind == "word" and tokens[i + 1].low == "s"
            if not whose:
                continue
            nxt = tokens[i + 2].low if i + 2 < len(tokens) and sentence_of[i + 2] == sentence_of[i] else ""
            if inside:
                alone = candidate.last - candidate.first == 1 and i > 0 and tokens[i - 1].low in ("is", "s", "are")
                if alone and nxt in (")", ".", ",", "", ";"):
                    return True  # that's Grady's
                continue
            far = i >= candidate.last + _NEAR_BY and tokens[i - 1].low not in ("is", "s")
            if far:
                continue  # Joseph's patch is due: far from the name only "that's Corey's account" says whose it is
            if nxt in _HIS or (i + 2 == candidate.first and tokens[i].low in names):
                return True
            if i >= candidate.last and nxt == ")" and tokens[i - 1].low == ",":
                return True  # Umbrella (12k, Kev's)
            if (
                i >= candidate.last
                and nxt in (")", ".", ",", "", ";", "(", "so", "not", "and")
                and tokens[i - 1].low in ("is", "s", "(", "=", ":")
            ):
                return True
        return False


_GOALS = frozenset("target quota goal number budget plan".split())
_AROUND_A_GOAL = frozenset("for is was of my our the this quarter year q fy total to".split())


def _goal_line(marked: Marked, candidate: Candidate, run: Sequence[Token]) -> bool:
    """Tell whether a line holds nothing but the rep's own number and its period: Target Q3 £350k."""
    if len(run) != 1 or run[0].low not in _GOALS:
        return False
    within = marked.stream.within(marked.units[candidate.unit].start, marked.units[candidate.unit].end)
    sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
    whole = [t for t in marked.stream.tokens[sentence.first : sentence.last] if t.kind != "mark"]
    period = any(t.kind == "date" and isinstance(t.value, Period) for t in whole)
    last = sentence.last if period else within.stop  # "Q2 target 600k. Open pipe is 1.2m" says itself what it is
    rest = [t for t in marked.stream.tokens[candidate.last : last] if t.kind != "mark"]
    days = [t for t in rest if t.kind == "date" and not isinstance(t.value, Period)]
    other = [t for t in rest if t.kind == "word" and t.low not in _AROUND_A_GOAL]
    return bool(rest) and any(t.kind == "money" for t in rest) and not days and not other


def _strange(run: Sequence[Token]) -> bool:
    """Tell whether a name has a word that is neither a person's nor an everyday one, or is written with a capital."""
    return any(is_unknown(t) for t in run) or run[0].capital


def _everyday(run: Sequence[Token]) -> bool:
    """Tell whether a name is one ordinary word, with its capital only because it opens a line."""
    return len(run) == 1 and run[0].low in wordlists()["ordinary"] and not run[0].text.isupper()


def _firm(marked: Marked, candidate: Candidate) -> bool:
    return firm([t for t in marked.stream.tokens[candidate.first : candidate.last] if t.kind == "word"])


def _quota(run: Sequence[Token], after: Token | None, tokens: Sequence[Token], last: int) -> bool:
    """Tell whether a lower-case word is the rep's own number: target is 400k."""
    if len(run) != 1 or run[0].capital or run[0].low not in _GOALS:
        return False
    linked = after is not None and after.low in ("is", "of", "=", "was", ":", "s") and last + 1 < len(tokens)
    return linked and tokens[last + 1].kind in ("money", "count")
