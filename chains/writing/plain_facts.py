"""What a deal's facts tell where no words of the notes do: an `Entry` comes in, clauses with their places go out."""

import re
from collections.abc import Iterator, Sequence

from chains.deals import ME, Deal, ExceptionWanted, Fact, Person, Risk, Span
from chains.kinds import RiskKind, Stage, Team
from chains.planning.standing import Group
from chains.writing.clauses import team_of, whole, wish
from chains.writing.figures import percent
from chains.writing.grammar import shape
from chains.writing.leads import is_moved
from chains.writing.remarks import told_kinds
from chains.writing.retelling import notes_of
from chains.writing.soundness import sound
from chains.writing.telling import CATEGORY_WORDS, Entry, touches

_ABSENCES = (RiskKind.NO_ECONOMIC_BUYER, RiskKind.CHAMPION_LOSS, RiskKind.SINGLE_THREADED)
_UNMET = re.compile(r"([A-Z][\w.’' -]+?)[,;:]? never met(?: (?:him|her|them))?")
_OF_A_RIVAL = re.compile(r"\bcheaper\b|\bundercut", re.IGNORECASE)
_LATE_RISKS = (RiskKind.NO_NEXT_STEP, RiskKind.SINGLE_THREADED)
# a team's work and a risk that speak of one thing, where the notes tell no more than both kinds
_COVERS = {
    Team.LEGAL: RiskKind.LEGAL,
    Team.SECURITY: RiskKind.SECURITY_REVIEW,
    Team.SOLUTIONS: RiskKind.RESOURCING,
    Team.ENGINEERING: RiskKind.TECHNICAL,
}


def facts_of(told: Entry, group: Group) -> Iterator[tuple[str, Sequence[Span]]]:
    """Yield what the facts of a deal tell, the most pressing first."""
    deal, phrasing = told.deal, told.phrasing
    if group in ("won", "won_before"):
        yield from _details(told, ("credit",))
    if group in ("lost", "omitted"):
        yield from _details(told, ("cause", "status"))
        return
    if not is_moved(deal, group):
        yield from _category_change(told)
    if not deal.lines:
        yield from _details(told, ("status", "cause"))
    covered: set[object] = set()
    already = told_kinds(deal, told.spans)
    for risk in sorted(deal.risks, key=lambda r: r.value.kind in _LATE_RISKS):
        if risk.value.kind in _ABSENCES and deal.next_step and touches(risk.spans, deal.next_step.spans):
            # "Priti intros us to whoever signs" is the way out; that nobody is known comes before it
            covered.add(risk.value.kind)
            buyer = unmet_buyer(deal, risk.value.kind)
            if buyer is not None:
                yield phrasing.voice.say("buyer.unmet", name=buyer.value.name), ()
            else:
                yield phrasing.voice.say(f"risk.{risk.value.kind.value}"), ()
            continue
        if risk.value.kind in already or (
            risk.value.kind is RiskKind.TIMELINE_SLIP and deal.previous_close_date is not None
        ):
            continue
        rivals = risk.value.kind is RiskKind.PRICING and RiskKind.COMPETITION in deal.risk_kinds()
        rivals = rivals or (risk.value.kind is RiskKind.PRICING and _OF_A_RIVAL.search(risk.value.text) is not None)
        if rivals and shape(risk.value.text.strip()) == "nominal":
            continue  # that the other one is cheaper goes with the rival
        if told.said[1:] and risk.spans and all(notes_of(phrasing).is_row(s) for s in risk.spans):
            continue  # a cell of an export, and the notes have more to say
        covered.add(risk.value.kind)
        yield _risk(told, risk), risk.spans
    for exception in deal.exceptions:
        if not touches(exception.spans, told.spans):
            yield _exception(told, exception), exception.spans
    for dependency in deal.dependencies:
        team = dependency.value.team
        bare = _bare(dependency.value.text, team.value)
        if team is Team.MANAGER or touches(dependency.spans, told.spans):
            continue
        if (bare and (_COVERS.get(team) in covered or _step_tells(deal, team))) or (deal.lines and not bare):
            continue
        text = dependency.value.text
        said = "" if bare else sound(whole(text, phrasing))
        yield said or phrasing.voice.say(f"needs.{team.value}"), dependency.spans
    open_deal = group not in ("won", "won_before")
    exported = deal.probability is not None and any(notes_of(phrasing).is_row(s) for s in deal.probability.spans)
    given = deal.probability is not None and any(percent(deal.probability.value) in x for x in told.said)
    if deal.probability is not None and not deal.risks and open_deal and not exported and not given:
        yield phrasing.voice.say("probability", percent=percent(deal.probability.value)), deal.probability.spans
    if not deal.lines:
        yield from _details(told, ("solved", "competitor"))
    if deal.stage is not None and deal.stage.value is Stage.VERBAL and not _speaks_of_signing(told.said):
        heard = any(re.search(r"\bverbal|\byes\b", s, re.IGNORECASE) for s in told.said)
        yield phrasing.voice.say("verbal.unsigned" if heard else "verbal"), deal.stage.spans
    if not deal.lines:
        yield from _details(told, ("context",))


def unmet_buyer(deal: Deal, kind: RiskKind) -> Fact[Person] | None:
    """Return the economic buyer whom the rep has not met, where that is somebody else than the champion."""
    buyer, champion = deal.person("economic_buyer"), deal.person("champion")
    if kind is not RiskKind.NO_ECONOMIC_BUYER or buyer is None:
        return None
    return None if champion is not None and champion.value.name == buyer.value.name else buyer


def _step_tells(deal: Deal, team: Team) -> bool:
    """Tell whether the next step already says that the team is at work."""
    if deal.next_step is None or deal.next_step.value.owner is None:
        return False
    step = deal.next_step.value
    return team_of(step.owner or "") is team or step.owner not in (ME, None) or team.value in step.action.casefold()


def _risk(told: Entry, risk: Fact[Risk]) -> str:
    value = risk.value
    phrasing = told.phrasing
    if value.kind is RiskKind.COMPETITION and shape(value.text.strip()) == "nominal" and told.deal.competitors:
        return phrasing.voice.say("competitor", competitor=told.deal.competitors[0].value)
    if value.kind is RiskKind.NO_ECONOMIC_BUYER and (unmet := _UNMET.fullmatch(value.text.strip(" ."))):
        return phrasing.voice.say("buyer.unmet", name=unmet[1])
    buyer = unmet_buyer(told.deal, value.kind)
    bare = _bare(value.text, value.kind.value) or shape(value.text.strip()) == "nominal"
    if bare and buyer is not None:
        return phrasing.voice.say("buyer.unmet", name=buyer.value.name)
    said = "" if bare else sound(whole(value.text, phrasing))
    return said or phrasing.voice.say(f"risk.{value.kind.value}")


def _exception(told: Entry, exception: Fact[ExceptionWanted]) -> str:
    value = exception.value
    bare = _bare(value.text, value.kind.value)
    said = "" if bare else sound(wish(value.text, told.phrasing))
    return said or told.phrasing.voice.say(f"exception.{value.kind.value}")


def _details(told: Entry, kinds: Sequence[str]) -> Iterator[tuple[str, Sequence[Span]]]:
    for kind in kinds:
        for fact in told.deal.details:
            if fact.value.kind == kind:
                yield sound(whole(fact.value.text, told.phrasing)), fact.spans


def _category_change(told: Entry) -> Iterator[tuple[str, Sequence[Span]]]:
    deal = told.deal
    if deal.previous_category is None or deal.category is None:
        return
    before, now = deal.previous_category.value, deal.category.value
    if before is now or before not in CATEGORY_WORDS or now not in CATEGORY_WORDS:
        return
    said = told.phrasing.voice.say("category.change", old=CATEGORY_WORDS[before], new=CATEGORY_WORDS[now])
    yield said, deal.previous_category.spans


def _bare(text: str, kind: str) -> bool:
    """Tell whether a text says no more than the name of its kind."""
    return text.strip().casefold().replace("_", " ") in (kind.replace("_", " "), "")


def _speaks_of_signing(said: Sequence[str]) -> bool:
    return any(re.search(r"\bsign|\bpaper\b|\bwriting\b", s, re.IGNORECASE) for s in said)
