"""What the notes say of a deal beyond its figures: the lines about a `Deal` come in, `Remark`s in the rep's own words
go out, in the order of the notes.

A line is parted at its marks. A piece that only carries the amount, a date, the category or a role is left to the
deal's fields; so is the next step. What is left is retold.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

import yaml

from chains.deals import Book, Deal, Fact, Money, Span
from chains.kinds import Category, RiskKind
from chains.reading.speakers import rep_names
from chains.scan import Count, Mention, scan
from chains.writing.grammar import shape
from chains.writing.voice import FOLDER

# what each kind of fact makes a remark worth
_SUBJECT = 3  # pieces that can stand for the subject of the next: "Janelle, our champion, left"
_WORTH = {
    "risk": 9, "exception": 8, "dependency": 8, "credit": 8, "cause": 7, "competitor": 7, "status": 5, "solved": 3,
    "context": 3,
}  # fmt: skip
_JUNK = re.compile(r"[{}<>]|^\W*$")
_BREAK = re.compile(
    r",\s+(?!\d{3}\b)|;\s*|(?<!\b[DMS]r)(?<!\bMrs)(?<!\bMs)(?<!\bHr)(?<!\bSt)(?<!\bNo)(?<!\bvs)(?<!\bsen)(?<!\bjr)(?<!\bsr)(?<!\d)"
    r"[.!?]+(?=\s|$)\s*|(?<=\d)[.!?]+(?=\s+[^a-z\s]|\s*$)\s*"
    r"|\s+[-–—]{1,3}\s+|\s*(?:->|=>|>>|→)\s*|\s+=\s+|:\s+|\s+/\s+|\s*[()\[\]]\s*|\s*\|\s*|\n+"
)
_OTHER_NAME = re.compile(r"\b(?:is|are) not(?: the)? [A-Z]\w+ [A-Z]")  # told apart from somebody else's account
_BRACKET = re.compile(r"\(([^()\n]*)\)")
_BARE_LABEL = 2
_SHORT_BRACKET = 3  # words of a bracket that stays where it is
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_JOINS = re.compile(r"(?:and|because|b/c|bc|since)\b", re.IGNORECASE)
_ROW = re.compile(r"[,;|\t](?=\S)")
_TURN = re.compile(
    r"^[ \t>]*(?:\[[^\]\n]*\]|\(?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\)?)?[ \t]*"
    r"([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)?):[ \t]",
    re.MULTILINE,
)
_MAY_COUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred|thousand|lakh|lac|crore|million|half|dozen|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue"
    r"|wed|thu|fri|sat|sun|today|tomorrow|tmrw|yesterday|yest|eo[wmqy]|end|mid|early|late|beginning|start|next|last|this|q[1-4])",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[\s*•·°+>-]*?(?:\d{1,2}[).]\s+)?(?:\*\*[^*\n]{1,15}\*\*\s*)?(?:(?:ad|re)\s)?", re.IGNORECASE)
_CALLED = re.compile(r"\s*[):]+\s+")
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

    @property
    def start(self) -> int:
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        return self.ranges[-1][1]

    def text(self, notes: str) -> str:
        return " ".join(notes[a:b].strip() for a, b in self.ranges if notes[a:b].strip())


@dataclass(frozen=True, slots=True)
class _Lists:
    words: frozenset[str]
    of_a_win: frozenset[str]
    silent: re.Pattern[str]
    apart: re.Pattern[str]
    worth: tuple[tuple[int, re.Pattern[str]], ...]
    understood_by: dict[str, re.Pattern[str]]
    cut: re.Pattern[str]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    text = (FOLDER / "structure.yaml").read_text(encoding="utf-8")
    data: Any = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    inside = "|".join(re.escape(w) for w in sorted(data["cut_before"], key=len, reverse=True))
    return _Lists(
        words=frozenset(str(w).casefold() for w in data["words"]),
        of_a_win=frozenset(data["of_a_win"]),
        silent=re.compile("|".join(f"(?:{p})" for p in data["silent"]), re.IGNORECASE),
        apart=re.compile("|".join(data["apart"]), re.IGNORECASE),
        worth=tuple(
            (int(n), re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})(?!\w)", re.IGNORECASE))
            for n, words in sorted(data["worth"].items(), reverse=True)
        ),
        understood_by={
            kind: re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})", re.IGNORECASE)
            for kind, words in data["understood_by"].items()
        },
        cut=re.compile(rf"\s+(?=(?:{inside})\s)|\s*[()]\s*", re.IGNORECASE),
    )


class Notes:
    """Hold what the notes of one book tell of who speaks and what is not for the text."""

    def __init__(self, book: Book) -> None:
        self.book = book
        turns = [(m.start(), m[1]) for m in _TURN.finditer(book.notes)]
        speakers = {who.casefold() for _, who in turns}
        self._turns = turns if len(turns) >= 4 and 2 <= len(speakers) <= 6 else []
        texts = [
            (who, book.notes[at : self._turns[i + 1][0] if i + 1 < len(self._turns) else len(book.notes)])
            for i, (at, who) in enumerate(self._turns)
        ]
        self._rep = rep_names(book.notes, texts) if self._turns else frozenset()
        apart = [s for c in book.commitments for s in c.spans]
        self._apart = (*book.private, *apart)

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

    def is_apart(self, start: int, end: int) -> bool:
        """Tell whether a place is private, or a promise between the rep and the manager."""
        return any(start < s.end and s.start < end for s in self._apart)


def remarks(deal: Deal, notes: Notes, leave_out: Sequence[Span] = ()) -> tuple[Remark, ...]:
    """Return what the notes say of a deal; `leave_out` are places that are told in another way."""
    facts = tuple(_facts(deal))
    structure = _Structure(deal, notes.book)
    text = notes.book.notes
    kept: list[_Piece] = []
    place = 0
    for index, line in enumerate(deal.lines):
        if not notes.is_mine(line) or notes.is_row(line) or _lists().apart.search(line.text):
            continue
        # things right before a piece are perhaps its subject; they stand by themselves only if they say something
        passed: list[tuple[_Piece, bool]] = []
        for piece in _pieces(line, index, structure):
            place += 1
            told = any(k.start < piece.end and piece.start < k.end for k in kept)
            if told or notes.is_apart(piece.start, piece.end) or _covered(piece, leave_out):
                passed = []
                continue
            numbered = replace(piece, place=place)
            parts = [p for p in _content(numbered, structure, text) if not _is_aside(p, kept, facts, text)]
            if piece.mark[:1] in (".", "!", "?", "("):
                kept.extend(p for p, alone in passed if alone)
                passed = []
            things = bool(parts) and not _kinds(parts, facts) and all(shape(p.text(text)) == "nominal" for p in parts)
            if not parts or things:
                passed += [(p, True) for p in parts] or [(numbered, False)] * (not structure.is_account(piece, text))
                continue
            wanting = _lacks_subject(parts[0].text(text))
            kept.extend(p for p, alone in passed[-_SUBJECT:] if alone or (wanting and not structure.says(p, text)))
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
    return shape(text) != "nominal" or any(c.isdigit() for c in text)


def _pieces(line: Span, index: int, structure: "_Structure") -> Iterator[_Piece]:
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

    def piece(end: int) -> Iterator[_Piece]:
        ranges: list[tuple[int, int]] = []
        start = at
        for a, b in holes:
            ranges.append((line.start + start, line.start + a))
            start = b
        ranges.append((line.start + start, line.start + end))
        ranges = [(a, b) for a, b in ranges if line.text[a - line.start : b - line.start].strip()]
        if ranges:
            yield _Piece(tuple(ranges), mark, index, 0)

    for hit in _BREAK.finditer(line.text, at):
        inside = next(((a, b, says) for a, b, says in asides if a <= hit.start() < b or a < hit.end() <= b), None)
        if inside is not None:
            if not inside[2] and (inside[0], inside[1]) not in holes:
                holes.append((inside[0], inside[1]))
            continue
        found = list(piece(hit.start()))
        sign = "." if "\n" in hit[0] else hit[0].strip()
        if found:
            yield from found
            mark = sign
        else:
            mark = mark or sign
        at, holes = hit.end(), []
    yield from piece(len(line.text))


def _content(piece: _Piece, structure: "_Structure", notes: str) -> Iterator[_Piece]:
    """Yield the piece, or those parts of it that say more than the deal's fields do."""
    text = piece.text(notes)
    if _lists().silent.match(text.strip(" .,!")) or _OTHER_NAME.search(text):
        return
    if not structure.holds_figures(text):
        if structure.has_more(text):
            yield piece
        return
    mark = piece.mark
    for start, end in piece.ranges:
        inside = notes[start:end]
        cuts = [0, *(m.end() for m in _lists().cut.finditer(inside)), len(inside)]
        for a, b in pairwise(cuts):
            part = inside[a:b]
            if part.strip() and not structure.holds_figures(part) and structure.has_more(part):
                yield replace(piece, ranges=((start + a, start + b),), mark=mark)
                mark = " "


class _Structure:
    """Know the words and figures that a deal's fields tell."""

    def __init__(self, deal: Deal, book: Book) -> None:
        self._conventions = book.conventions
        self._scanned: dict[str, tuple[Mention, ...]] = {}
        amounts = [f.value for f in (deal.amount, deal.previous_amount) if f is not None]
        self._amounts = frozenset(v for m in amounts for v in (m.amount, m.low, m.high) if v is not None)
        self._dates = frozenset(f.value for f in (deal.close_date, deal.previous_close_date) if f is not None)
        people = [p.value for p in deal.people if p.value.role in ("champion", "economic_buyer") and not p.value.left]
        told = [deal.name, *deal.aliases, *(f"{p.name} {p.title or ''}" for p in people)]
        called = sorted((deal.name, *deal.aliases, deal.name.split()[0]), key=len, reverse=True)
        self._called = tuple(n.casefold() for n in called)
        names = frozenset(w.casefold() for text in told for w in _WORD.findall(text))
        won = deal.category is not None and deal.category.value is Category.CLOSED_WON
        self._told = names | _lists().words | (_lists().of_a_win if won else frozenset())

    def label(self, line: str) -> int:
        """Return where a line starts to speak: after a number, a label in bold, or the account it is about."""
        hit = _LABEL.match(line)
        at = hit.end() if hit else 0
        if called := next((n for n in self._called if line[at : at + len(n)].casefold() == n), None):
            after = _CALLED.match(line, at + len(called))
            at = after.end() if after else at
        return at if at < len(line) else 0

    def holds_figures(self, text: str) -> bool:
        """Tell whether a piece states the deal's amount or close date, today's or an earlier one."""
        return any(self._is_own(m.value) for m in self._scan(text))

    def is_account(self, piece: _Piece, notes: str) -> bool:
        """Tell whether a piece is no more than the account's name."""
        return piece.text(notes).strip(" :-–—*").casefold() in self._called

    def says(self, piece: _Piece, notes: str) -> bool:
        """Tell whether a piece states the deal's figures."""
        return self.holds_figures(piece.text(notes))

    def _scan(self, text: str) -> tuple[Mention, ...]:
        found = self._scanned.get(text)
        if found is None:
            # looking for figures is dear, and most pieces have nothing that could be one
            found = scan(text, self._conventions, "nearest") if _MAY_COUNT.search(text) else ()
            self._scanned[text] = found
        return found

    def has_more(self, text: str) -> bool:
        """Tell whether a piece says anything that the deal's fields do not."""
        blanked = text
        for mention in reversed(self._scan(text)):
            bare = isinstance(mention.value, Count) and not mention.value.unit
            if self._is_own(mention.value) or bare or isinstance(mention.value, Money):
                blanked = f"{blanked[: mention.start]} {blanked[mention.end :]}"
        words = _WORD.findall(blanked)
        more = [w for w in words if w.casefold() not in self._told]
        return any(len(w) > 1 and not w.isdigit() for w in more)

    def _is_own(self, value: object) -> bool:
        if isinstance(value, Money | Count):
            number = value.amount if isinstance(value, Money) else value.number
            ends = (value.low, value.high) if isinstance(value, Money) else ()
            return any(_close(v, own) for v in (number, *ends) if v is not None for own in self._amounts)
        return getattr(value, "end", value) in self._dates


def _close(a: Decimal, b: Decimal) -> bool:
    return a == b or a * 1000 == b  # "150 -> 120k": the k stands once for both


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
    for i, piece in enumerate(run):
        part = piece.text(notes).strip(" ,;:-–—")
        if i == 0:
            text = _LEADING.sub("", part)
            continue
        mark = piece.mark[:1]
        if mark == "(":
            text = f"{text} ({part})"
        elif not mark.strip() or mark == ")" or (mark == "," and _JOINS.match(part)):
            text = f"{text} {part}"
        else:
            text = f"{text}{'; ' if mark == ';' else ', '}{part}"
    kinds = _kinds(run, facts)
    spans = tuple(Span.of(notes, a, b) for p in run for a, b in p.ranges)
    line = notes[notes.rfind("\n", 0, run[0].start) + 1 : run[0].start]
    quoted = line.lstrip().startswith((">", '"', "“", "„", "«"))
    by_words = next((n for n, pattern in _lists().worth if pattern.search(text)), 2)
    return Remark(text, spans, max((_WORTH[k] for k in kinds), default=by_words), kinds, quoted)


def _kinds(run: Sequence[_Piece], facts: Sequence[tuple[str, Fact[Any]]]) -> frozenset[str]:
    return frozenset(
        kind for kind, fact in facts for s in fact.spans for p in run if s.start < p.end and p.start < s.end
    )


def _covered(piece: _Piece, spans: Iterable[Span]) -> bool:
    for span in spans:
        overlap = min(piece.end, span.end) - max(piece.start, span.start)
        if overlap > 0.5 * (piece.end - piece.start):
            return True
    return False


def is_understood(kind: RiskKind, words: str) -> bool:
    """Tell whether a reader of these words knows that this risk is meant."""
    pattern = _lists().understood_by.get(kind.value)
    return pattern is None or pattern.search(words) is not None


def told_kinds(deal: Deal, said: Sequence[Span]) -> frozenset[RiskKind]:
    """Return the kinds of risk that some place already said tells."""
    found = set()
    for risk in deal.risks:
        if any(s.start < t.end and t.start < s.end for s in risk.spans for t in said):
            found.add(risk.value.kind)
    return frozenset(found)
