"""Who the notes may be about: the stream, its layout and cues come in, candidate account names go out.

A candidate is a run of tokens that could be an account: the head of a line, a run of capitals, or, where nothing is
capitalised, the words before an amount. What makes it one is weighed later, by what is said of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chains.reading.clauses import Clauses
from chains.reading.contacts import OF_A_DEAL, Contacts
from chains.reading.labels import MARKS, codes, label_at, shouted
from chains.reading.layout import Unit
from chains.reading.lexicon import Hit, wordlists
from chains.reading.tokens import Stream, Token

Where = Literal["head", "heading", "prose", "dictated", "turn"]
_GREETINGS = frozenset(
    "hi hello hey dear hallo liebe lieber hola bonjour morning thanks thank cheers regards best".split()
)
_TITLES_OF_ACCOUNTS = frozenset(
    "account customer deal opp opportunity company client cliente kunde compte cuenta empresa firma konto"
    " azienda".split()
)
_HYPHENED = frozenset("walk drive drop plug check sit".split())  # what speech says of walk-in, drive-in
_DOTTED = frozenset(
    "gebr fa soc inc st co ltd corp dr bros mt ft dist assn assoc univ mfg intl natl hosp ctr svcs dept".split()
)
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th|x|h|d|w|m|k|am|pm|hr|hrs|min|mins|yr|yrs|wk|wks|mo|pct|users|seats|days|weeks)?"
)
LONGEST = 7  # words of a name
_ORDINALS = frozenset("first second third".split())  # Third Coast Brewing
_PAPERS = frozenset("po sow msa nda loi rfp rfi dpa poc".split())  # the Riverbend Schools PO
_ARTICLES = frozenset("the a an our my their his her this that its your no any".split())
_LEADING_TO_MONEY = frozenset("at is for about around roughly s worth ca circa approx say maybe".split())
_NUMBERS = frozenset("one two three four five six seven eight nine ten".split())
_CORRECTING = frozenset(
    "one two three four five six seven eight nine ten twenty hundred no sorry not now er um wait actually rather was"
    " make that its is".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold tokens `first` up to and without `last` that may name an account, and where they stand."""

    first: int
    last: int
    where: Where
    unit: int
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Hold everything later steps look things up in: tokens, units, clauses and the cues by token."""

    stream: Stream
    units: Sequence[Unit]
    clauses: Clauses
    hits: Sequence[Hit]
    at: dict[int, list[Hit]]  # cues by the token they open at
    cells: frozenset[int] = frozenset()  # units that are cells of a table

    def opening(self, token: int, *groups: str) -> Hit | None:
        """Return the longest cue of these groups that opens at `token`."""
        found = [h for h in self.at.get(token, ()) if h.group in groups]
        return max(found, key=lambda h: h.last) if found else None

    def between(self, first: int, last: int, *groups: str) -> list[Hit]:
        """Return the cues of these groups that lie within tokens first..last."""
        found = []
        for i in range(first, last):
            found += [h for h in self.at.get(i, ()) if h.group in groups and h.last <= last]
        return found


def candidates(marked: Marked) -> list[Candidate]:
    """Return every candidate in the order of the notes; a head wins over what else starts at the same token."""
    found: dict[int, Candidate] = {}
    for unit in marked.units:
        if unit.index in marked.cells or unit.first.section or unit.first.keyed:
            continue
        if unit.first.header and unit.first.header not in ("subject", "betreff", "asunto", "objet"):
            continue
        head = _head(marked, unit)
        if head:
            found[head.first] = head
    heads = {c.unit: c for c in found.values()}
    lower = _flat(marked, 0, len(marked.stream.tokens))  # the notes as a whole hardly use capitals
    slots = frozenset(Contacts(marked).slots()) if lower else frozenset()
    for sentence in marked.clauses.sentences:
        unit = marked.units[sentence.unit]
        if unit.first.header or unit.index in marked.cells:
            continue
        taken = [(heads[unit.index].first, heads[unit.index].last)] if unit.index in heads else []
        for first, last in _capital_runs(marked, sentence.first, sentence.last):
            if any(a < last and first < b for a, b in taken) or _article_before(marked, first, last, sentence.last):
                continue
            found.setdefault(first, _candidate(marked, first, last, "prose", unit.index))
            taken.append((first, last))
        if not _flat(marked, sentence.first, sentence.last):
            continue
        for first, last in _lower_runs(marked, sentence.first, sentence.last):
            if not any(a < last and first < b for a, b in taken):
                found.setdefault(first, _candidate(marked, first, last, "dictated", unit.index))
                taken.append((first, last))
        for first, last in _slots(marked, slots, sentence.first, sentence.last) if lower else ():
            if not any(a < last and first < b for a, b in taken):
                found.setdefault(first, _candidate(marked, first, last, "dictated", unit.index))
    for first in [f for f, c in found.items() if c.where == "dictated" and _civic(marked, f)]:
        name = found.pop(first)
        opened = found.get(first - 2)
        where = opened.where if opened is not None else name.where
        found[first - 2] = _candidate(marked, first - 2, name.last, where, name.unit)
    for first in [f for f in found if _article_of_a_deal(marked, found[f])]:
        named = found.pop(first)
        found.setdefault(first + 1, _candidate(marked, first + 1, named.last, named.where, named.unit))
    alone = {c.text.casefold() for c in found.values() if c.last - c.first == 1}
    for first in [f for f in found if _and_between(marked, found[f], alone)]:
        pair = found.pop(first)
        joint = _and_between(marked, pair, alone)
        found[first] = _candidate(marked, first, joint, pair.where, pair.unit)
        found.setdefault(joint + 1, _candidate(marked, joint + 1, pair.last, "prose", pair.unit))
    for first in [f for f in found if _did(marked, found[f])]:
        named = found.pop(first)
        found.setdefault(first + 1, _candidate(marked, first + 1, named.last, named.where, named.unit))
    counted = _numbering(marked)
    for first in [f for f in found if f in counted and found[f].last > f + 1]:
        bare = found.pop(first)
        found.setdefault(first + 1, _candidate(marked, first + 1, bare.last, bare.where, bare.unit))
    return [found[i] for i in sorted(found)]


def _and_between(marked: Marked, candidate: Candidate, alone: set[str]) -> int:
    """Return the "and" between two names, of which one stands alone elsewhere, or 0: Prism and Delfino ... Prism."""
    tokens = marked.stream.tokens
    for i in range(candidate.first + 1, candidate.last - 1):
        if tokens[i].text.casefold() == "and":
            halves = {marked.stream.text(candidate.first, i), marked.stream.text(i + 1, candidate.last)}
            return i if any(half.casefold() in alone for half in halves) else 0
    return 0


def _did(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether a sentence opens with what was done to a customer: Rescheduled Prism for Friday."""
    tokens = marked.stream.tokens
    opens = candidate.first == marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]].first
    low = tokens[candidate.first].low
    longer = candidate.last - candidate.first > 1 and tokens[candidate.first + 1].capital
    return opens and low in wordlists()["did"] and longer and tokens[candidate.first + 1].kind == "word"


def _article_of_a_deal(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether "the" opens what is no name but a deal: the Quill renewal."""
    tokens = marked.stream.tokens
    if candidate.last - candidate.first < 2 or tokens[candidate.first].low != "the" or candidate.last >= len(tokens):
        return False
    return tokens[candidate.last].low in OF_A_DEAL


_CIVIC = frozenset("city town county village borough township university college port bank diocese ministry".split())


def _civic(marked: Marked, first: int) -> bool:
    """Tell whether a dictated name goes on from a word for a body: city of alder springs."""
    tokens, sentences = marked.stream.tokens, marked.clauses.sentence_of
    told = first >= 2 and tokens[first - 1].low == "of" and tokens[first - 2].low in _CIVIC
    return told and sentences[first - 2] == sentences[first]


_LEAST_COUNTED = 3  # sentences that open with 1, 2, 3 are numbered


def _numbering(marked: Marked) -> frozenset[int]:
    """Return the bare numbers that count the deals off: 1 Globex ..., 2 Initech ..., 3 Umbrella ..."""
    tokens = marked.stream.tokens
    counted: list[int] = []
    for sentence in marked.clauses.sentences:
        first = sentence.first
        if first + 1 < sentence.last and tokens[first].text == str(len(counted) + 1) and tokens[first + 1].capital:
            counted.append(first)
    return frozenset(counted if len(counted) >= _LEAST_COUNTED else ())


def _candidate(marked: Marked, first: int, last: int, where: Where, unit: int) -> Candidate:
    while where == "prose" and last - first > 1 and marked.stream.tokens[last - 1].low in _PAPERS:
        last -= 1
    return Candidate(first, last, where, unit, marked.stream.text(first, last))


def _head(marked: Marked, unit: Unit) -> Candidate | None:
    stream, tokens = marked.stream, marked.stream.tokens
    words = wordlists()
    span = stream.within(unit.first.start, unit.first.end)
    i, stop = span.start, span.stop
    while (
        i < stop
        and tokens[i].kind == "mark"
        and tokens[i].low in ("**", "*", "_", "#", ">", "~", "[", "]", "(", '"', "^", ".", "..", "…", "!")
    ):
        i += 1
    if i < stop and tokens[i].low in _GREETINGS:
        return None
    i = _behind_label(marked, i, stop)
    if i + 1 < stop and tokens[i].kind == "date" and tokens[i].text[:1].isdigit() and tokens[i + 1].capital:
        i += 1  # a log: 14/04 Textiles Sol
    skipped = 0
    while (
        i < stop - 1
        and skipped < 3
        and tokens[i].low in words["leadins"]
        and not (tokens[i].capital and tokens[i + 1].capital and (skipped or tokens[i].low in _ORDINALS))
    ):
        nxt = tokens[i + 1]
        if (
            nxt.kind == "mark"
            and nxt.low in (":", ",")
            and i + 2 < stop
            and skipped == 0
            and tokens[i].low
            in (
                "account",
                "customer",
                "deal",
                "opp",
                "opportunity",
                "regarding",
                "re",
                "fwd",
                "fw",
                "aw",
                "wg",
                "tr",
                "rv",
                "news",
                "ok",
                "oh",
                "sorry",
                "wait",
                "oops",
                "ooops",
                "correction",
                "actually",
                "typo",
                "edit",
            )
        ):
            i += 2
            skipped += 1
            continue
        if nxt.kind == "mark":
            break
        i += 1
        skipped += 1
    if i + 1 < stop and tokens[i].text == "the" and tokens[i + 1].capital:
        i += 1  # "on the Brightwater side"
    if i + 1 < stop and tokens[i].low == "lost" and tokens[i + 1].capital and _lost_to_somebody(marked, i + 1, stop):
        i += 1
    first = i
    if (
        first < stop
        and tokens[first].low in _TITLES_OF_ACCOUNTS
        and first + 1 < stop
        and tokens[first + 1].low in (":", "=")
    ):
        first = i = first + 2
    last = name_end(marked, first, stop, head=True)
    if last <= first or not plausible(tokens[first:last]):
        return None
    return _candidate(marked, first, last, "heading" if unit.first.heading else "head", unit.index)


def _behind_label(marked: Marked, i: int, stop: int) -> int:
    """Return where a line goes on behind a category that opens it as a label: `commit; Globex; 80k`."""
    tokens = marked.stream.tokens
    label = label_at(marked, i, stop)
    if label is not None:
        return label[1] if label[1] < stop else i
    hit = marked.opening(i, "category", "stage") if i < stop else None
    coded = i < stop and (tokens[i].low in codes() or tokens[i].text.casefold() in codes())
    last = hit.last if hit else i + 1 if coded else i
    if last > i and last + 1 < stop and tokens[last].low in MARKS:
        return last + 1
    if last > i and last < stop and shouted(tokens[i:last]) and _named_plainly(tokens[last]):
        return last  # LOST Globex 150k: a name does not go from capitals to small letters
    return i


def _lost_to_somebody(marked: Marked, i: int, stop: int) -> bool:
    """Tell whether behind "lost" a name and its figures lead on to whom: Lost Globex (60k) to Vendora."""
    tokens = marked.stream.tokens
    for j in range(i + 1, min(stop - 1, i + 12)):
        if tokens[j].low in (".", ";", ":"):
            return False
        if tokens[j].low == "to" and tokens[j + 1].capital:
            return True
    return False


def _named_plainly(token: Token) -> bool:
    return token.kind == "word" and token.text[:1].isupper() and not token.text.isupper()


_LEGAL_ENDS = frozenset("gmbh kg ohg inc llc ltd plc sarl sas bv nv oy oyj aps spa srl kft sro pvt pty".split())
_FORMS = frozenset(("eG", "eV", "e.V.", "e.G.", "eGen"))  # legal forms that open with a small letter


def name_end(marked: Marked, first: int, stop: int, *, head: bool) -> int:
    """Return the end of the name that opens at token `first`, or `first` where none does."""
    tokens = marked.stream.tokens
    words = wordlists()
    i = first
    while i < stop and i - first < LONGEST * 2:
        token = tokens[i]
        if token.kind == "mark":
            if token.low == "/" and _glued(tokens, i) and len(tokens[i - 1].text) > 1 and len(tokens[i + 1].text) > 1:
                break
            if token.low in ("-", "–", "+", "/", "&", "'", "’", ".") and _glued(tokens, i):
                i += 1
                continue
            if token.low == "+" and i > first and i + 1 < stop and tokens[i + 1].capital:
                i += 1
                continue
            if token.low == "." and i > first and tokens[i - 1].end == token.start and tokens[i - 1].low in _DOTTED:
                i += 1
                continue
            if (
                token.low == ","
                and i + 1 < stop
                and tokens[i + 1].low in ("inc", "llc", "ltd", "llp", "lp", "corp", "plc", "gmbh")
                and i > first
            ):
                i += 2
                if i < stop and tokens[i].low == "." and tokens[i].start == tokens[i - 1].end:
                    i += 1
                continue
            break
        if token.kind != "word":
            nxt = tokens[i + 1] if i + 1 < stop else None
            if i == first:
                if (
                    nxt is None
                    or nxt.kind != "word"
                    or nxt.low in words["function"]
                    or marked.opening(i + 1, "category", "stage", "signed", "lost_to")
                ):
                    break
                if token.kind in ("percent",) or "$" in token.text or "€" in token.text or "£" in token.text:
                    break
                i += 1
                continue
            if (
                token.kind == "count"
                and nxt is not None
                and nxt.start > token.end - (nxt.kind == "word")
                and (
                    (nxt.kind == "word" and (nxt.capital or nxt.low in words["company"]) and tokens[i - 1].capital)
                    or (
                        nxt.kind == "mark"
                        and nxt.low in (":", "-", "--")
                        and not _glued(tokens, i + 1)
                        and tokens[i - 1].capital
                        and _money_after(marked, i + 1, stop)
                    )
                )
            ):
                i += 1
                continue
            break
        if token.low.isdigit() and not (i > first and tokens[i - 1].capital):
            break
        initial = i > first and len(token.text) == 1 and token.text.isupper() and tokens[i - 1].capital
        if initial and i + 1 < stop and tokens[i + 1].low == "." and tokens[i + 1].start == token.end:
            i += 2  # Stonebridge U.
            continue
        closed = i > first + 1 and tokens[i - 1].low in _LEGAL_ENDS and not token.capital and token.low != "and"
        if closed and token.kind == "word":
            break  # Hotel Alpina GmbH hat unterschrieben
        if token.text in _FORMS and i > first and tokens[i - 1].capital:
            return i + 1
        if token.low == "s" and i > first:
            if _own_s(tokens, first, i, head):
                return i + 1
            if not (i + 1 < stop and tokens[i + 1].kind == "word" and tokens[i + 1].capital):
                break
            i += 1
            continue
        if i == first and token.low == "the":
            i += 1
            continue
        cue = marked.opening(i, "category", "stage", "signed", "lost_to", "all_clear", "step", "state")
        if cue and i > first and tokens[i - 1].low == ".":
            break  # Ballinasloe Horse Fair Co. Signed!
        if cue and cue.group == "category" and cue.last - cue.first > 1:
            break
        if (
            i == first
            and marked.opening(i, "step", "role")
            and not (i + 1 < stop and tokens[i + 1].low in words["company"])
        ):
            break
        if (
            cue
            and i > first
            and not (
                token.capital
                and tokens[i - 1].capital
                and i + 1 < stop
                and tokens[i + 1].kind == "word"
                and tokens[i + 1].capital
                and not token.text.isupper()
            )
        ) and (cue.group != "state" or not token.capital):
            break
        if (
            cue
            and i == first
            and cue.group != "state"
            and not (i + 1 < stop and tokens[i + 1].capital and not _all_upper(tokens, first, stop))
        ):
            break
        if (
            token.low == "in"
            and i > first
            and tokens[i - 1].low in _HYPHENED
            and i + 1 < stop
            and tokens[i + 1].kind == "word"
        ):
            i += 1
            continue
        if i > first and tokens[first].capital and not token.capital and _no_part(token):
            break
        if i == first and token.low in words["roles"] and not (i + 1 < stop and tokens[i + 1].low in words["company"]):
            break
        if (
            i == first
            and token.low in words["function"]
            and token.low not in words["openings"]
            and not token.text.isupper()
        ):
            break
        if (
            token.low in words["function"]
            and token.low not in words["joining"]
            and not (token.capital and not token.text.isupper() and (i > first or _name_goes_on(tokens, i, stop)))
            and not (
                head
                and i == first
                and token.text.isupper()
                and len(token.text) > 1
                and token.low not in words["labels"]
            )
        ):
            break
        if token.low == "of" and 0 < i - first <= 2 and tokens[first].low in words["first_names"]:
            break  # Peter Lang of Lang Optics
        if (
            token.low in words["joining"]
            and token.low != "and"
            and not (i > first and _leads_to_capital(tokens, i + 1, stop) and (tokens[i - 1].capital or i - first > 1))
            and not (i == first and token.capital and _leads_to_capital(tokens, i + 1, stop))
        ):
            break
        if token.low == "and" and token.text != "&" and _two_names(tokens, first, i, stop):
            break
        if token.low == "and" and not (
            i > first and i + 1 < stop and tokens[i + 1].kind == "word" and tokens[i + 1].low not in words["function"]
        ):
            break
        i += 1
    while i > first and (
        tokens[i - 1].low in words["joining"] or (tokens[i - 1].kind == "mark" and tokens[i - 1].low != ".")
    ):
        i -= 1
    # what follows the name only says which of its deals is meant
    while (
        i > first + 1
        and tokens[i - 1].low in words["qualifiers"]
        and not (tokens[i - 1].capital and tokens[i - 2].capital)
    ):
        i -= 1
    return i


def _own_s(tokens: Sequence[Token], first: int, i: int, head: bool) -> bool:
    """Tell whether "'s" belongs to the name itself: Ollie's: 12 restaurants. We lost Finnegan's, they stay."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.kind != "mark" or tokens[i].start > tokens[i - 1].end + 1:
        return False
    if head:
        return after.low in (":", "-", "–", "—") and (after.low == ":" or after.start > tokens[i].end)
    owner = first > 0 and tokens[first - 1].low in (
        "is",
        "s",
        "are",
        "was",
        "not",
        "and",
        "than",
        "like",
        "(",
        "unlike",
    )
    strange = tokens[first].low not in wordlists()["first_names"]
    return strange and not owner and after.low in (",", ".", ";", "(", ":")


def _two_names(tokens: Sequence[Token], first: int, i: int, stop: int) -> bool:
    """Tell whether "and" stands between two names of firms: Dock Terminals and Quay Cranes."""
    company = wordlists()["company"]
    left = [t for t in tokens[first:i] if t.kind == "word"]
    right: list[Token] = []
    for token in tokens[i + 1 : min(stop, i + 6)]:
        if token.kind != "word" or not (token.capital or token.low in company):
            break
        right.append(token)
    return all(len(run) > 1 and run[0].capital and run[-1].low in company for run in (left, right))


_DOINGS = frozenset(
    "rang phoned texted emailed mailed replied answered visited called came went wrote took gave brought sits waits"
    " pays paid cancelled canceled told sent showed toured drove liked loved hated agreed refused declined promised"
    " opened rejected accepted confirmed invited ordered returned".split()
)


def _no_part(token: Token) -> bool:
    """Tell whether a lower-case word behind a capital ends the name: Wexford finally signed."""
    words = wordlists()
    if token.low in words["company"] or token.low in words["joining"]:
        return False
    return token.low in words["ordinary"] or token.low in _DOINGS


def _all_upper(tokens: Sequence[Token], first: int, stop: int) -> bool:
    return all(t.text.isupper() for t in tokens[first:stop] if t.kind == "word")


def _glued(tokens: Sequence[Token], i: int) -> bool:
    return (
        0 < i < len(tokens) - 1
        and tokens[i - 1].end == tokens[i].start
        and tokens[i].end == tokens[i + 1].start
        and tokens[i + 1].kind != "mark"
    )


def _money_after(marked: Marked, first: int, stop: int) -> bool:
    return any(t.kind == "money" for t in marked.stream.tokens[first:stop])


def plausible(run: Sequence[Token]) -> bool:
    """Tell whether a run of tokens can be a name at all."""
    words = wordlists()
    said = [t for t in run if t.kind == "word"]
    if not said or len(said) > LONGEST:
        return False
    if any(t.kind not in ("word", "mark") for t in run) and not any(
        t.capital or t.low in words["company"] for t in said
    ):
        return False
    if all(t.low in words["function"] or t.low in words["labels"] for t in said):
        return len(said) == 1 and said[0].capital and said[0].low in ("target", "square", "gap", "may")
    if len(said) == 1 and (len(said[0].text) < 2 or _ORDINAL.fullmatch(said[0].low)):
        return False
    capitals = sum(1 for t in said if t.capital)
    if said[0].low == "the" and capitals == 1 and said[0].capital:
        capitals = 0  # "The biggest is ..." opens a sentence with its only capital
    if capitals:
        return not (len(said) == 1 and said[0].low in words["labels"])
    unknown = [
        t
        for t in said
        if t.low not in words["function"] and t.low not in words["ordinary"] and t.low not in words["labels"]
    ]
    return bool(unknown) or (len(said) >= 2 and any(t.low in words["company"] for t in said))


_COUNTED_OFF = frozenset("first second third fourth fifth".split())
_GOES_THROUGH = frozenset("second third next then last lastly finally also".split())


def _counts_off(marked: Marked, i: int) -> bool:
    """Tell whether "First" opens a round of deals and no name: First Dokkum Shipyards ... Then Sneek Marina ..."""
    tokens, words = marked.stream.tokens, wordlists()
    if tokens[i].low not in _COUNTED_OFF or i + 2 >= len(tokens) or not tokens[i + 1].capital:
        return False
    own = tokens[i + 1].low not in words["company"] and tokens[i + 1].low not in words["ordinary"]
    if not own or not tokens[i + 2].capital:
        return False
    spoken = marked.units[marked.clauses.sentences[marked.clauses.sentence_of[i]].unit].first.speaker != ""
    return spoken or any(tokens[s.first].low in _GOES_THROUGH for s in marked.clauses.sentences)


def _capital_runs(marked: Marked, first: int, last: int) -> list[tuple[int, int]]:
    tokens = marked.stream.tokens
    words = wordlists()
    found: list[tuple[int, int]] = []
    i = first + _counts_off(marked, first)
    while i < last:
        token = tokens[i]
        opens = (token.kind == "word" and token.capital) or (
            token.kind in ("count", "money", "date")
            and i + 1 < last
            and tokens[i + 1].kind == "word"
            and tokens[i + 1].capital
            and tokens[i + 1].low not in words["function"]
            and tokens[i + 1].low not in words["ordinary"]
            and not tokens[i + 1].text.isupper()
            and token.text[0].isdigit()
        )
        if token.low in words["roles"] and token.kind == "word":
            i += 1
            continue
        if not opens or (
            token.kind == "word"
            and (token.low in words["function"] or token.low in words["ordinary"])
            and not _name_goes_on(tokens, i, last)
        ):
            i += 1
            continue
        end = name_end(marked, i, last, head=False)
        # in running text a name ends with its capitals
        while end > i + 1 and not (
            tokens[end - 1].capital
            or tokens[end - 1].low in words["company"]
            or tokens[end - 1].text in _FORMS
            or (tokens[end - 1].kind in ("count", "mark"))
        ):
            end -= 1
        stop = i + 1
        for j in range(i + 1, end):
            t = tokens[j]
            told = t.capital or t.low in words["joining"] or t.low in words["company"] or t.text in _FORMS
            if t.kind == "word" and not told:
                break
            stop = j + 1
        end = min(end, stop)
        while end > i and (
            (tokens[end - 1].kind == "mark" and tokens[end - 1].low != ".") or tokens[end - 1].low in words["joining"]
        ):
            end -= 1
        if end > i and plausible(tokens[i:end]):
            found.append((i, end))
            i = end
        else:
            i += 1
    return found


def _article_before(marked: Marked, first: int, last: int, stop: int) -> bool:
    """Tell whether a capital only describes a thing: the Ohio sites, our London office."""
    tokens = marked.stream.tokens
    nxt = tokens[last] if last < stop else None
    if (
        first
        and tokens[first - 1].low in ("that", "this")
        and any(h.group == "customer" for h in marked.at.get(last, ()))
    ):
        return False  # "except that Ostler paid"
    return bool(
        first
        and tokens[first - 1].low in _ARTICLES
        and nxt is not None
        and nxt.kind == "word"
        and nxt.low not in wordlists()["function"]
        and nxt.low not in wordlists()["qualifiers"]
    )


def _name_goes_on(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Tell whether an ordinary word with a capital opens a longer name: Blue Heron, Red Canoe."""
    nxt = tokens[i + 1] if i + 1 < last else None
    if nxt is None or nxt.kind != "word" or tokens[i].kind != "word" or len(tokens[i].text) < 2:
        return False
    if nxt.capital:
        return nxt.low not in wordlists()["function"]
    return (
        nxt.text == "&" or nxt.low in wordlists()["joining"] - {"and", "for", "on", "at", "of"}
    ) and _leads_to_capital(tokens, i + 2, last)


def _leads_to_capital(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Tell whether a capital follows, over at most two joining words: van der Meer."""
    joining = wordlists()["joining"]
    for j in range(i, min(i + 2, last)):
        if tokens[j].kind == "word" and tokens[j].capital:
            return True
        if tokens[j].low not in joining:
            return False
    return False


def _flat(marked: Marked, first: int, last: int) -> bool:
    """Tell whether a stretch hardly uses capitals, so that names in it may be lower-cased."""
    words = [t for t in marked.stream.tokens[first:last] if t.kind == "word"]
    return bool(words) and sum(1 for t in words if t.text[0].isupper()) * 8 <= len(words)


def _lower_runs(marked: Marked, first: int, last: int) -> list[tuple[int, int]]:
    """Return runs of lower-case words that stand where a name stands: before an amount or opening a statement."""
    tokens = marked.stream.tokens
    words = wordlists()
    found: list[tuple[int, int]] = []
    for i in range(first, last):
        if tokens[i].kind != "money":
            continue
        j = i
        while (
            j > first
            and tokens[j - 1].kind == "mark"
            and tokens[j - 1].low in (",", "(", "-", "–", "—", "--", ":", "=", "~")
        ):
            j -= 1
        while j > first + 1 and (tokens[j - 1].low in _CORRECTING or tokens[j - 1].kind == "count") and j > i - 6:
            j -= 1
        while j > first and tokens[j - 1].low in _LEADING_TO_MONEY and j > first + 1:
            j -= 1
        end = j
        while j > first and _nameable(marked, j - 1) and end - j < 6:
            j -= 1
        j = _joined_back(marked, j, first)
        if j > first and (tokens[j - 1].low in _ARTICLES or (tokens[j - 1].low in _NUMBERS and j == end - 1)):
            continue
        if j < end and plausible(tokens[j:end]):
            found.append((j - (j - 1 == first and _counts_no_things(marked, j, end)), end))
    i = first
    while i < last:
        if not (_nameable(marked, i) and tokens[i].low not in words["ordinary"]):
            i += 1
            continue
        j = i
        while j < last and _nameable(marked, j) and j - i < 6:
            j += 1
        if (
            j + 1 < last
            and tokens[j].low == "and"
            and _nameable(marked, j + 1)
            and tokens[j + 1].low not in words["ordinary"]
        ):
            j += 2
            while j < last and _nameable(marked, j) and tokens[j].low not in words["ordinary"]:
                j += 1
        if (
            j - i > 1
            and plausible(tokens[i:j])
            and (not (i > first and tokens[i - 1].low in _ARTICLES) or _turned_to(marked, i, j, first, article=True))
            and not any(a < j and i < b for a, b in found)
            and (_stated_of(marked, j, _thought_end(marked, last)) or _turned_to(marked, i, j, first))
        ):
            found.append((i, j))
        i = j
    return found


_TURNS_TO = frozenset(
    "about regarding then next first lastly finally last also second third fourth after off up".split()
)
_POINTS_AT = frozenset("the big good small other main one ones is are s there have got we i uh um er comes".split())
_SAID_OF = frozenset("that thats which it its is s those they their theres at for".split())


_SUBJECTS = frozenset("thing things story news latest update situation problem issue trouble deal".split())
_ABOUT = frozenset("with on at from about over".split())
_FILLERS = frozenset("uh um er and so okay ok well right then now also oh hi hey yes yeah".split())


def _turned_to(marked: Marked, first: int, last: int, opening: int, *, article: bool = False) -> bool:
    """Tell whether speech turns to a name: then corrib technical college, thats the one that moved."""
    tokens, words = marked.stream.tokens, wordlists()
    if article and (tokens[first - 1].low != "the" or tokens[last - 1].low not in words["company"]):
        return False
    j = first - 1
    if j > opening and tokens[j].low in _ABOUT and tokens[j - 1].low in _SUBJECTS:
        return True  # the thing with lakeview orthodontics is
    if j >= opening and tokens[j].low in ("lost", "won", "closed", "landed", "signed") and last - first > 1:
        return tokens[last - 1].low in words["company"] or last - first > 2
    end = marked.clauses.sentences[marked.clauses.sentence_of[first]].last
    if last == end and last - first > 1 and all(t.low in _FILLERS for t in tokens[opening:first]):
        return any(t.low not in words["first_names"] for t in tokens[first:last])  # all that was said is a name
    while j >= opening and tokens[j].low in _POINTS_AT:
        j -= 1
    if j < opening or tokens[j].low not in _TURNS_TO:
        return False
    if any(tokens[k].low in words["first_names"] for k in range(first, last)):
        return tokens[last - 1].low in words["company"]
    own = sum(1 for k in range(first, last) if tokens[k].low not in words["ordinary"])
    goes_on = last < len(tokens) and (tokens[last].low in _SAID_OF or tokens[last].kind == "money")
    return tokens[last - 1].low in words["company"] or (own > 1 and goes_on)


def _slots(marked: Marked, slots: frozenset[int], first: int, last: int) -> list[tuple[int, int]]:
    """Return runs of lower-case words that plain talk leads to, or that open a sentence like a name."""
    tokens, words = marked.stream.tokens, wordlists()
    found: list[tuple[int, int]] = []
    for i in range(first, last):
        if i not in slots and not (i == first and any(h.group == "customer" for h in marked.at.get(i + 1, ()))):
            continue
        j = i
        while j < last and tokens[j].low in _ARTICLES:
            j += 1
        end = j
        while end < last and _nameable(marked, end) and end - j < 5 and not _everyday_end(marked, j, end):
            end += 1
        run = tokens[j:end]
        strange = [t for t in run if not any(t.low in words[n] for n in ("ordinary", "first_names", "roles", "titles"))]
        firm = len(run) > 1 and run[-1].low in words["company"]
        if run and strange and (firm or run[0].low not in words["first_names"]) and plausible(run):
            found.append((j, end))
    return found


def _everyday_end(marked: Marked, first: int, i: int) -> bool:
    """Tell whether an everyday word ends a lower-case name: northwind | today."""
    token, words = marked.stream.tokens[i], wordlists()
    return i > first and token.low in words["ordinary"] and token.low not in words["company"]


def _counts_no_things(marked: Marked, first: int, last: int) -> bool:
    """Tell whether a number that opens a line belongs to the name behind it: two creeks equine 31k."""
    tokens, words = marked.stream.tokens, wordlists()
    told = tokens[first - 1].text.casefold() in _NUMBERS
    own = sum(1 for t in tokens[first:last] if t.low not in words["ordinary"] and t.low not in words["function"])
    return told and last - first > 1 and own > 1


def _joined_back(marked: Marked, j: int, first: int) -> int:
    """Reach back over `and` where a pair makes the name: ernst and whitlow, and mesquite sand and gravel."""
    tokens = marked.stream.tokens
    words = wordlists()
    joined = j - 2 >= first and tokens[j - 1].low == "and" and _nameable(marked, j - 2)
    k = j - 2
    while joined and tokens[j - 1].text != "&" and k > first and _nameable(marked, k - 1):
        k -= 1
    opened = k > first and tokens[k - 1].low in ("and", "then", "next", "have", "is", "s", "also")
    if joined and tokens[j - 1].text != "&" and not (opened and 1 < j - 1 - k < 4):
        return j
    if joined:
        j -= 2
        while j > first and _nameable(marked, j - 1) and tokens[j - 1].low not in words["ordinary"]:
            j -= 1
    return j


def _nameable(marked: Marked, i: int) -> bool:
    token = marked.stream.tokens[i]
    words = wordlists()
    if token.low == "in" and i and marked.stream.tokens[i - 1].low in _HYPHENED:
        return True  # a walk-in clinic
    return (
        token.kind == "word"
        and ((token.low not in words["function"] and token.low not in words["labels"]) or _kind_of_firm(marked, i))
        and len(token.low) > 1
        and token.low != "ones"
        and marked.opening(i, "category", "stage", "signed", "role", "step", "state", "lost_to") is None
    )


_BRANCHES = frozenset("benelux nordics iberia dach uki apac emea latam".split())


def _kind_of_firm(marked: Marked, i: int) -> bool:
    """Tell whether a word that says something else elsewhere ends a name: bluebonnet freight lines, quenby works."""
    tokens, words = marked.stream.tokens, wordlists()
    kinds = tokens[i].low in words["company"] or tokens[i].low in _BRANCHES
    if not kinds or not 0 < i < len(tokens) - 1:
        return False
    before, behind = tokens[i - 1], tokens[i + 1]
    named = before.kind == "word" and before.low not in words["labels"] and before.low not in words["function"]
    closes = behind.low in _SAID_OF or behind.kind in ("money", "count", "date")
    own = before.low in words["company"] or before.low not in words["ordinary"]
    return named and own and (closes or (before.low in words["company"] and tokens[i].low not in words["function"]))


def _thought_end(marked: Marked, last: int) -> int:
    """Return where the dictated words end that a parted sentence goes on in."""
    sentences = marked.clauses.sentences
    sentence = sentences[marked.clauses.sentence_of[last - 1]]
    following = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    goes_on = following is not None and sentence.dictated and following.unit == sentence.unit
    return following.last if following is not None and goes_on else last


def _stated_of(marked: Marked, i: int, last: int) -> bool:
    """Tell whether what follows states where a deal stands, or what it is worth, within a few words."""
    tokens = marked.stream.tokens
    for j in range(i, min(i + 8, last)):
        hit = marked.opening(j, "category", "signed")
        if hit and (hit.group == "category" or hit.name in ("both", "po")):
            return True
        if hit and hit.name in ("closed", "plain") and j == i:
            return True
        if tokens[j].kind in ("money", "count") and j - i <= 3 and tokens[j - 1].low in ("is", "s", "at", "for"):
            return True
        if marked.stream.tokens[j].low in ("slipped", "pushed", "closes"):
            return True
    return False
