"""How far things have come: sentences come in, `Claim`s ("signed: done", "approve: denied") go out.

A claim has one of three states: `done`, `open` (denied, or due and not there yet) and `ahead` (announced, conditional).
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import Literal

from chains.checking.anchors import anchor_at
from chains.checking.phrases import awaited, categories_told, has_cue, match_phrase, verbs_told
from chains.checking.places import Sentence
from chains.checking.topics import Anchor, groups_of, union
from chains.checking.words import Word, idle_words, is_plain, lexicon
from chains.figures.tokens import meaning
from chains.kinds import Category

State = Literal["done", "open", "ahead"]


LOOK_BACK = 5  # words before a verb that can deny it


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold one statement about how far a thing has come."""

    start: int
    end: int
    group: str
    verb: str
    state: State
    anchor: Anchor
    context: frozenset[str]  # the telling words of the clause
    wide: frozenset[str]  # and of the sentence
    sentence: Sentence
    clause: tuple[int, int]
    names: frozenset[str] = frozenset()  # of the names right before it: who did it


@dataclass(frozen=True, slots=True)
class CategoryClaim:
    """Hold one statement of a forecast category; `was` where it is told as the former one."""

    start: int
    end: int
    category: Category
    was: bool
    anchor: Anchor
    sentence: Sentence


_NEW_PART = frozenset(["and", "or", "then"])


def claims(text: str, sentence: Sentence) -> list[Claim]:
    """Return the claims of a sentence in order."""
    found: list[Claim] = []
    at = 0
    here = sentence.words
    starts = [w.start for w in here]
    phrases = verbs_told()
    while at < len(here):
        form = (match_phrase(here, at, phrases) if here[at].folded in phrases else None) or _plain_verb(text, here, at)
        if form is None:
            at += 1
            continue
        parts, group, base = form
        first, last = here[at], here[at + len(parts) - 1]
        clause = next((c for c in sentence.clauses if c.start <= first.start < c.end), None)
        begin, end = (clause.start, clause.end) if clause else (sentence.start, sentence.end)
        low, high = bisect_left(starts, begin), bisect_left(starts, end)
        state = _state(text, here, at, at + len(parts), max(low, at - LOOK_BACK), high, base)
        if (
            group == "making"
            and parts[0] in ("is", "are", "has", "closed", "landed")
            and any(text[h.end : first.start].strip(" *_") == "" for h in sentence.hits)
        ):
            group = "winning"  # "Globex is done"
        if parts == ("po",) and state == "ahead" and at + 1 < len(here) and _dates_a_po(here[at + 1].folded):
            state = "done"
        after = here[at + len(parts)] if at + len(parts) < len(here) else None
        if (
            group == "losing"
            and after is not None
            and (after.text[0].isdigit() or text[after.start - 1] in "$€£₹")
            and not _DAY_BEHIND.match(text, after.start)
        ):
            state = None  # "it lost 15k" is no lost deal
        if len(parts) == 1 and _tells_a_kind(here, at, group):
            state = None
        if parts[-1] == "passed" and any(
            w.folded in _CALENDAR or w.text[0].isdigit() for w in here[max(0, at - 6) : at]
        ):
            state = None  # "its date, 20 June, has passed"
        if parts == ("is", "ours") and not any(text[h.end : first.start].strip(" *_") == "" for h in sentence.hits):
            state = None  # "the problem is ours"
        if parts[-2:] == ("a", "yes") and _OR_NO.match(text, last.end):
            state = None  # "I get a yes or no"
        if parts[:2] == ("sign", "off") and at and here[at - 1].folded in _ROLE:
            state = None  # "Mr. Haddad is final sign-off" names who decides
        if parts == ("over",) and last.end < end - 1 and not text[last.end : end].isspace():
            state = None  # "anything over 100k" compares
        if group == "losing" and after is not None and after.folded in _WHOSE:
            state = None  # "it lost us our champion" is no lost deal
        if state is not None and not any(h.start <= first.start < h.end for h in sentence.hits):
            around = frozenset(
                w.stem
                for i, w in enumerate(here[low:high], low)
                if not at <= i < at + len(parts)
                and not any(h.start <= w.start < h.end for h in sentence.hits)
                and w.folded not in idle_words()
                and not w.folded[0].isdigit()
            )
            anchor = anchor_at(text, sentence, first.start, last.end)
            wide = frozenset(
                w.stem
                for w in here
                if w.folded not in idle_words()
                and not w.folded[0].isdigit()
                and not any(h.start <= w.start < h.end for h in sentence.hits)
            )
            found.append(
                Claim(
                    first.start,
                    last.end,
                    group,
                    " ".join(w.stem for w in here[at : at + len(parts)]),
                    state,
                    anchor,
                    around,
                    wide,
                    sentence,
                    (begin, end),
                    _names_before(text, here, at),
                )
            )
        at += len(parts)
    return found


_ANSWER = re.compile(r"\s*[,.!?;–-]|\s+no\b", re.IGNORECASE)


_NO_VERB = frozenset("need indeed speed feed bed red hundred embed exceed proceed succeed used".split())


def _plain_verb(text: str, here: list[Word], at: int) -> tuple[tuple[str, ...], str, str] | None:
    """Take any other word in -ed as a verb of its own, and "MSA not:" or "PO missing" as an open point of any kind."""
    word = here[at]
    folded = word.folded
    if folded in ("not", "missing", "outstanding", "pending") and at:
        behind = text[word.end : word.end + 2].strip()
        if (
            not behind
            or behind[0] in ":.,;)"
            or (folded != "not" and not (at + 1 < len(here) and text[word.end : here[at + 1].start] == " "))
        ):
            return (folded,), "any", "open"
    for phrase in awaited().get(folded, ()):
        if tuple(w.folded for w in here[at : at + len(phrase)]) == phrase:
            return phrase, "any", "open"
    if folded in _yes_nouns():
        before = {w.folded for w in here[max(0, at - 4) : at]}
        if before & _HAVE:
            return (folded,), "assent", "done"
        if before & _NEED:
            return (folded,), "assent", "open"
    if len(folded) > 4 and folded.endswith("ed") and folded not in _NO_VERB and word.text[0].islower():
        return (folded,), f"verb:{word.stem}", "done"
    return None


_HAVE = frozenset(["have", "has", "got", "had", "with"])
_NEED = frozenset(["need", "needs", "without", "lacks", "lack", "missing", "want", "wants"])


@cache
def _yes_nouns() -> frozenset[str]:
    """Return the nouns that are a yes where somebody has it, and an open point where somebody needs it."""
    return frozenset(lexicon("statuses")["yes_nouns"])


def _names_before(text: str, here: list[Word], at: int) -> frozenset[str]:
    """Return the stems of the names among the few words before a verb."""
    found = set()
    for i in range(at - 1, max(-1, at - 7), -1):
        word = here[i]
        if _END.search(text, word.end, here[i + 1].start):
            break
        if word.text[0].isupper() and not word.text.isupper() and not is_plain(word.folded):
            found.add(word.stem)
    return frozenset(found)


_END = re.compile(r"[.;!?]\s|[\n|]")


_ARTICLES = frozenset(
    "a an no any some our their my his her its your this that these those each every on of with for from like".split()
)


_CALENDAR = frozenset("date dates day days deadline week weeks month months quarter time".split())


_DAY_BEHIND = re.compile(r"\d{1,2}(?:[/.-]\d|\.?\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))", re.IGNORECASE)


_OR_NO = re.compile(r"\s*(?:/|or(?: a)?)\s*no\b", re.IGNORECASE)


_ROLE = frozenset("final the her his their sole last budget".split())


_WHOSE = frozenset("us our my me its his her their him them".split())


def _tells_a_kind(here: list[Word], at: int, group: str) -> bool:
    """Tell whether a participle describes a thing and no state: "a written plan", "no fixed cost"."""
    before = here[at - 1].folded if at else ""
    if group == "making" and before in ("a", "an", "in"):
        return True
    behind = here[at + 1].folded if at + 1 < len(here) else ""
    return group.startswith(("verb:", "making")) and before in _ARTICLES and bool(behind) and behind not in idle_words()


_LIST_BEHIND = re.compile(r"[^.;:\n]{0,16}:\s")


def _dates_a_po(folded: str) -> bool:
    return folded[0].isdigit() or folded in ("today", "yesterday", "on", "of", "from", "dated", "this", "last", "and")


def _state(text: str, here: list[Word], at: int, end: int, low: int, high: int, base: str) -> State | None:
    last = next((i for i in range(at - 1, low - 1, -1) if here[i].folded in _NEW_PART), low - 1)
    # "no no, he said yes": an answer, no denial
    while (
        last + 1 < at
        and here[last + 1].folded in ("no", "nope", "nah", "non")
        and _ANSWER.match(text, here[last + 1].end)
    ):
        last += 1
    denied = has_cue("deny", here, last + 1, at)
    due = has_cue("due", here, low, at)
    ahead = has_cue("ahead", here, low, at)
    lacking = has_cue("lacking", here, end, min(high, end + 3))
    if base == "open":
        return None if denied else "open"
    if denied or lacking:
        return "open"
    if due:
        return "open" if base == "later" or not ahead else "ahead"
    if base == "later" or ahead or _till_then(text, here, end):
        return "ahead"
    return "done"


def _till_then(text: str, here: list[Word], end: int) -> bool:
    """Tell whether a day follows by which something is to be done: "delivered by 18/12"."""
    if end + 1 >= len(here) or here[end].folded not in ("by", "before") or text[here[end].start - 1] != " ":
        return False
    day = here[end + 1].folded
    return day[0].isdigit() or day in meaning("months", "weekdays")


_FORMER_BEHIND = re.compile(
    r"\s*(?:\)|\*+)?\s*(?:before|earlier|previously|until (?:now|then|last|this)|so far|last (?:week|time|month)|"
    r"in the past)\b",
    re.IGNORECASE,
)


_FRESH = frozenset(["to", "now", "is", "into"])  # "from commit to best case": what follows is the new one


def category_claims(text: str, sentence: Sentence, anywhere: bool = False) -> list[CategoryClaim]:
    """Return the forecast categories that a sentence gives a deal; with `anywhere` every one that it names."""
    found: list[CategoryClaim] = []
    here = sentence.words
    categories = categories_told()
    at = 0
    while at < len(here):
        form = match_phrase(here, at, categories) if here[at].folded in categories else None
        if form is None:
            at += 1
            continue
        first, last = here[at], here[at + len(form[0]) - 1]
        clause = next((c for c in sentence.clauses if c.start <= first.start < c.end), None)
        low = bisect_left([w.start for w in here], clause.start if clause else sentence.start)
        fresh = next((i for i in range(at - 1, max(low, at - 3) - 1, -1) if here[i].folded in _FRESH), None)
        was = has_cue("was", here, max(low, at - 3) if fresh is None else fresh + 1, at)
        was = was or _FORMER_BEHIND.match(text, last.end) is not None
        begin = clause.start if clause else sentence.start
        telling = [
            w
            for w in here[low:at]
            if w.folded not in idle_words()
            and not w.text[0].isdigit()
            and w.folded not in categories  # "up from pipeline to commit"
            and not any(h.start <= w.start < h.end for h in sentence.hits)
        ]
        direct = sum(1 for w in telling if w.start >= begin) <= 1 and not last.folded.endswith(
            ("commits", "cases", "upsides")
        )
        if direct or anywhere:
            anchor = anchor_at(text, sentence, first.start, last.end)
            if not anywhere and _LIST_BEHIND.match(text, last.end):
                # "committed: Globex and Initech"
                behind = [g for g in groups_of(text, sentence.hits) if g[0].start >= last.end]
                anchor = Anchor(union(h.topics for h in behind[0]), group=len(behind[0]) > 1) if behind else Anchor()
            found.append(CategoryClaim(first.start, last.end, Category(form[1]), was, anchor, sentence))
        at += len(form[0])
    return found
