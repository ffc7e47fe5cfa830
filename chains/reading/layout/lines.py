"""The lines of notes: text comes in, each line with its bullet, speaker, header, quote mark and depth goes out."""

import re
from collections.abc import Sequence

from chains.reading.layout.diary import entries, is_weekday
from chains.reading.layout.headings import folded_words, heads_others, is_section, titled
from chains.reading.layout.pastes import answer_depth, arrow_lines, hung_arrows, journal_signs, sign_at, turns_alone
from chains.reading.layout.turns import column_speakers, tagged
from chains.reading.layout.units import HEADS, Line
from chains.reading.lexicon import wordlists

_BULLET = re.compile(
    r"(?:\[[ xX~/-]?\]\s+"
    r"|[-*+•◦‣▪▸►●○·°–—✓✔✅☐☑❌🔴🟡🟢🟠⚪]\s*(?:\[[ xX~/-]?\]\s+)?(?=[^\s\d*+>-]|\d)"
    r"|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+(?=\S)|o\s+(?=\S))"
)
_GLUED = re.compile(r"[-+*]\d+(?:[.,]\d+)*\s*(?:%|k\b|m\b|€|\$)?(?:\s|$)")
_DATE = r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4}|\.)?"
_TIME = rf"[\[(]?(?:{_DATE},?\s+)?\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}})?(?:\s*[ap]\.?m\.?)?(?:,?\s+{_DATE})?[\])]?"
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
_KEY = re.compile(r"\**(?P<key>[^\W\d_][\w /-]{0,24}?)\**\s*[:=]\**(?:\s|$)")
_TOPICS = frozenset("account customer company client opportunity opp deal".split())


def lines_of(notes: str, covered: Sequence[tuple[int, int]]) -> list[Line]:
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
    arrows = not (alone_or_asked or journal) and any(notes[a:b].lstrip().startswith(">") for a, b in raw)
    journal = "arrows" if arrows and (arrow_lines(notes, raw) or hung_arrows(notes, raw)) else journal
    timed = [(start, end) for start, end in raw if _CLOCK.match(notes, start, end)]
    clocks = len(timed) >= CLOCKS
    spoken = 2 * sum(1 for start, end in timed if _TURN.match(notes, start, end)) > len(timed)
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
        if not text.strip() or _RULE.match(text) or _omits(text):
            after_blank = True
            waiting = "" if not text.strip() and not alone else waiting
            continue
        if number in alone:
            waiting, after_blank = alone[number], True
            continue
        clock = _CLOCK.match(notes, start, end) if clocks and not (spoken and _TURN.match(notes, start, end)) else None
        start = clock.end() if clock else start  # "09:12 prep for Bex": the time says nothing
        if number in days and days[number] > end:
            found.append(Line(start, end, number, 0, heading=HEADS, after_blank=after_blank, day=True))
            after_blank = False
            continue
        start = told.get(number, columns[number][1] if number in columns else days.get(number, start))
        line, waiting = _line(notes, start, end, number, dialogue, waiting, journal)
        if line is not None:
            if number in columns:
                line = line._replace(speaker=columns[number][0], heading=0, section=False)
            if answers and line.quoted and notes.count(">", start, line.start) == answers:
                line = line._replace(quoted=False)
            if line.speaker:
                talking = line.speaker
            elif talking and dialogue and not after_blank:
                line = line._replace(speaker=talking)
            else:
                talking = ""
            if frame and not (line.heading or line.speaker or line.header) and _ROW.match(notes, line.start, end):
                line = line._replace(keyed=True)
            quoted = line.quoted or forwarded or number in asked
            heading = 0 if number in asked else line.heading
            entry = number in days
            found.append(line._replace(after_blank=after_blank, quoted=quoted, entry=entry, heading=heading))
            after_blank = False
    return titled(notes, found)


_ROW = re.compile(r"(?P<key>M|E|EB|D|DC|DP|P|PP|I|IP|C|Ch|CH|Co|CO)\s+[-–—|]\s+(?=\S)")


def _omits(text: str) -> bool:
    """Tell whether a line of a chat only says that a picture was left out."""
    return "omitted" in text.casefold() and _OMITTED.fullmatch(text) is not None


def _frame(notes: str, raw: Sequence[tuple[int, int]]) -> bool:
    """Tell whether lines open with the letters of a qualification frame and a dash: M – less scrap, E – Dr. Vogt."""
    keys = {m["key"] for start, end in raw if (m := _ROW.match(notes, start + _margin(notes, start, end), end))}
    return "M" in keys and bool(keys & {"E", "EB"})


def _margin(notes: str, start: int, end: int) -> int:
    """Return how many blanks and list marks open a line."""
    text = notes[start:end]
    return len(text) - len(text.lstrip(" \t-*•"))


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
    keyed = key is not None and all(w in wordlists()["fields"] for w in folded_words(key.group("key")))
    section = not (keyed and key is not None and notes[key.end() : end].strip()) and is_section(notes, at, end)
    if not heading and not speaker and not header and not quoted:
        heading = HEADS if heads_others(notes, at, end, bullet) or (section and not bullet) else 0
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
        if said and not all(w in wordlists()["fields"] or w in _TOPICS for w in folded_words(said.group("who"))):
            who = said.group("who").casefold()
            counts[who] = counts.get(who, 0) + 1
    often = {who for who, n in counts.items() if n >= 2}
    if len(often) >= 2 and sum(counts[w] for w in often) * 2 >= filled:
        return frozenset(often | {w for w in counts if " " not in w and len(counts) <= 6})
    return frozenset({"\0"}) if timed >= 2 else frozenset()
