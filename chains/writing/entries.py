"""One deal in words: a `Deal` with its standing comes in, a few sentences with their sources go out."""

import re
from collections.abc import Sequence

from chains.deals import Deal, Span
from chains.drafts import Source
from chains.kinds import Category
from chains.planning.standing import MOST_ROOM, SHORT_ROOM, Depth, Group
from chains.writing.clauses import is_known_form
from chains.writing.grammar import shape, small_start
from chains.writing.leads import lead_of, only_slips
from chains.writing.phrasing import Phrasing
from chains.writing.plain_facts import facts_of
from chains.writing.remark_words import (
    by_pronoun,
    is_scrap,
    news,
    repeats,
    spoken,
    uncelled,
    understandable,
    whose,
    why_lost,
)
from chains.writing.remarks import Remark, remarks
from chains.writing.retelling import notes_of, retold, step_words, with_person
from chains.writing.roles import people, with_roles
from chains.writing.telling import Entry
from chains.writing.voice import run_on

_OPEN = ("moved", "down", "at_risk", "safe", "upside")  # groups of deals that are still to be won
_OVER, _FAR_OVER = 12, 22  # words by which the first remark may pass its room, the second for what is pressing
_PRESSING_WORTH = 8
_BARE_THING = 2  # words of a thing that says nothing beside other remarks: "legal redlines"
_ASIDE, _ASIDE_WORTH = 6, 5  # a few telling words go beside the first remark, room or no room
_LEAST_WORTH: dict[Depth, int] = {"full": 2, "short": 3, "mention": 10}
_NOTHING_ELSE = re.compile(r"(?:so )?(?:nothing|no)\b.*\b(?:else|otherwise)\b", re.IGNORECASE)
_SIGNING = re.compile(r"\b(?:counter)?sign", re.IGNORECASE)
_IN_HAND = re.compile(r"^([^,.;]*\b(?:lot|team|guys|people)\b(?: in \w+)?) (\w+ing\b)")
_RIGHT_BEHIND, _LONG_REASON = 24, 26  # characters between the dates of a deal and why they are; words of that
_NO_REASON = re.compile(
    r"(?:and|but|also|still|i|we|my|they want|want|wants|nothing|no next|proposal|quote|offer|champ\w*|eb)\b",
    re.IGNORECASE,
)
_NEXT_TO = 3  # characters between a step and what is said of it
_BECAUSE = re.compile(r"(?:(?:now|just|all|this is|that'?s) )?because (?!of\b)", re.IGNORECASE)
_PRESSING = 11  # words that a fact nobody has told yet may come to where there is no room left


def entry(
    deal: Deal,
    group: Group,
    depth: Depth,
    phrasing: Phrasing,
    form: str,
    room: int | None = None,
    implied: Category | None = None,
) -> tuple[str, tuple[Source, ...]]:
    """Return the sentences about one deal and their sources.

    `form` is "bullet" or "prose"; `room` is how many words the remarks may come to, beside lead and next step;
    `implied` is the category that the heading above has told.
    """
    told = Entry(deal, phrasing, _room(depth, room), implied)
    lead = lead_of(told, group, form)
    told.said.insert(0, lead)
    sentences = _sentences(told, group, depth)
    if told.reason and sentences[:1] == [told.reason]:
        lead, sentences = _with_reason(lead, told.reason), sentences[1:]
    return run_on(lead, *sentences), tuple(dict.fromkeys(told.sources))


def more(
    deal: Deal, group: Group, depth: Depth, phrasing: Phrasing, room: int | None = None
) -> tuple[str, tuple[Source, ...]]:
    """Return what there is to say about a deal whose figures have been told, and its sources."""
    told = Entry(deal, phrasing, _room(depth, room))
    return run_on(*_sentences(told, group, depth)), tuple(dict.fromkeys(told.sources))


def _room(depth: Depth, room: int | None) -> int:
    return {"full": MOST_ROOM if room is None else room, "short": SHORT_ROOM, "mention": 0}[depth]


def _sentences(told: Entry, group: Group, depth: Depth) -> list[str]:
    deal = told.deal
    next_one = None if group in ("lost", "omitted") or _is_stale(told, group) else deal.next_step
    step_spans = next_one.spans if next_one else ()
    sentences = _from_notes(told, depth, step_spans)
    steps: list[str] = []
    rest = [s for s in sentences if _NOTHING_ELSE.match(s)]  # "nothing else is open" follows what is
    sentences = [s for s in sentences if s not in rest]
    pressing = next_one is not None and (bool(rest) or _SIGNING.search(next_one.value.action) is not None)
    if next_one and (depth != "mention" or not sentences or pressing) and not told.is_told(step_spans):
        step = _step(told)
        if step and not repeats(step, told.said):
            step = with_person(step, deal, step_spans, told.said, told.phrasing)
            told.tell(step, step_spans)
            steps = [step]
    after = [s for s in sentences if s in told.behind_step] if steps else []
    sentences = [s for s in sentences if s not in after]
    sentences += [*_fromfacts_of(told, group, depth, steps), *steps, *after, *rest]
    sentences = with_roles(sentences, told)
    if (depth == "full" or group in _OPEN) and (who := people(told, group, sentences)):
        sentences.append(who)
    return sentences


def _step(told: Entry) -> str:
    step, _ = step_words(told.deal, told.phrasing)
    if not step.startswith(("please", "could you")):
        return _IN_HAND.sub(r"\1 are \2", step)
    # what the manager is asked to do is said once: here, or where all that is needed from them stands
    elsewhere = told.phrasing.kept.get("needed")
    if not isinstance(elsewhere, frozenset) or told.deal.name in elsewhere:
        return ""
    return step if step.startswith("please") else f"{step}?"


def _is_stale(told: Entry, group: Group) -> bool:
    """Tell whether the next step is an export's cell without a date, about a deal that is won."""
    step = told.deal.next_step
    if step is None or group not in ("won", "won_before") or step.value.due is not None:
        return False
    return bool(step.spans) and all(notes_of(told.phrasing).is_row(s) for s in step.spans)


def _from_notes(told: Entry, depth: Depth, step_spans: Sequence[Span]) -> list[str]:
    """Return what the notes say beyond the deal's figures, the most pressing within the room there is."""
    phrasing = told.phrasing
    if not told.deal.lines:
        return []
    elsewhere: list[Span] = phrasing.kept.setdefault("told", [])  # type: ignore[assignment]
    found = remarks(told.deal, notes_of(phrasing), (*step_spans, *told.spans, *elsewhere))
    room = told.room
    chosen: set[int] = set()
    reasons = {i for i, remark in enumerate(found) if _tells_why(remark, told)}
    for i, remark in sorted(enumerate(found), key=lambda pair: (pair[0] not in reasons, -pair[1].worth)):
        length = len(remark.text.split())
        over = _OVER if remark.worth < _PRESSING_WORTH else _FAR_OVER
        fits = length <= room or (not chosen and length <= room + over)
        thing = shape(remark.text) == "nominal" and not is_known_form(remark.text)
        idle = thing and bool(chosen) and (not remark.kinds or length <= _BARE_THING)
        aside = len(chosen) == 1 and length <= _ASIDE and remark.worth >= _ASIDE_WORTH
        if i in reasons or ((fits or aside) and not idle and remark.worth >= _LEAST_WORTH[depth]):
            chosen.add(i)
            room -= 0 if i in reasons else length
    sentences: list[str] = []
    for i in sorted(chosen):
        text = by_pronoun(uncelled(found[i].text), told)
        if told.deal.category is not None and told.deal.category.value is Category.CLOSED_LOST:
            text = why_lost(text)
        words = retold(whose(text, found[i], told), phrasing)
        if is_scrap(words) or (told.deal.previous_close_date is not None and only_slips(words)):
            continue  # the deal's facts tell it in a sentence
        words = spoken(understandable(news(words, told), found[i], told), found[i], told)
        if words:
            if not sentences and ": " not in words and i in reasons:
                told.reason = words
            if any(0 <= found[i].spans[0].start - s.end <= _NEXT_TO for s in step_spans if found[i].spans):
                told.behind_step.append(words)
            told.tell(words, found[i].spans)
            elsewhere.extend(found[i].spans)  # a line about two deals is told with the first
            sentences.append(words)
    return sentences


def _with_reason(lead: str, reason: str) -> str:
    """Return the sentence that a deal has moved with the reason in it: after a colon, or with its own "because"."""
    if hit := _BECAUSE.match(reason):
        return f"{lead} because {small_start(reason[hit.end() :])}"
    return f"{lead}: {small_start(reason)}"


def _tells_why(remark: Remark, told: Entry) -> bool:
    """Tell whether a remark stands right behind the dates of a deal that has moved: there the notes say why it has."""
    now, before = told.deal.close_date, told.deal.previous_close_date
    if now is None or before is None or now.value <= before.value or not remark.spans:
        return False
    start = remark.spans[0].start
    ends = [s.end for fact in (now, before) for s in fact.spans if s.end <= start]
    between = told.phrasing.book.notes[max(ends) : start] if ends else ""
    if not ends or len(between) > _RIGHT_BEHIND or remark.quoted or any(c.isdigit() for c in between):
        return False  # "... and is only 430k now, they took less": that is why the amount has changed
    return len(remark.text.split()) <= _LONG_REASON and not _NO_REASON.match(remark.text)


def _fromfacts_of(told: Entry, group: Group, depth: Depth, steps: Sequence[str] = ()) -> list[str]:
    """Return what facts tell that no words of the notes have told yet."""
    phrasing = told.phrasing
    sentences: list[str] = []
    room = told.room - sum(len(s.split()) for s in told.said[1:] if s not in steps)
    for fact_said, spans in facts_of(told, group):
        said = with_person(fact_said, told.deal, tuple(spans), told.said, phrasing)
        if (
            not said
            or is_scrap(said)
            or told.is_told(spans)
            or phrasing.private(tuple(spans))
            or repeats(said, ["", *told.said])
        ):
            continue
        pressing = (depth == "full" or room > 0) and len(said.split()) <= _PRESSING
        if told.said[1:] and len(said.split()) > room and not pressing:
            continue
        room -= len(said.split())
        told.tell(said, spans)
        sentences.append(said)
    return sentences
