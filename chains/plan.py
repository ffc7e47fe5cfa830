"""What is said, in which order, from which sources: a `Book`, a `Request` and the practices found come in, a `Plan`
goes out. The words are the writer's.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from chains.anticipate import anticipate
from chains.changes import changes
from chains.deals import Book
from chains.drafts import Plan, Point, PracticeFound
from chains.periods import Period, period_asked
from chains.planning.asks import ask_points
from chains.planning.feedback import feedback_points
from chains.planning.manager import find_manager
from chains.planning.manner import asked, manner
from chains.planning.situation import Situation
from chains.planning.standing import standings
from chains.planning.updates import update_points
from chains.requests import Request
from chains.scenarios import work_out
from chains.wordfiles import load


def plan(book: Book, request: Request, practices: Sequence[PracticeFound] = (), last: Book | None = None) -> Plan:
    """Plan a draft; `last` is last week's book where there is one."""
    conventions = book.conventions
    period = _plainly_called(period_asked(request.question, conventions))
    scenarios = work_out(book, period)
    anticipations = anticipate(book, request, scenarios)
    told = manner(request, len(book.deals))
    situation = Situation(
        book=book,
        request=request,
        scenarios=scenarios,
        asked=asked(request, book),
        manner=told,
        standings=standings(book, request, scenarios, told, Counter(a for x in anticipations for a in x.accounts)),
        anticipations=anticipations,
        manager=find_manager(book, request),
        changes=None if last is None else changes(book, last),
        last=None if last is None else work_out(last, period),
    )
    match request.kind:
        case "update":
            points = update_points(situation)
        case "ask":
            points = ask_points(situation)
        case "feedback":
            points = feedback_points(situation)
    points = tuple(_with_practices(p, request.kind, practices) for p in points)
    raised = {topic for point in points for topic in point.topics}
    topics = tuple(a.topic for a in anticipations if a.topic in raised)
    shown = scenarios if request.kind == "update" and (scenarios.total or scenarios.lines) else None
    return Plan(request, points, topics, shown, tuple(practices), situation.manager)


def _plainly_called(period: Period) -> Period:
    """Return the period as a sentence calls it: "end of September" lands nowhere, September does."""
    plain = _END_OF.sub("", period.label)
    if plain == period.label:
        return period
    return replace(
        period, label=f"the {plain.lower()}" if plain.lower() in ("quarter", "month", "year", "half") else plain
    )


_END_OF = re.compile(r"^(?:the )?(?:end|close) of (?:the |this )?", re.IGNORECASE)


def _with_practices(point: Point, kind: str, found: Sequence[PracticeFound]) -> Point:
    by_role = _roles().get(kind, {})
    group = dict(point.facts).get("group")
    wanted = [*by_role.get(f"{point.role}.{group}", ()), *by_role.get(point.role, ())]
    known = {p.id for p in found}
    ids = tuple(i for i in dict.fromkeys(wanted) if i in known)
    return replace(point, practices=tuple(dict.fromkeys((*point.practices, *ids))))


@lru_cache(maxsize=1)
def _roles() -> Mapping[str, Mapping[str, Sequence[str]]]:
    data: Mapping[str, Mapping[str, Sequence[str]]] = load("chains.planning", "practices.yaml")
    return data
