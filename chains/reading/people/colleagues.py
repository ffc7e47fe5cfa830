"""Who of our own people the notes name: marked notes come in, teams by first name and the manager's names go out.

"Jamal (SE) saved the demo" in one deal tells whose team runs the next one; "1:1 prep w/ Karen" tells who manages.
"""

from dataclasses import dataclass

from chains.deals import Deal, Dependency, Fact, NextStep
from chains.kinds import Team
from chains.reading.ground import Ground
from chains.reading.layout.marked import Marked
from chains.reading.lexicon import wordlists
from chains.reading.people.work import team_at_work

_LINKING = frozenset(["(", "in", "from", "over", "our", "on", "=", ",", "the"])
_TALKS = frozenset(["1:1", "prep", "for", "with", "to", "meeting", "one", "ask", "mgr", "manager", "boss", "catchup"])
_FIRST_LINES = 4


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Hold the teams of our own people by folded first name, and the folded names of the manager."""

    teams: dict[str, Team]
    managers: frozenset[str]


def colleagues_in(marked: Marked) -> Colleagues:
    """Return the colleagues that the notes explain once, wherever that is."""
    tokens, names = marked.stream.tokens, wordlists()["first_names"]
    teams: dict[str, Team] = {}
    for hit in marked.hits:
        if hit.group != "team" or hit.first < 1:
            continue
        i = hit.first - 1
        ours = False
        while i > 0 and hit.first - i <= 3 and tokens[i].low in _LINKING:
            ours = ours or tokens[i].low == "our"
            i -= 1
        bracket = tokens[hit.first - 1].low == "(" or tokens[i + 1].low in ("(", "in", "from", "over")
        named = tokens[i].kind == "word" and tokens[i].low in names and tokens[i].text[:1].isupper()
        same = marked.clauses.sentence_of[i] == marked.clauses.sentence_of[hit.first]
        if named and same and (ours or bracket) and "their" not in {t.low for t in tokens[i : hit.first]}:
            teams.setdefault(tokens[i].low, Team(hit.name))
    return Colleagues(teams, _managers(marked))


def _managers(marked: Marked) -> frozenset[str]:
    """Return whom the first lines are written for: 1:1 prep w/ Karen; for Bill before the 2pm call."""
    tokens, names = marked.stream.tokens, wordlists()["first_names"]
    found: set[str] = set()
    for unit in marked.units[:_FIRST_LINES]:
        if unit.first.header not in ("", "subject", "to"):
            continue
        within = marked.stream.within(unit.start, unit.end)
        if any(t.kind == "money" for t in tokens[within.start : within.stop]):
            continue  # a deal's line: "96k, contract with Lesley"
        for i in list(within)[:40]:
            if tokens[i].low not in names or not tokens[i].text[:1].isupper() or i == within.start:
                continue
            if tokens[i - 1].low in ("with", "for", "to") and any(t.low in _TALKS for t in tokens[within.start : i]):
                found.add(tokens[i].low)
    return frozenset(found)


def with_colleagues(ground: Ground, deal: Deal, colleagues: Colleagues) -> tuple[Fact[Dependency], ...]:
    """Return the deal's dependencies with that on a colleague, or the manager, who has the next step."""
    step = deal.next_step
    if step is None or not step.value.owner:
        return deal.dependencies
    first = step.value.owner.casefold().split()[0]
    team = Team.MANAGER if first in colleagues.managers else colleagues.teams.get(first)
    told = any(_same_doing(ground, d, step) for d in deal.dependencies)
    team = team or (None if told else team_at_work(ground, deal))
    if team is None or any(d.value.team is team for d in deal.dependencies):
        return deal.dependencies
    people = {p.value.name.casefold().split()[0] for p in deal.people if p.value.role in ("champion", "economic_buyer")}
    if first in people:
        return deal.dependencies
    person = step.value.owner if step.value.owner[:1].isupper() and first in wordlists()["first_names"] else None
    added = Dependency(team, step.value.action, person, step.value.due)
    return (*deal.dependencies, Fact(added, step.spans))


def _same_doing(ground: Ground, dependency: Fact[Dependency], step: Fact[NextStep]) -> bool:
    """Tell whether a team has been read from the sentence of the step already, so that its owner is of that team."""
    if dependency.value.person and dependency.value.person == step.value.owner:
        return True
    sentences = {
        ground.marked.clauses.sentence_of[i]
        for spans in (dependency.spans, step.spans)
        for s in spans[:1]
        for i in list(ground.marked.stream.within(s.start, s.end))[:1]
    }
    return len(sentences) == 1
