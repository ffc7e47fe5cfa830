"""One deal in words: a `Deal` with its standing comes in, a few sentences with their sources go out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chains.changes import times_pushed
from chains.deals import ME, Deal, ExceptionWanted, Fact, Money, Risk, Span
from chains.drafts import Source
from chains.kinds import Category, RiskKind, Stage, Team
from chains.planning.standing import MOST_ROOM, SHORT_ROOM, Depth, Group
from chains.writing.clauses import because, team_of, whole, wish
from chains.writing.figures import percent
from chains.writing.grammar import plural_verb, shape, verbs
from chains.writing.phrasing import Phrasing
from chains.writing.remarks import Remark, is_understood, remarks, told_kinds
from chains.writing.retelling import nearest_person, notes_of, retold, step_words, with_person
from chains.writing.voice import first_up, run_on

_OVER, _FAR_OVER = 12, 22  # words by which the first remark may pass its room, the second for what is pressing
_PRESSING_WORTH = 8
_ASIDE, _ASIDE_WORTH = 6, 5  # a few telling words go beside the first remark, room or no room
_LEAST_WORTH: dict[Depth, int] = {"full": 2, "short": 3, "mention": 10}
_PRESSING = 9  # words that a fact nobody has told yet may come to where there is no room left
_LONG_CAUSE = 24
_CAUSE = re.compile(r"\b(?:because|b/c|bc|since|as|due to|cos|reason(?: is| was)?[ ,:=]*)\s", re.IGNORECASE)
_CATEGORY_WORDS = {
    Category.COMMIT: "commit",
    Category.BEST_CASE: "best case",
    Category.PIPELINE: "pipeline",
    Category.OMITTED: "omitted",
}


@dataclass(slots=True)
class Entry:
    """Collect what has been said of one deal."""

    deal: Deal
    phrasing: Phrasing
    room: int
    implied: Category | None = None
    sources: list[Source] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def take(self, fact: Fact[object] | None) -> None:
        """Note that a fact has been said."""
        if fact is not None:
            self.sources.extend(fact.spans)

    def tell(self, text: str, spans: Sequence[Span] = ()) -> None:
        """Note what has been said and where it stands."""
        self.said.append(text)
        self.spans.extend(spans)
        self.sources.extend(spans)

    def is_told(self, spans: Sequence[Span]) -> bool:
        """Tell whether a remark that stands at most of these places has been said already."""
        return any(_share(s, t) > 0.5 for s in spans for t in self.spans)

    def names(self, name: str) -> bool:
        """Tell whether a person has been named already, by their first or last name."""
        text = " ".join(self.said)
        return any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) for part in name.split() if len(part) > 2)


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
    lead = _lead(told, group, form)
    told.said.insert(0, lead)
    return run_on(lead, *_sentences(told, group, depth)), tuple(dict.fromkeys(told.sources))


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
    if next_one and (depth == "full" or not sentences) and not told.is_told(step_spans):
        step = _step(told)
        if step and not _repeats(step, told.said):
            step = with_person(step, deal, step_spans, told.said, told.phrasing)
            told.tell(step, step_spans)
            steps = [step]
    sentences += [*_from_facts(told, group, depth), *steps]
    if depth == "full" and (people := _people(told, group)):
        sentences.append(people)
    return sentences


def _repeats(step: str, said: Sequence[str]) -> bool:
    """Tell whether most of a step's words have been said in one sentence already."""
    words = _content_words(step)
    return bool(words) and any(len(words & _content_words(s)) >= 0.6 * len(words) for s in said[1:])


def _content_words(text: str) -> frozenset[str]:
    return frozenset(w.casefold() for w in re.findall(r"[^\W_]{4,}|\d+", text))


def _step(told: Entry) -> str:
    step, _ = step_words(told.deal, told.phrasing)
    # what the manager is asked to do is said once, where all that is needed from them stands
    return "" if step.startswith(("please", "could you")) else step


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
    for i, remark in sorted(enumerate(found), key=lambda pair: -pair[1].worth):
        length = len(remark.text.split())
        over = _OVER if remark.worth < _PRESSING_WORTH else _FAR_OVER
        fits = length <= room or (not chosen and length <= room + over)
        idle = not remark.kinds and shape(remark.text) == "nominal" and bool(chosen)
        aside = len(chosen) == 1 and length <= _ASIDE and remark.worth >= _ASIDE_WORTH
        if (fits or aside) and not idle and remark.worth >= _LEAST_WORTH[depth]:
            chosen.add(i)
            room -= length
    sentences: list[str] = []
    for i in sorted(chosen):
        words = retold(_by_pronoun(found[i].text, told), phrasing)
        words = _spoken(_understandable(words, found[i], told), found[i], told)
        if words:
            told.tell(words, found[i].spans)
            elsewhere.extend(found[i].spans)  # a line about two deals is told with the first
            sentences.append(words)
    return sentences


def _by_pronoun(text: str, told: Entry) -> str:
    """Return a remark that opens on the account's own name with "they" in its place, or without it."""
    deal = told.deal
    for name in sorted((deal.name, *deal.aliases), key=len, reverse=True):
        if text[: len(name)].casefold() != name.casefold() or text[len(name) : len(name) + 1] != " ":
            continue
        without = text[len(name) + 1 :]
        verb, _, rest = without.partition(" ")
        if many := plural_verb(verb):
            return f"they {many} {rest}".strip()
        return without if shape(without) == "sentence" else text
    return text


def _understandable(words: str, remark: Remark, told: Entry) -> str:
    """Return a fragment that tells a risk or a wish as a clause: "2 voicemails since May" -> "they are silent: ..."."""
    if not remark.spans:
        return words
    phrasing = told.phrasing
    fragment = shape(words) == "nominal"
    for exception in told.deal.exceptions:
        if fragment and _touches(exception.spans, remark.spans):
            return wish(words, phrasing)
    for risk in told.deal.risks:
        kind = risk.value.kind
        if _touches(risk.spans, remark.spans) and (fragment or not is_understood(kind, words)):
            if is_understood(kind, " ".join(told.said)):
                continue
            common = words.split(" ", 1)[0].lower() in verbs().subjects | _SMALL_STARTS
            small = f"{words[:1].lower()}{words[1:]}" if common else words
            return f"{phrasing.voice.say(f'risk.{kind.value}')}: {small}"
    return words


def _spoken(words: str, remark: Remark, told: Entry) -> str:
    """Return a remark with the people it means: a quoted one with who wrote it, "he" and "she" by name."""
    if not remark.quoted or not remark.spans:
        return with_person(words, told.deal, remark.spans, told.said, told.phrasing)
    if words.endswith("?"):
        return ""
    who = nearest_person(told.deal, remark.spans[0].start, told.phrasing)
    said = words.strip('"“”„«» ')
    return f'{who} writes: "{first_up(said)}"' if who else f'they write: "{first_up(said)}"'


def _from_facts(told: Entry, group: Group, depth: Depth) -> list[str]:
    """Return what facts tell that no words of the notes have told yet."""
    phrasing = told.phrasing
    sentences: list[str] = []
    room = told.room - sum(len(s.split()) for s in told.said[1:])
    for said, spans in _facts(told, group):
        if not said or told.is_told(spans) or phrasing.private(tuple(spans)) or _repeats(said, ["", *told.said]):
            continue
        pressing = depth == "full" and len(said.split()) <= _PRESSING
        if told.said[1:] and len(said.split()) > room and not pressing:
            continue
        room -= len(said.split())
        told.tell(said, spans)
        sentences.append(said)
    return sentences


def _lead(told: Entry, group: Group, form: str) -> str:
    deal, phrasing = told.deal, told.phrasing
    say = phrasing.voice.say
    for fact in (deal.account, deal.amount, deal.category, deal.close_date):
        told.take(fact)
    name = phrasing.names.full(deal.name)
    days = phrasing.days
    date = days.calendar(deal.close_date.value) if deal.close_date else None
    standing = _standing(told, date)
    figured = _figured(told)
    category = _category_moved(told)
    facts: dict[str, str | None] = {
        "name": name,
        "amount": figured,
        "what": ", ".join(part for part in (figured, category) if part),
        "standing": standing,
    }
    key = _lead_key(deal, group)
    if key == "open" and deal.amount is None:
        key = "open.unknown"
    if key.startswith("won"):
        facts["on"] = days.on(deal.close_date.value) if deal.close_date else None
    if key in ("open.moved", "open.in") and deal.previous_close_date is not None:
        told.take(deal.previous_close_date)
        facts |= {"old": days.calendar(deal.previous_close_date.value), "new": date, "standing": None, "amount": None}
    if key in ("open.moved", "open.in", "lost"):
        facts["cause"] = _cause(told)
    if key == "open.moved" and (times := times_pushed(deal)) and times > 1:
        facts["nth"] = _ORDINALS.get(times, f"{times}th")
    return say(f"{form}.{key}", **facts)


def _figured(told: Entry) -> str | None:
    deal = told.deal
    said = figure(deal, told.phrasing)
    if said is None:
        closed = deal.category is not None and deal.category.value in (Category.CLOSED_LOST, Category.OMITTED)
        return None if closed else told.phrasing.voice.say("no_amount")
    grew = _amount_change(told)
    return f"{said}, {grew}" if grew else said


def _standing(told: Entry, date: str | None) -> str | None:
    deal, phrasing = told.deal, told.phrasing
    category = _category(told)
    if category is None and date is None:
        return None
    passed = deal.close_date is not None and deal.close_date.value < phrasing.book.conventions.as_of
    if passed and category and date:
        return phrasing.voice.say("standing.passed", cat=category, date=date)
    return phrasing.voice.say("standing", cat=category, date=date)


_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def _lead_key(deal: Deal, group: Group) -> str:
    if group in ("won", "won_before"):
        return f"won.{won_how(deal)}"
    if group in ("lost", "omitted"):
        return group
    if deal.close_date is not None and deal.previous_close_date is not None:
        if deal.close_date.value > deal.previous_close_date.value:
            return "open.moved"
        if deal.close_date.value < deal.previous_close_date.value:
            return "open.in"
    return "open"


def won_how(deal: Deal) -> str:
    """Return how the notes say a deal was won: "po", "signed" or "closed"."""
    text = " ".join([*(line.text for line in deal.lines), *(d.value.text for d in deal.details)])
    if re.search(r"\bpo\b|purchase order|\border (?:is|came|dated|received)\b", text, re.IGNORECASE):
        return "po"
    return "signed" if re.search(r"\b(?:counter)?sign(?:ed|atures?)\b", text, re.IGNORECASE) else "closed"


def figure(deal: Deal, phrasing: Phrasing) -> str | None:
    """Return the amount as the text says it; None where it is not known."""
    return phrasing.figures.money(deal.amount.value) if deal.amount else None


def _category(told: Entry) -> str | None:
    category = told.deal.category
    if category is None or category.value is told.implied:
        return None
    return _CATEGORY_WORDS.get(category.value)


def _category_moved(told: Entry) -> str | None:
    """Return the category, with what it was where the notes tell."""
    now = _category(told)
    before = told.deal.previous_category
    old = _CATEGORY_WORDS.get(before.value) if before else None
    if now is None or old is None or old == now:
        return now
    told.take(before)
    return f"{now}, {told.phrasing.voice.say('was', old=old)}"


def _amount_change(told: Entry) -> str | None:
    deal, phrasing = told.deal, told.phrasing
    if deal.amount is None or deal.previous_amount is None:
        return None
    now, before = deal.amount.value, deal.previous_amount.value
    if now.amount == before.amount or now.currency != before.currency:
        return None
    told.take(deal.previous_amount)
    old = phrasing.figures.money(Money(before.amount, before.currency), basis=False)
    return phrasing.voice.say("amount.up" if now.amount > before.amount else "amount.down", old=old)


def _cause(told: Entry) -> str | None:
    phrasing = told.phrasing
    if told.deal.lines:
        for remark in remarks(told.deal, notes_of(phrasing)):
            opened = _CAUSE.search(remark.text)
            if opened and opened.start() == 0 and len(remark.text.split()) <= _LONG_CAUSE:
                said = because(retold(remark.text, phrasing, whole_clause=False), phrasing)
                told.tell(said, remark.spans)
                return said
        return None
    for fact in told.deal.details:
        if fact.value.kind == "cause" and not phrasing.private(fact.spans):
            said = because(fact.value.text, phrasing)
            if said and len(said.split()) <= _LONG_CAUSE:
                told.take(fact)
                told.spans.extend(fact.spans)
                return said
    return None


def _facts(told: Entry, group: Group) -> Iterator[tuple[str, Sequence[Span]]]:
    """Yield what the facts of a deal tell, the most pressing first."""
    deal, phrasing = told.deal, told.phrasing
    if group in ("won", "won_before"):
        yield from _details(told, ("credit",))
    if group in ("lost", "omitted"):
        yield from _details(told, ("cause", "status"))
        return
    if _lead_key(deal, group) not in ("open.moved", "open.in"):
        yield from _category_change(told)
    if not deal.lines:
        yield from _details(told, ("status", "cause"))
    covered: set[object] = set()
    already = told_kinds(deal, told.spans)
    for risk in sorted(deal.risks, key=lambda r: r.value.kind in _LATE_RISKS):
        if risk.value.kind in _ABSENCES and deal.next_step and _touches(risk.spans, deal.next_step.spans):
            # "Priti intros us to whoever signs" is the way out; that nobody is known comes before it
            covered.add(risk.value.kind)
            yield phrasing.voice.say(f"risk.{risk.value.kind.value}"), ()
            continue
        if risk.value.kind in already or (
            risk.value.kind is RiskKind.TIMELINE_SLIP and deal.previous_close_date is not None
        ):
            continue
        if told.said[1:] and risk.spans and all(notes_of(phrasing).is_row(s) for s in risk.spans):
            continue  # a cell of an export, and the notes have more to say
        covered.add(risk.value.kind)
        yield _risk(told, risk), risk.spans
    for exception in deal.exceptions:
        if not _touches(exception.spans, told.spans):
            yield _exception(told, exception), exception.spans
    for dependency in deal.dependencies:
        team = dependency.value.team
        bare = _bare(dependency.value.text, team.value)
        if team is Team.MANAGER or _touches(dependency.spans, told.spans):
            continue
        if (bare and (_COVERS.get(team) in covered or _step_tells(deal, team))) or (deal.lines and not bare):
            continue
        text = dependency.value.text
        yield (phrasing.voice.say(f"needs.{team.value}") if bare else whole(text, phrasing)), dependency.spans
    open_deal = group not in ("won", "won_before")
    exported = deal.probability is not None and any(notes_of(phrasing).is_row(s) for s in deal.probability.spans)
    if deal.probability is not None and not deal.risks and open_deal and not exported:
        yield phrasing.voice.say("probability", percent=percent(deal.probability.value)), deal.probability.spans
    if not deal.lines:
        yield from _details(told, ("solved", "competitor"))
    if deal.stage is not None and deal.stage.value is Stage.VERBAL and not _speaks_of_signing(told.said):
        heard = any(re.search(r"\bverbal|\byes\b", s, re.IGNORECASE) for s in told.said)
        yield phrasing.voice.say("verbal.unsigned" if heard else "verbal"), deal.stage.spans
    if not deal.lines:
        yield from _details(told, ("context",))


_SMALL_STARTS = frozenset(("not", "never", "no", "none", "somebody", "someone", "only", "still", "until", "since"))
_ABSENCES = (RiskKind.NO_ECONOMIC_BUYER, RiskKind.CHAMPION_LOSS, RiskKind.SINGLE_THREADED)
_LATE_RISKS = (RiskKind.NO_NEXT_STEP, RiskKind.SINGLE_THREADED)
# a team's work and a risk that speak of one thing, where the notes tell no more than both kinds
_COVERS = {
    Team.LEGAL: RiskKind.LEGAL,
    Team.SECURITY: RiskKind.SECURITY_REVIEW,
    Team.SOLUTIONS: RiskKind.RESOURCING,
    Team.ENGINEERING: RiskKind.TECHNICAL,
}


def _step_tells(deal: Deal, team: Team) -> bool:
    """Tell whether the next step already says that the team is at work."""
    if deal.next_step is None or deal.next_step.value.owner is None:
        return False
    step = deal.next_step.value
    return team_of(step.owner or "") is team or step.owner not in (ME, None) or team.value in step.action.casefold()


def _risk(told: Entry, risk: Fact[Risk]) -> str:
    value = risk.value
    phrasing = told.phrasing
    if value.kind is RiskKind.COMPETITION and _bare(value.text, value.kind.value) and told.deal.competitors:
        return phrasing.voice.say("competitor", competitor=told.deal.competitors[0].value)
    return (
        phrasing.voice.say(f"risk.{value.kind.value}")
        if _bare(value.text, value.kind.value)
        else whole(value.text, phrasing)
    )


def _exception(told: Entry, exception: Fact[ExceptionWanted]) -> str:
    value = exception.value
    bare = _bare(value.text, value.kind.value)
    return told.phrasing.voice.say(f"exception.{value.kind.value}") if bare else wish(value.text, told.phrasing)


def _details(told: Entry, kinds: Sequence[str]) -> Iterator[tuple[str, Sequence[Span]]]:
    for kind in kinds:
        for fact in told.deal.details:
            if fact.value.kind == kind:
                yield whole(fact.value.text, told.phrasing), fact.spans


def _category_change(told: Entry) -> Iterator[tuple[str, Sequence[Span]]]:
    deal = told.deal
    if deal.previous_category is None or deal.category is None:
        return
    before, now = deal.previous_category.value, deal.category.value
    if before is now or before not in _CATEGORY_WORDS or now not in _CATEGORY_WORDS:
        return
    said = told.phrasing.voice.say("category.change", old=_CATEGORY_WORDS[before], new=_CATEGORY_WORDS[now])
    yield said, deal.previous_category.spans


def _people(told: Entry, group: Group) -> str:
    deal, phrasing = told.deal, told.phrasing
    champion, buyer = deal.person("champion"), deal.person("economic_buyer")
    c = champion.value.name if champion and not told.names(champion.value.name) else None
    b = buyer.value.name if buyer and not told.names(buyer.value.name) else None
    if buyer and b and buyer.value.title:
        b = f"{b} ({phrasing.tidy.spelled(buyer.value.title)})"
    if champion and buyer and champion.value.name == buyer.value.name:
        return phrasing.voice.say("people.one", champion=c) if c else ""
    for fact, said in ((champion, c), (buyer, b)):
        if said:
            told.take(fact)
    if c and b:
        return phrasing.voice.say("people.both", champion=c, buyer=b)
    if c:
        key = "people.champion.still" if group in ("moved", "down") else "people.champion"
        return phrasing.voice.say(key, champion=c)
    return phrasing.voice.say("people.buyer", buyer=b) if b else ""


def _bare(text: str, kind: str) -> bool:
    """Tell whether a text says no more than the name of its kind."""
    return text.strip().casefold().replace("_", " ") in (kind.replace("_", " "), "")


def _speaks_of_signing(said: Sequence[str]) -> bool:
    return any(re.search(r"\bsign|\bpaper\b|\bwriting\b", s, re.IGNORECASE) for s in said)


def _touches(spans: Sequence[Span], told: Sequence[Span]) -> bool:
    return any(s.start < t.end and t.start < s.end for s in spans for t in told)


def _share(a: Span, b: Span) -> float:
    overlap = min(a.end, b.end) - max(a.start, b.start)
    return overlap / max(1, a.end - a.start)
