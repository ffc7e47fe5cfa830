"""What a sentence of the notes is for: sentences with their layout come in, each with its kind and strength goes out.

Labels ("cost:", "## promised"), cue words, what it stands under and, in a talk, the question before it are added up;
`statements.yaml` holds the words. A sentence that reaches no kind by itself may carry on the one before it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from chains.kinds import StatementKind
from chains.reading.lexicon import NAME, Cues, Pattern, compiled, only_names, spellings, wordlists
from chains.wordfiles import load

STRONG, WEAK, MOST_WEAK = 3, 1, 2
OWN_LABEL, LIST_LABEL, TITLE_LABEL, ASKED, SAME_LINE = 5, 3, 1, 4, 2
ENOUGH = 3
MOST_LEAD = 5  # words before a comma that name what the sentence is for
BARE = 4  # tokens of a sentence that is no more than a figure
# where two kinds score alike, the one that is told by fewer other words
RANK = (
    "private", "meta", "promise", "next_steps", "smaller_step", "on_refusal", "decide_by", "shortcoming", "credit",
    "tried", "proof", "cost", "return", "question", "offer", "goal", "evidence", "ask", "why_now",
)  # fmt: skip
# kinds that a remark about a deal goes on with
# words that may stand between a label and what it says about whom or when; kinds that a name may follow ("ask Ruth:")
_FOLLOW = frozenset("for to with w from as of in on at if we i you this next last set agreed since".split())
_SAYS_WHEN = frozenset({"we", "i", "set", "agreed", "since"})  # "the goal we set in January:" says more than "goal:"
_NAMED = frozenset({"ask", "question", "promise"})
_CARRIED = frozenset({"ask", "smaller_step", "decide_by", "shortcoming"})
# kinds that the sentence after one does not share by itself
_OF_ITS_OWN = frozenset({"smaller_step", "decide_by", "on_refusal", "question"})
_SEPARATOR = re.compile(
    r"\s*(?:[*_]{1,2})?(?P<label>[^\W_][^:=>\n|]{0,44}?(?:\d:\d[^:=>\n|]{0,20}?)?)(?:[*_]{1,2})?"
    r"\s*(?:\([^()\n]{0,40}\))?\s*(?:[*_]{1,2})?(?:\s*(?::(?!\d)|=|->|=>|→|\?(?=\s))|\s+[-–—]{1,2}(?=\s|$))\s*(?:[*_]{1,2})?\s*"
)
_ROW = re.compile(r"\s*\|?\s*[*_]*(?P<label>[^|\n]{2,44}?)[*_]*\s*\|\s*(?=[^|\n]+\|?\s*$)")
_SIGN = re.compile(r"[:=→?–—-]")  # without one a line has no label
_BRACKETS = re.compile(r"\([^()]*\)")
_PLAIN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(slots=True)
class Told:
    """Hold one sentence on its way to a kind; offsets are those of the notes."""

    start: int
    end: int
    unit: int
    first: int  # its tokens
    last: int
    rep: bool = True  # the rep says it
    deal: bool = False  # it stands in a line about a deal
    telling: bool = False  # ... and gives a figure, a date or the account's name
    dictated: bool = False
    label: str = ""
    scores: dict[str, int] = field(default_factory=dict)
    dated: bool = False  # a short one with a day in it
    of_the_past: bool = False  # it tells what has happened
    goes_on: bool = False  # it hangs on the sentence before, by its words or its label
    refers: bool = False  # it opens with "that's": the sentence before it belongs to it
    bare: bool = False  # it is no more than an amount
    sums_up: bool = False  # it sums up the items above it
    items: list[tuple[int, int]] = field(default_factory=list)  # short items that stand under it
    answers: bool = False  # it answers what was promised
    own: int = 0  # what its own words score for the kind it got
    kind: str = ""

    def add(self, kind: str, points: int) -> None:
        """Add points for one kind."""
        self.scores[kind] = self.scores.get(kind, 0) + points


@lru_cache(maxsize=1)
def lexicon() -> Mapping[str, Any]:
    """Load statements.yaml."""
    found: Mapping[str, Any] = load("chains.reading.talks", "statements.yaml")
    return found


@lru_cache(maxsize=1)
def purpose_cues() -> Cues:
    """Return the compiled cues; the group is the kind, the name `strong` or `weak`."""
    patterns: list[Pattern] = []
    for kind, strengths in lexicon()["cues"].items():
        for strength, rows in strengths.items():
            patterns += [Pattern(f"{kind}.{strength}", str(row), compiled(row)) for row in rows]
    return Cues(patterns)


@lru_cache(maxsize=1)
def labels() -> Mapping[str, str]:
    """Return label -> kind."""
    found: dict[str, str] = {}
    for kind, rows in lexicon()["labels"].items():
        for row in rows:
            for label in row if isinstance(row, list) else [row]:
                found.setdefault(_key(str(label)), kind)
    return found


def _key(label: str) -> str:
    """Return a label as `plain` leaves it, the place of a name kept."""
    return f"{plain(label.removesuffix(NAME))} {NAME}" if label.endswith(NAME) else plain(label)


def plain(text: str) -> str:
    """Return words folded, shorthand spelled out, without signs: "What I'd offer" -> "what i would offer"."""
    known = spellings()
    words: list[str] = []
    for match in _PLAIN.finditer(_BRACKETS.sub(" ", text) if "(" in text else text):
        low = match[0].casefold().replace("’", "'")
        head, _, tail = low.partition("'")
        if tail in _TAILS and head not in ("can", "won", "don"):
            words += [known.get(head, head), *([_TAILS[tail]] if _TAILS[tail] else [])]
        else:
            low = low.replace("'", "")
            words.append(known.get(low, low))
    return " ".join(words)


_TAILS = {"d": "would", "ll": "will", "m": "am", "s": "is", "re": "are", "ve": "have"}


def label_of(text: str) -> tuple[str, int]:
    """Return the kind a line's label stands for and how many characters the label takes; ("", 0) without one."""
    if "|" in text and (row := _ROW.match(text)):
        kind = _label_kind(plain(row["label"]).split()) or _label_kind(_by_pronoun(plain(row["label"])))
        return (kind, row.end()) if kind else ("", 0)
    match = _SEPARATOR.match(text) if _SIGN.search(text) else None
    if match is None:
        return "", 0
    label = match["label"]
    said = plain(label)
    kind = _label_kind(said.split()) or _label_kind(_by_pronoun(said))
    if not kind or (match[0].rstrip(" *_").endswith("?") and kind == "question"):
        return "", 0
    if said in lexicon()["kept"] or (kind == "goal" and _SAYS_WHEN & set(said.split())):
        return kind, match.start("label")
    # "plan B if 18 is too rich:": the condition belongs to what is said
    condition = re.search(r"\s(?=if\s)", label, re.IGNORECASE)
    return kind, match.start("label") + condition.end() if condition else match.end()


def led_by_comma(text: str) -> str:
    """Return the kind that words before a comma name, as a label would: "What Nina gets, I prep both of them."."""
    head, comma, rest = text.lstrip().partition(",")
    words = plain(head).split() if comma and rest.strip() else []
    if not 1 < len(words) <= MOST_LEAD:
        return ""
    known = labels()
    return known.get(" ".join(words), "") or known.get(" ".join(_by_pronoun(" ".join(words))), "")


def _by_pronoun(said: str) -> list[str]:
    """Return the words of a label with "she" for a first name: "what nina gets" -> "what she gets"."""
    names = only_names()
    return ["she" if w in names else w for w in said.split()]


def heading_kind(text: str) -> str:
    """Return the kind that a line without a separator heads, "" where it heads none."""
    bare = text.strip(" *_#:-–—")
    if "(" not in bare and len(_PLAIN.findall(bare)) > 5:
        return ""
    words = plain(bare).split()
    return _label_kind(words) if len(words) <= 5 else labels().get(" ".join(words), "")


def whole_label(text: str) -> str:
    """Return the kind of a sentence that is a label from end to end: "Things I said I'd do last time"."""
    said = plain(text).split()
    return labels().get(" ".join(said), "") or labels().get(" ".join(w for w in said if w not in ("so", "and")), "")


def _label_kind(words: Sequence[str]) -> str:
    if not words or len(words) > 10:
        return ""
    known = labels()
    whole = " ".join(words)
    if whole in known:
        return known[whole]
    named = " ".join([*words[:-1], NAME])
    if named in known and words[-1] in wordlists()["first_names"]:
        return known[named]
    # "ask for Renee", "questions to her", "the deals as of today": what follows the label says for whom or from when
    for size in range(min(len(words) - 1, 5), 0, -1):
        head = " ".join(words[:size])
        if head == "what" and words[size] in ("we", "you"):
            continue  # "what we said in April"
        if head in known and (words[size] in _FOLLOW or (len(words) == size + 1 and known[head] in _NAMED)):
            return known[head]
    return ""


def settle(told: Sequence[Told]) -> None:
    """Give each sentence its kind: by its points, else by carrying on the sentence before it."""
    if any(t.label == "next_steps" for t in told) and not any(t.label == "ask" for t in told):
        for one in told:
            if one.label == "smaller_step":
                one.scores["ask"] = one.scores.pop("smaller_step")  # the first of several steps is what is asked for
    rank = {kind: i for i, kind in enumerate(RANK)}
    for one in told:
        if one.kind:
            continue
        best = max(one.scores, key=lambda k: (one.scores[k], -rank.get(k, 99)), default="")
        if best and one.scores[best] >= ENOUGH:
            one.kind = best
    for before, one in pairwise(told):
        if before.kind == "tried" and before.unit == one.unit and one.kind in ("cost", "return") and one.of_the_past:
            one.kind = "tried"  # "Had 12 units trucked over, which cost 2,800": what the attempt cost
        if one.refers and not one.own and before.unit == one.unit and before.kind in _CARRIED:
            one.kind = before.kind  # "Then just the 6 in Scotland. That's one day a week."
            one.scores[one.kind] = ENOUGH
        if one.kind or (before.unit != one.unit and not one.sums_up) or not before.kind or before.rep != one.rep:
            continue
        if before.kind in ("private", "meta", "promise", "label"):
            continue
        due = before.kind == "decide_by" and one.dated  # "Deal desk closes exceptions on May 1": why then
        if (
            before.kind in _OF_ITS_OWN
            and not due
            and not (before.label or before.goes_on or one.goes_on or one.dictated)
        ):
            continue  # a new matter begins: nothing in it hangs on the step before
        one.goes_on = True
        one.kind = "" if (one.telling and not one.bare) or (one.deal and before.kind not in _CARRIED) else before.kind
    for one, after in zip(reversed(told[:-1]), reversed(told[1:]), strict=True):
        # "Told him on the 29th. On me.": the short verdict names what stands before it
        short = after.last - after.first <= 7 or after.refers
        if after.kind == "shortcoming" and short and one.unit == after.unit and one.kind in ("", "evidence", "context"):
            one.kind = "shortcoming"


def statement_kind(kind: str) -> StatementKind | None:
    """Return the statement kind of a name, None where it is none (private, promise, deals)."""
    try:
        return StatementKind(kind)
    except ValueError:
        return None
