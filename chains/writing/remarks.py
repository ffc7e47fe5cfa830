"""What the notes say of a deal beyond its figures: the lines about a `Deal` come in, `Remark`s in the rep's own words
go out, in the order of the notes.

A line is parted at its marks. A piece that only carries the amount, a date, the category or a role is left to the
deal's fields; so is the next step. What is left is retold.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from chains.deals import Book, Deal, Fact, Span
from chains.kinds import RiskKind
from chains.reading.layout.speakers import rep_names
from chains.writing.clauses import is_known_form
from chains.writing.grammar import shape
from chains.writing.structure import Structure, lists

_NAME = 4  # letters of a name by which a deal is known in running words
_SUBJECT = 3  # pieces that can stand for the subject of the next: "Janelle, our champion, left"
# what each kind of fact makes a remark worth
_WORTH = {
    "risk": 9, "exception": 8, "dependency": 8, "credit": 8, "cause": 7, "competitor": 7, "status": 5, "solved": 3,
    "context": 3,
}  # fmt: skip
_JUNK = re.compile(r"[{}]|[<>](?!\s?[$€£₹]?\d)|^\W*$")
_BREAK = re.compile(
    r",\s+(?!\d{3}\b)|;\s*|(?<!\b[DMS]r)(?<!\bMrs)(?<!\bMs)(?<!\bHr)(?<!\bSt)(?<!\bNo)(?<!\bvs)(?<!\bsen)(?<!\bjr)(?<!\bsr)(?<!\bEng)(?<!\bIng)(?<!\bProf)(?<!\bLt)(?<!\bCapt)(?<!\bCol)(?<!\bmaint)(?<!\b[A-Z])(?<!\d)"
    r"[.!?]+(?=\s|$)\s*|(?<=\d)[.!?]+(?=\s+[^a-z\s]|\s*$)\s*"
    r"|\s+[-–—]{1,3}\s+|\s*(?:->|=>|>>|→)\s*|\s+=\s+|:\s+|\s+/\s+|\s*[()\[\]]\s*|\s*\|\s*|\n+"
)
_OTHER_NAME = re.compile(r"\b(?:is|are) not(?: the)? [A-Z]\w+ [A-Z]")  # told apart from somebody else's account
_BRACKET = re.compile(r"\(([^()\n]*)\)")
_BARE_LABEL = 2
# whose signature is missing, told in the smallest words: "they signed Friday, WE have not"
_HALF_DONE = re.compile(r"\W*(?:but )?(?:we|they|he|she) (?:have|has|did)(?:n[o']?t| not)(?: yet)?\W*", re.IGNORECASE)
_NOTHING_OPEN = re.compile(
    r"\W*(?:there(?:'s| is) )?nothing (?:else |more )?(?:is )?(?:open|outstanding|hanging|missing|pending)"
    r"(?: (?:there|here|at all))*\W*",
    re.IGNORECASE,
)
_TELLING_WORDS = 7  # what words alone make of a remark counts beside its facts from here on
_SHORT_BRACKET = 3  # words of a bracket that stays where it is
_HANGING = re.compile(r"(?:until|unless|when|than|as)\b", re.IGNORECASE)
_JOINS = re.compile(r"(?:and|because|b/c|bc|since)\b", re.IGNORECASE)
_ROW = re.compile(r"[,;|\t](?=\S)")
_TURN = re.compile(
    r"^[ \t>]*(?:\[[^\]\n]*\]|\(?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\)?)?[ \t]*"
    r"([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)?):[ \t]",
    re.MULTILINE,
)
_LEADING = re.compile(
    r"^(?:\*\*[^*\n]{1,15}\*\*\s*|\d{1,2}[).]\s+|[\s*•·°+\-–—>=,.:;/]|(?:ns|next step|ns me|me)\s*[:=]\s*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold a run of words of the notes about a deal: whole pieces with what stood between them."""

    text: str
    spans: tuple[Span, ...]
    worth: int
    kinds: frozenset[str] = frozenset()
    quoted: bool = False  # it is somebody else who says it


@dataclass(frozen=True, slots=True)
class _Piece:
    ranges: tuple[tuple[int, int], ...]  # offsets in the notes; a bracket that says nothing is left out between them
    mark: str  # what stands before it
    line: int  # index of the line
    place: int  # how many pieces stand before it, those left out included
    label: int = -1  # where its label starts, if it has one that is left out

    @property
    def start(self) -> int:
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        return self.ranges[-1][1]

    @property
    def reach(self) -> int:
        """Return where what is known of the piece starts."""
        return self.label if self.label >= 0 else self.start

    def text(self, notes: str) -> str:
        return " ".join(notes[a:b].strip() for a, b in self.ranges if notes[a:b].strip())


class Notes:
    """Hold what the notes of one book tell of who speaks and what is not for the text."""

    def __init__(self, book: Book) -> None:
        self.book = book
        # "Anholt: postponed" opens a remark about a deal, nobody's turn
        accounts = {w.casefold() for d in book.deals for n in (d.name, *d.aliases) for w in (n, n.split()[0])}
        turns = [(m.start(), m[1]) for m in _TURN.finditer(book.notes) if m[1].casefold() not in accounts]
        speakers = {who.casefold() for _, who in turns}
        self._turns = turns if len(turns) >= 4 and 2 <= len(speakers) <= 6 else []
        texts = [
            (who, book.notes[at : self._turns[i + 1][0] if i + 1 < len(self._turns) else len(book.notes)])
            for i, (at, who) in enumerate(self._turns)
        ]
        self._rep = rep_names(book.notes, texts) if self._turns else frozenset()
        apart = [s for c in book.commitments for s in c.spans]
        self._apart = (*book.private, *apart)
        self._named = tuple(
            dict.fromkeys(n.casefold() for d in book.deals for n in (d.name, *d.aliases) if len(n) >= _NAME)
        )
        self._structures: dict[int, Structure] = {}
        self._parted: dict[tuple[int, int], tuple[_Piece, ...]] = {}

    def is_mine(self, span: Span) -> bool:
        """Tell whether the rep says it, in notes of a talk; in any other notes everything is the rep's."""
        speaker = next((who for at, who in reversed(self._turns) if at <= span.start), None)
        return speaker is None or not self._rep or speaker.casefold() in self._rep

    def is_row(self, span: Span) -> bool:
        """Tell whether a place stands in a row of an export: its cells are told by the deal's fields."""
        notes = self.book.notes
        start = notes.rfind("\n", 0, span.start) + 1
        end = notes.find("\n", span.end)
        return len(_ROW.findall(notes[start : end if end >= 0 else len(notes)])) >= 3

    def names_other(self, text: str, deal: Deal) -> bool:
        """Tell whether words name another deal of the book and not this one: they are that deal's business."""
        low = text.casefold()
        near = [n for n in self._named if n in low]
        named = {n for n in near if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", low)} if near else set()
        return bool(named) and not named & {n.casefold() for n in (deal.name, *deal.aliases)}

    def structure(self, deal: Deal) -> Structure:
        """Return what is known of a deal's own words and figures, worked out once."""
        found = self._structures.get(id(deal))
        if found is None:
            found = self._structures[id(deal)] = Structure(deal, self.book)
        return found

    def pieces(self, deal: Deal, index: int) -> "tuple[_Piece, ...]":
        """Return the pieces of a line about a deal, parted once."""
        key = (id(deal), index)
        found = self._parted.get(key)
        if found is None:
            found = self._parted[key] = tuple(_pieces(deal.lines[index], index, self.structure(deal)))
        return found

    def is_apart(self, start: int, end: int) -> bool:
        """Tell whether a place is private, or a promise between the rep and the manager."""
        return any(start < s.end and s.start < end for s in self._apart)


def remarks(deal: Deal, notes: Notes, leave_out: Sequence[Span] = ()) -> tuple[Remark, ...]:
    """Return what the notes say of a deal; `leave_out` are places that are told in another way."""
    facts = tuple(_facts(deal))
    structure = notes.structure(deal)
    text = notes.book.notes
    kept: list[_Piece] = []
    place = 0
    for index, line in enumerate(deal.lines):
        if not notes.is_mine(line) or notes.is_row(line) or lists().apart.search(line.text):
            continue
        # things right before a piece are perhaps its subject; they stand by themselves only if they say something
        passed: list[tuple[_Piece, bool]] = []
        for piece in notes.pieces(deal, index):
            place += 1
            told = any(k.start < piece.end and piece.start < k.end for k in kept)
            other = notes.names_other(piece.text(text), deal)
            if told or other or notes.is_apart(piece.start, piece.end) or _covered(piece, leave_out):
                passed = []
                continue
            numbered = replace(piece, place=place)
            parts = [p for p in _content(numbered, structure, text) if not _is_aside(p, kept, facts, text)]
            if piece.mark[:1] in (".", "!", "?", "("):
                kept.extend(p for p, alone in passed if alone)
                passed = []
            things = bool(parts) and not _kinds(parts, facts) and all(shape(p.text(text)) == "nominal" for p in parts)
            if not parts or things:
                passed += [(p, True) for p in parts] or [(numbered, False)] * (
                    not structure.is_account(piece.text(text))
                )
                continue
            wanting = _lacks_subject(parts[0].text(text))
            kept.extend(
                p for p, alone in passed[-_SUBJECT:] if alone or (wanting and not structure.holds_figures(p.text(text)))
            )
            kept.extend(parts)
            passed = []
        kept.extend(p for p, alone in passed if alone)
    return tuple(r for r in _runs(kept, facts, text) if r.kinds or _tells(r.text))


def _is_aside(part: _Piece, kept: Sequence[_Piece], facts: Sequence[tuple[str, Fact[Any]]], notes: str) -> bool:
    """Tell whether a part without a fact of its own is junk, or hangs on words that have been left out."""
    if notes[part.end : part.end + 1] == "?" or part.text(notes).rstrip("\"”' ").endswith("?"):
        return True  # a question is no news
    if _kinds((part,), facts):
        return False
    text = part.text(notes)
    lonely = not kept or kept[-1].place != part.place - 1 or kept[-1].line != part.line
    form = shape(text)
    hangs = lonely and part.mark[:1] in ("(", ",", ")") and form in ("nominal", "ing")
    hangs = hangs or (part.mark[:1] == "(" and form == "order")
    return hangs or _JUNK.search(text) is not None


def _lacks_subject(text: str) -> bool:
    """Tell whether a clause opens on its verb: "left the company", "wants 18% off"."""
    return shape(text.strip()) in ("past", "predicate") and not re.search(r"\b(?:her|him)\b", text, re.IGNORECASE)


def _tells(text: str) -> bool:
    """Tell whether words that carry no fact of the deal are worth repeating: a clause, or a thing with a figure."""
    if _HANGING.match(text) and "," not in text:
        return False  # "until they added DLP" hangs on words that have been left out
    return shape(text) != "nominal" or any(c.isdigit() for c in text) or is_known_form(text.strip(" .,;"))


def _pieces(line: Span, index: int, structure: Structure) -> Iterator[_Piece]:
    """Part a line at its marks; a bracket of a few words stays in, or is left out where it says nothing."""
    asides: list[tuple[int, int, bool]] = []
    for hit in _BRACKET.finditer(line.text):
        says = structure.has_more(hit[1])
        if len(hit[1].split()) <= _SHORT_BRACKET or not says:
            asides.append((hit.start(), hit.end(), says))
    at, mark = structure.label(line.text), ""
    if "**" in line.text[:at] and len(line.text[at:].split()) <= _BARE_LABEL:
        return  # "**PP** not started" says nothing without its label
    holes: list[tuple[int, int]] = []
    label = -1

    def piece(end: int) -> Iterator[_Piece]:
        ranges: list[tuple[int, int]] = []
        start = at
        for a, b in holes:
            ranges.append((line.start + start, line.start + a))
            start = b
        ranges.append((line.start + start, line.start + end))
        ranges = [(a, b) for a, b in ranges if line.text[a - line.start : b - line.start].strip()]
        if ranges:
            yield _Piece(tuple(ranges), mark, index, 0, label)

    for hit in _BREAK.finditer(line.text, at):
        inside = next(((a, b, says) for a, b, says in asides if a <= hit.start() < b or a < hit.end() <= b), None)
        if inside is not None:
            if not inside[2] and (inside[0], inside[1]) not in holes:
                holes.append((inside[0], inside[1]))
            continue
        found = list(piece(hit.start()))
        sign = "." if "\n" in hit[0] else hit[0].strip()
        if found and sign in (":", "=") and _is_label(before := line.text[at : hit.start()]) and not _is_reason(before):
            mark, label = ".", line.start + at  # what follows stands by itself
        elif found:
            label = -1
            yield from found
            mark = sign
        else:
            mark = mark or sign
        at, holes = hit.end(), []
    yield from piece(len(line.text))


def _is_label(text: str) -> bool:
    """Tell whether words before a colon only tell what kind of note follows: "Blockers", "where at"."""
    return _LEADING.sub("", text).strip(" *").casefold() in lists().labels


def _is_reason(text: str) -> bool:
    return text.strip().casefold() in ("reason", "the reason", "why", "cause")


def _content(piece: _Piece, structure: Structure, notes: str) -> Iterator[_Piece]:
    """Yield the piece, or those parts of it that say more than the deal's fields do."""
    text = piece.text(notes)
    if lists().silent.match(text.strip(" .,!")) or _OTHER_NAME.search(text):
        return
    if not structure.holds_figures(text):
        if structure.has_more(text) or _HALF_DONE.fullmatch(text) or _NOTHING_OPEN.fullmatch(text):
            yield piece
        return
    mark = piece.mark
    for start, end in piece.ranges:
        inside = notes[start:end]
        cuts = [0, *(m.end() for m in lists().cut.finditer(inside)), len(inside)]
        for a, b in pairwise(cuts):
            part = inside[a:b]
            if part.strip() and not structure.holds_figures(part) and structure.has_more(part):
                yield replace(piece, ranges=((start + a, start + b),), mark=mark)
                mark = " "


def _facts(deal: Deal) -> Iterator[tuple[str, Fact[Any]]]:
    for risk in deal.risks:
        yield "risk", risk
    for exception in deal.exceptions:
        yield "exception", exception
    for dependency in deal.dependencies:
        yield "dependency", dependency
    for detail in deal.details:
        yield detail.value.kind, detail


def _runs(pieces: Sequence[_Piece], facts: Sequence[tuple[str, Fact[Any]]], notes: str) -> Iterator[Remark]:
    """Join neighbours of one line again, and say what each run is worth."""
    run: list[_Piece] = []
    for piece in pieces:
        near = run and run[-1].line == piece.line and piece.place - run[-1].place <= 1
        if run and not (near and piece.mark[:1] not in (".", "!", "?")):
            yield _remark(run, facts, notes)
            run = []
        run.append(piece)
    if run:
        yield _remark(run, facts, notes)


def _remark(run: Sequence[_Piece], facts: Sequence[tuple[str, Fact[Any]]], notes: str) -> Remark:
    text = ""
    if len(run) > 1 and run[0].mark[:1] == "(" and run[1].mark[:1] == ")":
        run = run[1:]  # what stood in brackets after words that are left out
    for i, piece in enumerate(run):
        part = piece.text(notes).strip(" ,;:-–—>→")
        if i == 0:
            text = _LEADING.sub("", part)
            continue
        mark = piece.mark[:1]
        if mark == "(":
            text = f"{text} ({part})"
        elif mark == "=" and not _is_reason(text):
            text = f"{text} is {part}"
        elif not mark.strip() or (mark == ")" and "(" in text) or (mark == "," and _JOINS.match(part)):
            text = f"{text} {part}"
        else:
            text = f"{text}{'; ' if mark == ';' else ', '}{part}"
    kinds = _kinds(run, facts)
    spans = tuple(Span.of(notes, a, b) for p in run for a, b in p.ranges)
    line = notes[notes.rfind("\n", 0, run[0].start) + 1 : run[0].start]
    quoted = line.lstrip().startswith((">", '"', "“", "„", "«"))
    by_words = next((n for n, pattern in lists().worth if pattern.search(text)), 2)
    worth = max((_WORTH[k] for k in kinds), default=by_words)
    return Remark(text, spans, max(worth, by_words) if by_words >= _TELLING_WORDS else worth, kinds, quoted)


def _kinds(run: Sequence[_Piece], facts: Sequence[tuple[str, Fact[Any]]]) -> frozenset[str]:
    return frozenset(
        kind for kind, fact in facts for s in fact.spans for p in run if s.start < p.end and p.reach < s.end
    )


def _covered(piece: _Piece, spans: Iterable[Span]) -> bool:
    """Tell whether one of the places holds more than half of a piece."""
    start, end = piece.start, piece.end
    half = 0.5 * (end - start)
    return any(s.end - start > half and end - s.start > half and s.end - s.start > half for s in spans)


def told_kinds(deal: Deal, said: Sequence[Span]) -> frozenset[RiskKind]:
    """Return the kinds of risk that some place already said tells."""
    found = set()
    for risk in deal.risks:
        if any(s.start < t.end and t.start < s.end for s in risk.spans for t in said):
            found.add(risk.value.kind)
    return frozenset(found)
