"""How a text falls into pieces: a draft or notes come in, blocks, sentences and clauses with offsets go out.

Markdown is only looked at, never rendered: a list item begins after its mark, a heading after its `#`s.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from chains.figures.tokens import pattern

BlockKind = Literal["heading", "item", "row", "text"]

_ITEM = re.compile(
    r"[ \t]*(?:>[ \t]*)*(?:[-*+•–—·◦▪‣]+>?[ \t]*(?=\S)|->[ \t]*|\(?\d{1,2}[.)][ \t]+(?=\S)|\[[ xX]?\][ \t]*)+"
)
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+")
_BOLD_LINE = re.compile(r"[ \t]*(?:\*\*|__|\*)[^*_\n]{2,80}(?:\*\*|__|\*):?[ \t]*$")
# words before a full stop that do not end a sentence
_ABBREVIATION = re.compile(
    r"(?:(?<![\w'’])(?:[A-Za-z]|mr|mrs|ms|dr|prof|hr|fr|st|sr|jr|sen|jun|col|capt|lt|sgt|maj|cmdr|rev|hon|gov|pres|atty|engr|ing|pn|en|no|nr|vs|etc|e\.g|i\.e|approx|ca|inc|co|corp|ltd|dept|bzw|"
    r"z\.B|p\.a|a\.m|p\.m|mio|mrd|jan|feb|mar|apr|aug|sept?|oct|nov|dec)|\b\d{1,2}\.\d{1,2})$",
    re.IGNORECASE,
)
_NUMBER_END = re.compile(r"(?:^|[^\w.,])\d{1,2}$")
_WORD_END = re.compile(
    r"(?<![\w'’.])[^\W\d_]{4,}$|(?<![\w.])\d+[kKmM%]$"
)  # rough notes go on in lower case behind a full stop
_STOP = re.compile(r"[.!?…]+[)\"'”’*_]*(?=\s|$)")
_CLAUSE = re.compile(
    r"[;:]+(?=[\s*_]|$)|,(?=\s|$)|\s[-–—]+\s|—|[()\[\]|]|"
    r"\s(?:but|because|although|though|while|whereas|bc|so|yet to|when|where|that|which|who|after|before|until|till|if|"
    r"unless|once)\b|"
    r"\sand\s(?=(?:I|we|he|she|it|they|there|our|their|my|the|his|her|that|this|is|are|was|has|have|will|can|still|not)\b)"
)


@cache
def _month() -> re.Pattern[str]:
    """Return what goes on with a date behind "24.": a month, a figure."""
    return re.compile(rf"[ *_]*{pattern('months')}\b|[ ]*\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold a stretch `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """Hold a heading, a list item, a table row or a paragraph; `level` is its indentation in columns."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0


def blocks(text: str, join: bool = True) -> list[Block]:
    """Return the blocks of a text in order; with `join` a line can continue the block before it, else each is one."""
    found: list[Block] = []
    open_block: Block | None = None
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        end = start + len(line.rstrip())
        begin = start + len(line) - len(line.lstrip())
        if begin >= end or not any(c.isalnum() for c in line):
            open_block = None
            continue
        level = begin - start
        heading, item = _HEADING.match(text, start, end), _ITEM.match(text, start, end)
        body = text[begin:end]
        if heading or _BOLD_LINE.match(body):
            found.append(Block(heading.end() if heading else begin, end, "heading", level))
            open_block = None
        elif item and item.end() < end and not body.startswith("**"):
            open_block = Block(item.end(), end, "item", level)
            found.append(open_block)
        elif body.startswith("|"):
            found.append(Block(begin, end, "row", level))
            open_block = None
        elif (
            join
            and open_block is not None
            and (open_block.kind == "text" or level > open_block.level or body[0].islower())
        ):
            open_block = Block(open_block.start, end, open_block.kind, open_block.level)
            found[-1] = open_block
        else:
            open_block = Block(begin, end, "text", level)
            found.append(open_block)
    return found


def sentences(text: str, start: int, end: int) -> list[Piece]:
    """Return the sentences of `text[start:end]`; abbreviations, initials and "25.9." do not end one."""
    found: list[Piece] = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        after = stop.end()
        if after < end and text[begin : stop.start()].strip(" *_#").isdigit():
            continue  # "**2. Globex** ..."
        if after < end and stop.group().startswith(".") and len(stop.group().rstrip(")\"'”’*_")) == 1:
            ahead = text[after:end].lstrip(" *_\"'“‘([")[:1]
            if ahead.islower() and not _WORD_END.search(text, max(begin, stop.start() - 12), stop.start()):
                continue
            before = text[max(begin, stop.start() - 12) : stop.start()]
            if _NUMBER_END.search(before) and _month().match(text, after):
                continue
            if (
                _ABBREVIATION.search(text, max(begin, stop.start() - 12), stop.start())
                and "\n" not in text[after : after + 2]
            ):
                continue
        found.append(Piece(begin, after))
        begin = after
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        found.append(Piece(begin, end))
    return [part for piece in found for part in _lines(text, piece)]


def _lines(text: str, piece: Piece) -> list[Piece]:
    # a short line that is followed by a capital is a line of its own, a long one was wrapped
    found, begin, at = [], piece.start, piece.start
    for line in text[piece.start : piece.end].splitlines(keepends=True):
        at += len(line)
        ahead = text[at : piece.end].lstrip(" *_")[:1]
        if at < piece.end and len(line) < 60 and not ahead.islower():
            found.append(Piece(begin, at - len(line) + len(line.rstrip())))
            begin = at
    found.append(Piece(begin, piece.end))
    return [p for p in found if p.start < p.end]


def clauses(text: str, start: int, end: int) -> list[Piece]:
    """Return the clauses of a sentence: cut at commas, colons, dashes, brackets and "but", "because", "and I"."""
    found, begin = [], start
    for cut in _CLAUSE.finditer(text, start, end):
        if cut.start() > begin:
            found.append(Piece(begin, cut.start()))
        begin = cut.end() if not cut.group().strip().isalpha() else cut.start() + 1
    if begin < end:
        found.append(Piece(begin, end))
    return found
