"""Remarks about deals in whole sentences: words of the notes come in, clauses with subject and article go out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from chains.deals import ME, Book, Deal, Span
from chains.kinds import Team
from chains.planning.manager import without_title
from chains.requests import Manager
from chains.wordfiles import either, load
from chains.writing.clauses import completed, next_step, with_small_event
from chains.writing.grammar import is_order, plural_verb, shape, verbs
from chains.writing.phrasing import Phrasing
from chains.writing.remarks import Notes
from chains.writing.retell import Retell
from chains.writing.soundness import sound
from chains.writing.voice import sentence

_STOP = re.compile(r"(?<=[.!?])\s+(?=[\"'(]?\w)")
_SHORT_THING = 4  # words of a thing that goes into a frame: "the pricing call is on Monday"
_LONG_STEP = 26  # words of a step that is told as the rep wrote it
_SIGN_IT, _SIGN_WHAT = re.compile(r"\bsigns? it\b", re.IGNORECASE), re.compile(r"\bsign the \w+\b", re.IGNORECASE)
_STEERED = re.compile(
    r"me\b(?! ?(?:\+|&|and) ?\w)", re.IGNORECASE
)  # "me to chase Tomas": a note to oneself, not a clause
_DAY = re.compile(
    r"\d|\b(?:today|tomorrow|week|month|quarter|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_SOFT_START = re.compile(r"(?:He|She|They|We|It|The|Our|Their|My|His|Her)\b")
# a pronoun that stands for a person as subject ("he told me") or object ("I met her on Monday"), not before its noun
_SOMEBODY = re.compile(
    r"^(?:he|she)\b|\b(?:her|him)\b(?=$|[,.;]|\s+(?:on|by|at|in|for|to|with|about|again|back|once|twice|briefly|yesterday|today|tomorrow|the|a|an"
    r"|until|next|last|\w+day|[A-Z]\w+ \d)\b)",
    re.IGNORECASE,
)
_TWO_VERBS = re.compile(r"\b(?:is|are) (?:was|were|is|are)\b")  # "first meeting was 10/11" is no step
_SOMEBODY_DOES = re.compile(r"(?:he|she) (\w+)", re.IGNORECASE)
_FAR = 500  # characters; who was named longer ago is not meant
_SOMEBODY_IN = re.compile(r"\b(?:he|she|him|her)\b", re.IGNORECASE)
# somebody whom a later "he" can mean: a name inside a sentence, or a part that people play
_SOME_NAME = re.compile(
    r"(?<=[a-z,] )(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Q\d)[a-z]*\b)"
    r"[A-Z][a-z]{2,}"
    r"|\b(?i:owner|lawyer|solicitor|procurement|director|manager|boss|head|chief|guy|lady|woman|man|buyer|controller|president|mayor"
    r"|chair|CFO|CIO|CEO|COO|CTO|CISO|GM|MD|FD|VP)\b"
)
_RELATIVE = re.compile(r"\bthis a\.?m\b\.?", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:[DMS]r|Mrs|Ms|Hr|St|No|vs|Eng|Engr|Ing|Prof|Capt|Col|Lt|Rev|Fr|Mag|Dipl|[A-Z])\.$")


def notes_of(phrasing: Phrasing) -> Notes:
    """Return what the notes tell of who speaks, worked out once for a text."""
    found = phrasing.kept.get("notes")
    if not isinstance(found, Notes):
        found = phrasing.kept["notes"] = Notes(phrasing.book)
    return found


def manager_of(phrasing: Phrasing) -> Manager:
    """Return the manager as the notes name them: also whoever owes the rep something from the last talk."""
    found = phrasing.kept.get("manager")
    if isinstance(found, Manager):
        return found
    book = phrasing.book
    called = without_title(phrasing.manager.called) if phrasing.request.kind == "update" else ""
    # remarks about deals name the manager only where they are to act
    teams = {d.value.team for deal in book.deals for d in deal.dependencies}
    wanted = not called and bool(teams & {Team.MANAGER, Team.EXECUTIVE})
    boss = phrasing.manager if wanted else Manager()
    owing = [c.value.owner for c in book.commitments if c.value.owner[:1].isupper() and c.value.owner != ME]
    owing = [] if called else [o for o in owing if not _has_a_part(o, book)]
    forms = tuple(dict.fromkeys(f for f in (*boss.forms, called, *owing) if f))
    # in a remark about a deal, "she" is somebody at the customer's
    manager = phrasing.kept["manager"] = replace(boss, forms=forms, spoken_to=True)
    return manager


def _has_a_part(name: str, book: Book) -> bool:
    """Tell whether somebody acts in a deal, so that they cannot be the manager by what they owe alone."""
    parts = [d.next_step.value.owner or "" for d in book.deals if d.next_step]
    parts += [x.value.person or "" for d in book.deals for x in d.dependencies]
    parts += [p.value.name for d in book.deals for p in d.people]
    return name.casefold() in {w.casefold() for part in parts for w in (part, *part.split())}


def retold(text: str, phrasing: Phrasing, whole_clause: bool = True) -> str:
    """Return words of the notes written out and completed, without a stop at the end of the last sentence."""
    said = _retell(phrasing).clause(_RELATIVE.sub("this morning", text), deal=True)
    if not whole_clause:
        return said
    parts: list[str] = []
    for part in _STOP.split(said):
        if parts and _TITLED.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    whole = [with_small_event(sound(with_article(completed(p.strip(" ,;:-"), phrasing)))) for p in parts]
    return " ".join(sentence(p) for p in whole if p).removesuffix(".")


def step_words(deal: Deal, phrasing: Phrasing) -> tuple[str, tuple[Span, ...]]:
    """Return what happens next as a clause, in the rep's words where they make one, and where it stands."""
    if deal.next_step is None or phrasing.private(deal.next_step.spans):
        return "", ()
    step, spans = deal.next_step.value, deal.next_step.spans
    owner = (step.owner or "").casefold()
    if owner and owner in {f.casefold() for f in manager_of(phrasing).forms}:
        yours = replace(deal, next_step=replace(deal.next_step, value=replace(step, owner="you")))
        return next_step(yours, phrasing), spans
    if spans:
        own_words = phrasing.tidy.unmarked(spans[0].text.strip().split("\n")[0])
        if does_alone(own_words) and step.owner and step.owner[:1].isupper():
            own_words = f"{step.owner} {own_words}"
        said = "" if _STEERED.match(own_words) else retold(own_words, phrasing)
        dated = step.due is None or _DAY.search(said) is not None
        # an action that is a long thing sounds worse in a frame than in the rep's own words
        clumsy = not is_order(step.action) and len(step.action.split()) > _SHORT_THING
        if dated and said and len(said.split()) <= _LONG_STEP and (clumsy or shape(said) == "sentence"):
            return f"{said[:1].lower() if _SOFT_START.match(said) else said[:1]}{said[1:]}", spans
    if spans and _SIGN_IT.search(spans[0].text):
        # what "it" stands for is the contract, whatever else was named before
        put = replace(step, action=_SIGN_WHAT.sub("sign it", step.action))
        return next_step(replace(deal, next_step=replace(deal.next_step, value=put)), phrasing), spans
    said = next_step(deal, phrasing)
    return "" if _TWO_VERBS.search(said) else said, spans


def does_alone(text: str) -> bool:
    """Tell whether a clause has lost the person it is about: "holds the purse", "gets me the dates"."""
    return verbs().thirds.get(text.split(" ", 1)[0].lower()) in verbs().of_a_person and shape(text) == "predicate"


def nearest_person(deal: Deal, before: int, phrasing: Phrasing) -> str:
    """Return the person of the deal who was named last before a place in the notes, or ""."""
    notes = phrasing.book.notes
    lines = [(max(line.start, before - _FAR), min(line.end, before)) for line in deal.lines if line.start <= before]
    places = {p.value.name: max((notes.rfind(p.value.name, a, b) for a, b in lines), default=-1) for p in deal.people}
    name = max(places, key=lambda n: places[n], default="")
    return name if name and places[name] >= 0 else ""


def with_person(clause: str, deal: Deal, spans: Sequence[Span], said: Sequence[str], phrasing: Phrasing) -> str:
    """Return a clause with a name for its first "he", "her" or "him", where nobody has been named so far.

    Return "" where the notes do not tell who that is.
    """
    hit = _SOMEBODY.search(clause)
    if not spans or hit is None:
        return clause
    before = clause[: hit.start()]
    so_far = " ".join((*said, before))
    known = [w for p in deal.people for w in p.value.name.split() if len(w) > 2]
    if any(re.search(rf"(?<!\w){re.escape(p)}(?!\w)", so_far) for p in known):
        return clause
    # the person may be named in the very words that tell the step, before the pronoun
    inside = _SOMEBODY_IN.search(spans[0].text)
    name = nearest_person(deal, spans[0].start + (inside.start() if inside else 0), phrasing)
    if name:
        return f"{before}{name}{clause[hit.end() :]}"
    if _SOME_NAME.search(" ".join((*said[1:], before))):
        return clause
    alone = _SOMEBODY_DOES.match(clause)  # nobody knows who: it is the customer
    many = plural_verb(alone[1]) if alone else ""
    return f"they {many}{clause[alone.end() :]}" if alone and many else ""


def _retell(phrasing: Phrasing) -> Retell:
    found = phrasing.kept.get("retell")
    if not isinstance(found, Retell):
        found = phrasing.kept["retell"] = Retell(phrasing, manager_of(phrasing))
    return found


@lru_cache(maxsize=1)
def _articles() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data: Any = load("chains.writing", "structure.yaml")

    def opening(names: list[str]) -> re.Pattern[str]:
        inside = either(names)
        return re.compile(rf"(?:{inside})(?=\s|\')(?! (?:of|for|with|on|in|at)\b)", re.IGNORECASE)

    return opening(data["takes_the"]), opening(data["takes_our"])


def with_article(clause: str) -> str:
    """Return a clause with the article that a rep leaves out: "redlines came back" -> "the redlines came back"."""
    if shape(clause) != "sentence":
        return clause
    the, our = _articles()
    if our.match(clause):
        return f"our {clause[:1].lower()}{clause[1:]}"
    if hit := the.match(clause):
        named = hit[0].isupper()
        return f"the {clause if named else clause[:1].lower() + clause[1:]}"
    return clause
