"""How notes are laid out: notes come in, `Unit`s go out, one a bullet, paragraph, chat turn or heading.

A unit is a stretch of the notes that one writer put down in one go. Lines that were only wrapped belong to one unit.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chains.reading.diary import entries, is_weekday
from chains.reading.lexicon import wordlists
from chains.reading.pastes import answer_depth, arrow_lines, hung_arrows, journal_signs, sign_at, turns_alone
from chains.reading.turns import column_speakers, tagged

_BULLET = re.compile(
    r"(?:\[[ xX~/-]?\]\s+"
    r"|[-*+•◦‣▪▸►●○·°–—✓✔✅☐☑❌🔴🟡🟢🟠⚪]\s*(?:\[[ xX~/-]?\]\s+)?(?=[^\s\d*+>-]|\d)"
    r"|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+(?=\S)|o\s+(?=\S))"
)
_GLUED = re.compile(r"[-+*]\d+(?:[.,]\d+)*\s*(?:%|k\b|m\b|€|\$)?(?:\s|$)")
_TIME = r"[\[(]?(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+)?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\.?)?[\])]?"
_CLOCK = re.compile(r"\s*\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s+(?=[^\W\d_]|[#@*'\"(-])")
CLOCKS = 3  # lines that open with a time of the day
_TURN = re.compile(rf"\s*{_TIME}\s*[-–—]?\s*<?(?P<who>[^\W\d_][\w .'’()/&-]{{0,34}}?)>?\s*:\s+", re.IGNORECASE)
_TURN_LATE = re.compile(rf"\s*(?P<who>[^\W\d_][\w .'’-]{{0,30}}?),?\s+{_TIME}\s*:?\s*$", re.IGNORECASE)
_TURN_AFTER = re.compile(rf"\s*(?P<who>[^\W\d_][\w .'’-]{{0,30}}?)\s+{_TIME}\s*:\s+", re.IGNORECASE)
_SPEAKER = re.compile(
    r"\s*\**(?P<who>[^\W\d_][\w.'’-]{0,20}(?: [^\W\d_][\w.'’-]{0,20}){0,2}(?: \d{1,2})?)\**"
    r"(?: \([^)]{1,30}\))?\s*:\**\s+"
)
_HEADER = re.compile(
    r"\s*\**(?P<name>from|to|cc|bcc|sent|date|subject|re|fwd?|von|an|gesendet|betreff|datum|de|para|enviado|asunto|objet|envoyé|à)\**\s*:\s*(?P<text>.*)$",
    re.IGNORECASE,
)
_WROTE = re.compile(r"\s*(?:On|Am|Le|El) .{4,80}(?:wrote|schrieb|a écrit|escribió).{0,60}:\s*$")
_BOX = re.compile(r"\[([ xX~/-]?)\]")
_RULE = re.compile(r"\s*(?:(?:[-=_*~#]\s?){3,}|--|==|\*\*)\s*$")
_QUOTE = re.compile(r"\s*(?:>\s?)+")
_FORWARDED = re.compile(
    r"-{2,}\s*(?:forwarded message|original message|original appointment|weitergeleitete nachricht"
    r"|ursprüngliche nachricht|message transféré|mensaje reenviado|mensagem encaminhada)|begin forwarded message",
    re.IGNORECASE,
)
_OMITTED = re.compile(
    r".{0,60}?[<‎(\[]?(?:media|image|video|audio|gif|sticker|document|photo|attachment) omitted[>)\]]?\s*", re.IGNORECASE
)
_HASHES = re.compile(r"\s*(#{1,6})\s+")
_BOLD = re.compile(r"(\*\*|__|\*|_)(?=\S)(?P<text>[^*_|]{2,70}?)(?<=\S):?\1:?$")
_KEY = re.compile(r"\**(?P<key>[^\W\d_][\w /-]{0,24}?)\**\s*[:=]\**(?:\s|$)")
_WORDS = re.compile(r"[^\W\d_]+")
_WEEKLY = re.compile(
    r"(?:wk|week|weeks|w/c|w/e|wc|we|kw|semana|semaine|woche|uke|vecka|closing|closes|due|landing|lands"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4]|h[12]|fy)\w*\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b\d{1,2}[/.-]\d{1,2}\b")
_FIGURED = re.compile(r"\d.*\.\s*$")
_NUMBERED = re.compile(r"(?:stage|phase|stufe|fase|étape|etapa)\s*\d{1,2}\b(?![^\n]*\d[^\n]*\d)", re.IGNORECASE)
_RAGGED = 18  # how much shorter than the widest a wrapped line may be
HEADS = 7  # the level of a line that heads what follows without being marked as a heading


_UNENDED = frozenset(
    "a an the of to for with at by from in into and or but because that which who whose than as is are was were be been"
    " has have had will would can could should must may their our his her my your its this these those not no if"
    " when".split()
)
_HEADINGS = frozenset(
    "commit commits committed best upside upsides pipeline pipe omitted omit closed won lost wins losses stretch "
    "forecast fcst"
    " banked booked landed".split()
)
_TOPICS = frozenset("account customer company client opportunity opp deal".split())


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line: where its text starts and ends, how deep it stands and what opens it."""

    start: int  # of the text after indentation, quote mark, bullet, time and speaker
    end: int
    number: int
    indent: int
    bullet: str = ""
    heading: int = 0  # 1..6 for a Markdown heading, 7 for a line that heads what follows
    speaker: str = ""
    timed: bool = False
    header: str = ""  # the name of an e-mail header
    quoted: bool = False
    after_blank: bool = False
    keyed: bool = False  # holds one field of what stands above: "Amount: 80k"
    task: str = ""  # "open" or "done" for a line with a box to tick
    entry: bool = False  # stands behind the day of a diary's entry
    day: bool = False  # is nothing but the day of a diary's entry
    section: bool = False  # heads several deals: "Commit", "WON (3)"


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold one stretch of the notes and its place in the layout."""

    index: int
    start: int
    end: int
    lines: tuple[Line, ...]
    parent: int | None  # the index of the unit it stands under
    heading_of: int | None  # the index of the heading it stands under

    @property
    def first(self) -> Line:
        """Return its first line."""
        return self.lines[0]


def lay_out(notes: str, covered: Sequence[tuple[int, int]] = ()) -> list[Unit]:
    """Return the units of `notes` in order, without the ranges that tables cover."""
    lines = _lines(notes, covered)
    return _nest(_join(notes, lines))


def _lines(notes: str, covered: Sequence[tuple[int, int]]) -> list[Line]:
    raw: list[tuple[int, int]] = []
    position = 0
    for piece in notes.splitlines(keepends=True):
        raw.append((position, position + len(piece.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))))
        position += len(piece)
    alone = turns_alone(notes, raw)
    columns = {} if alone else column_speakers(notes, raw)
    dialogue = _speakers(notes, raw) or (frozenset({"\0"}) if alone or columns else frozenset())
    told, asked = ({}, frozenset[int]()) if alone or columns or dialogue else tagged(notes, raw)
    answers = 0 if alone else answer_depth(notes, raw)
    alone_or_asked = bool(alone) or answers > 0
    journal = "signs" if not alone_or_asked and journal_signs(notes, raw) else ""
    journal = journal or (
        "arrows" if not alone_or_asked and (arrow_lines(notes, raw) or hung_arrows(notes, raw)) else ""
    )
    clocks = sum(1 for start, end in raw if _CLOCK.match(notes, start, end)) >= CLOCKS
    days = entries(notes, raw) if not alone else {}
    frame = _frame(notes, raw)
    found: list[Line] = []
    after_blank = True
    next_cover = 0
    waiting = ""  # a speaker that stood on a line of their own
    forwarded = False
    talking = ""  # whose turn it is while lines follow without a name
    for number, (start, end) in enumerate(raw, 1):
        while next_cover < len(covered) and covered[next_cover][1] <= start:
            next_cover += 1
        if next_cover < len(covered) and covered[next_cover][0] < end and covered[next_cover][1] > start:
            after_blank = True
            continue
        text = notes[start:end]
        if _FORWARDED.search(text):
            forwarded = True  # what follows is somebody else's mail
        if not text.strip() or _RULE.match(text) or _OMITTED.fullmatch(text):
            after_blank = True
            waiting = "" if not text.strip() and not alone else waiting
            continue
        if number in alone:
            waiting, after_blank = alone[number], True
            continue
        clock = _CLOCK.match(notes, start, end) if clocks and not _TURN.match(notes, start, end) else None
        start = clock.end() if clock else start  # "09:12 prep for Bex": the time says nothing
        if number in days and days[number] > end:
            found.append(Line(start, end, number, 0, heading=HEADS, after_blank=after_blank, day=True))
            after_blank = False
            continue
        start = told.get(number, columns[number][1] if number in columns else days.get(number, start))
        line, waiting = _line(notes, start, end, number, dialogue, waiting, journal)
        if line is not None:
            if number in columns:
                line = replace(line, speaker=columns[number][0], heading=0, section=False)
            if answers and line.quoted and notes.count(">", start, line.start) == answers:
                line = replace(line, quoted=False)
            if line.speaker:
                talking = line.speaker
            elif talking and dialogue and not after_blank:
                line = replace(line, speaker=talking)
            else:
                talking = ""
            if frame and not (line.heading or line.speaker or line.header) and _ROW.match(notes, line.start, end):
                line = replace(line, keyed=True)
            line = replace(line, after_blank=after_blank, quoted=line.quoted or forwarded, entry=number in days)
            line = replace(line, quoted=line.quoted or number in asked, heading=0 if number in asked else line.heading)
            found.append(line)
            after_blank = False
    return _titled(notes, found)


_ROW = re.compile(r"(?P<key>M|E|EB|D|DC|DP|P|PP|I|IP|C|Ch|CH|Co|CO)\s+[-–—|]\s+(?=\S)")


def _frame(notes: str, raw: Sequence[tuple[int, int]]) -> bool:
    """Tell whether lines open with the letters of a qualification frame and a dash: M – less scrap, E – Dr. Vogt."""
    keys = {m["key"] for start, end in raw if (m := _ROW.match(notes, start + _margin(notes, start, end), end))}
    return "M" in keys and bool(keys & {"E", "EB"})


def _margin(notes: str, start: int, end: int) -> int:
    """Return how many blanks and list marks open a line."""
    text = notes[start:end]
    return len(text) - len(text.lstrip(" \t-*•"))


def _titled(notes: str, lines: list[Line]) -> list[Line]:
    """Make a few words on a line of their own, with lines right below, a heading; what hangs on a line is none."""
    for i, line in enumerate(lines):
        if not line.section or line.heading != HEADS or line.after_blank or not i:
            continue
        deeper = i + 1 < len(lines) and lines[i + 1].indent > line.indent and not lines[i + 1].after_blank
        hangs = line.indent > lines[i - 1].indent or (
            lines[i - 1].indent == line.indent > 0 and not lines[i - 1].section
        )
        if hangs and not deeper:
            lines[i] = replace(line, heading=0, section=False)
    for i, line in enumerate(lines[:-1]):
        below = lines[i + 1]
        if (
            not (line.after_blank or _over_list(notes, line, below))
            or below.after_blank
            or line.heading
            or line.bullet
            or line.speaker
            or line.header
            or line.quoted
        ):
            continue
        text = notes[line.start : line.end].rstrip(" :*_")
        words = _WORDS.findall(text)
        listed = bool(below.bullet) and below.indent >= line.indent  # bullets hang on whatever stands over them
        dated = listed and _WEEKLY.match(text) is not None
        if not 0 < len(words) <= 4 or text[-1:] in ".,;!?":
            continue
        if (any(c.isdigit() for c in text) and not dated) or not (text[:1].isupper() or listed):
            continue
        if line.keyed or any(c in text for c in ",;=|/"):
            continue
        lines[i] = replace(line, heading=HEADS)
    return lines


def _over_list(notes: str, line: Line, below: Line) -> bool:
    """Tell whether a line between two lists is made of words that head deals: maybe, not counting."""
    words = _folded(notes[line.start : line.end])
    listed = bool(below.bullet) and below.indent >= line.indent
    return listed and 0 < len(words) <= 4 and all(w in wordlists()["sections"] for w in words)


def _line(
    notes: str, start: int, end: int, number: int, dialogue: frozenset[str], waiting: str, journal: str = ""
) -> tuple[Line | None, str]:
    at, quoted, heading, bullet, speaker, timed, header = start, False, 0, "", "", False, ""
    task = ""
    sign = sign_at(notes, at, end, arrows=journal == "arrows") if journal else None
    quote = _QUOTE.match(notes, at, end) if sign is None else None
    if quote:
        at, quoted = quote.end(), True
    indent, at = _indent(notes, at, end)
    indent += 2 * (sign[0].count(">") - 1) if sign and journal == "arrows" else 0
    hashes = _HASHES.match(notes, at, end)
    if hashes:
        heading, at = len(hashes.group(1)), hashes.end()
    late = _TURN_LATE.match(notes, at, end)
    if late and not hashes and _named(late.group("who")) and len(late.group("who").split()) <= 3 and dialogue:
        return None, late.group("who").strip()
    turn = _TURN.match(notes, at, end) or _TURN_AFTER.match(notes, at, end)
    if turn and _named(turn.group("who")):
        speaker, timed, at = _who(turn.group("who")), True, turn.end()
    elif dialogue and (said := _SPEAKER.match(notes, at, end)) and said.group("who").casefold() in dialogue:
        speaker, at = said.group("who"), said.end()
    elif waiting:
        speaker, timed = waiting, True
    if sign is not None:
        bullet, at = sign
        task = {"x": "done", ".": "open"}.get(bullet, "")
    mark = _BULLET.match(notes, at, end)
    if mark and not _GLUED.match(notes, at, end) and not notes.startswith(("**", "--", "->"), at):
        body = notes[at : mark.end()]
        closed = body.startswith(("*", "_")) and not body[1:2].isspace() and notes.find(body[0], mark.end(), end) > 0
        if not closed:
            bullet, at = body.strip(), mark.end()
            box = _BOX.search(body)
            task = "" if box is None else "done" if box.group(1).strip() else "open"
    if number <= 40 and not bullet and not speaker:
        mail = _HEADER.match(notes, at, end)
        if mail and (mail.group("name").casefold() not in ("re", "de", "an", "para", "à") or number <= 3):
            header, at = mail.group("name").casefold(), mail.start("text")
        elif _WROTE.match(notes[at:end]):
            header, at = "wrote", end
    while at < end and notes[at] in " \t":
        at += 1
    key = _KEY.match(notes, at, end)
    keyed = key is not None and all(w in wordlists()["fields"] for w in _folded(key.group("key")))
    section = not (keyed and key is not None and notes[key.end() : end].strip()) and _section(notes, at, end)
    if not heading and not speaker and not header and not quoted:
        heading = HEADS if _heads(notes, at, end, bullet) or (section and not bullet) else 0
    keyed = keyed and not heading and not speaker and not header
    line = Line(
        at,
        end,
        number,
        indent,
        bullet,
        heading,
        speaker,
        timed,
        header,
        quoted,
        keyed=keyed,
        section=section,
        task=task,
    )
    return line, waiting if timed else ""


def _folded(text: str) -> list[str]:
    return [w.casefold() for w in _WORDS.findall(text)]


def _section(notes: str, at: int, end: int) -> bool:
    """Tell whether a short line is made of words that head several deals, with at most a count or a sum."""
    if end - at > 44 or _DATED.search(notes, at, end) or _FIGURED.search(notes, at, end):
        return False  # "Committed, 88k, 11/12." answers a question
    words = _folded(notes[at:end])
    return (
        0 < len(words) <= 5
        and all(w in wordlists()["sections"] or w in ("k", "m", "x") for w in words)
        and any(w in _HEADINGS for w in words)
    )


def _heads(notes: str, at: int, end: int, bullet: str) -> bool:
    """Tell whether a bare line heads what follows: all bold, all capitals, or a few words and a colon."""
    text = notes[at:end].rstrip()
    if bullet or not 2 < len(text) <= 60:
        return False
    if _BOLD.fullmatch(text):
        return True
    words = _WORDS.findall(text)
    if words and len(words) <= 6 and _NUMBERED.match(text) and not _DATED.search(text):
        return True  # STAGE 2 - QUALIFYING
    if any(c.isdigit() for c in text) or not words or len(words) > 6:
        return False
    if text.endswith(":"):
        return len(words) <= 5
    return text.isupper() and len("".join(words)) >= 3


def _indent(notes: str, at: int, end: int) -> tuple[int, int]:
    width = 0
    while at < end and notes[at] in " \t\u00a0\u3000":
        width += 4 if notes[at] == "\t" else 1
        at += 1
    return width, at


def _named(who: str) -> bool:
    words = who.split()
    return 0 < len(words) <= 4


def _who(said: str) -> str:
    """Return a speaker without what brackets say of them: Owen (me)."""
    return said.split("(")[0].strip() or said.strip()


def _speakers(notes: str, raw: Sequence[tuple[int, int]]) -> frozenset[str]:
    """Return the folded names that open lines the way speakers do, where the notes are a dialogue at all."""
    counts: dict[str, int] = {}
    filled = timed = 0
    for start, end in raw:
        if start == end:
            continue
        filled += 1
        if _TURN.match(notes, start, end) or _TURN_LATE.match(notes, start, end):
            timed += 1
        said = _SPEAKER.match(notes, start, end) if not _HEADER.match(notes, start, end) else None
        if said and is_weekday(said.group("who").rstrip(".")):
            continue
        if said and not all(w in wordlists()["fields"] or w in _TOPICS for w in _folded(said.group("who"))):
            who = said.group("who").casefold()
            counts[who] = counts.get(who, 0) + 1
    often = {who for who, n in counts.items() if n >= 2}
    if len(often) >= 2 and sum(counts[w] for w in often) * 2 >= filled:
        return frozenset(often | {w for w in counts if " " not in w and len(counts) <= 6})
    return frozenset({"\0"}) if timed >= 2 else frozenset()


def _join(notes: str, lines: Sequence[Line]) -> list[list[Line]]:
    """Put wrapped lines together: a line that had to end where the next word would not have fitted."""
    groups: list[list[Line]] = []
    run_end, widest, even = 0, 0, False
    for i, line in enumerate(lines):
        if i >= run_end:  # lines that hang together: nothing but the first opens anything new
            run_end = i + 1
            while run_end < len(lines) and not _opens(lines[run_end]):
                run_end += 1
            widths = [x.end - x.start + x.indent for x in lines[i:run_end]]
            widest = max(widths)
            even = all(width >= widest - _RAGGED for width in widths[:-1])
        elif even and groups and _continues(notes, groups[-1][-1], line, widest):
            groups[-1].append(line)
            continue
        groups.append([line])
    return groups


def _opens(line: Line) -> bool:
    return bool(line.after_blank or line.bullet or line.heading or line.speaker or line.header or line.keyed)


def _continues(notes: str, before: Line, line: Line, widest: int) -> bool:
    if before.heading or before.header:
        return False
    if before.quoted != line.quoted or not 45 <= widest <= 125:
        return False
    if before.bullet and line.indent <= before.indent:
        return False
    if not before.bullet and line.indent != before.indent:
        return False
    if (before.keyed and ending_of(notes, before) in ".;") or "|" in notes[before.start : before.end]:
        return False
    text = notes[line.start : line.end]
    first = text.split(None, 1)[0] if text.split() else ""
    width = before.end - before.start + before.indent + len(before.bullet)
    if width < 40 or width + 1 + len(first) <= widest - 4 or ending_of(notes, before) in ".!?:;":
        return False
    # a line that was only wrapped goes on with a plain word, or breaks off behind a comma or a small word
    words = wordlists()
    low = first.strip(",.;:!?()'\"").casefold()
    plain = first[:1].islower() and (low in words["function"] or low in words["ordinary"] or low in words["company"])
    before_last = notes[before.start : before.end].rsplit(None, 1)[-1].casefold()
    return plain or ending_of(notes, before) == "," or before_last in _UNENDED


def ending_of(notes: str, line: Line) -> str:
    """Return the last character of a line."""
    return notes[line.end - 1 : line.end]


def _nest(groups: Sequence[list[Line]]) -> list[Unit]:
    units: list[Unit] = []
    stack: list[int] = []  # indices of the units that the next one may stand under, by depth
    headings: list[int] = []
    for index, lines in enumerate(groups):
        line = lines[0]
        if line.heading:
            while headings and units[headings[-1]].first.heading >= line.heading:
                headings.pop()
            parent_heading = headings[-1] if headings else None
            headings.append(index)
            stack = []
            units.append(Unit(index, line.start, lines[-1].end, tuple(lines), None, parent_heading))
            continue
        if line.speaker and line.timed:
            stack = []
        if headings and line.after_blank and not line.bullet and not line.indent:
            top = units[headings[-1]].first
            if top.heading == HEADS and not top.section and not top.day:
                headings.pop()
        while stack and not _under(units[stack[-1]].first, line):
            stack.pop()
        if line.after_blank and not (stack and line.indent > units[stack[-1]].first.indent):
            stack = []
        parent = stack[-1] if stack else None
        units.append(Unit(index, line.start, lines[-1].end, tuple(lines), parent, headings[-1] if headings else None))
        stack.append(index)
    return units


def _under(above: Line, line: Line) -> bool:
    """Tell whether `line` stands below `above`: deeper in, or a bullet of another kind right under a bare line."""
    if line.indent > above.indent + (1 if above.bullet else 0):
        return True
    if line.quoted and not above.quoted:
        return not line.after_blank
    if line.keyed and not above.keyed and not line.bullet:
        return line.indent >= above.indent and not line.after_blank
    return line.indent >= above.indent and bool(line.bullet) and not above.bullet and not line.after_blank
