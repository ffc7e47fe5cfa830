"""What a feedback talk asks, in order: a `Situation` comes in, `Point`s go out.

The questions are those of the notes; where there are too few, pointed ones are added that hang on a goal, a promise or
the work itself. What the rep owes or got wrong is said plainly, what the manager owes is offered to be done together.
"""

import re
from collections.abc import Iterator, Sequence

from chains.accounts import names_account
from chains.deals import ME, Commitment, Fact, Money, Span, Statement
from chains.drafts import Point
from chains.kinds import Category, StatementKind, Topic
from chains.planning.from_deals import questions_from_deals
from chains.planning.situation import Situation
from chains.planning.talks import (
    THEIRS,
    blocks,
    first_place,
    is_private,
    linked,
    said,
    table,
    tells_nothing,
    without_told,
)
from chains.requests import Manager
from chains.scan import Count, Duration, Percent, scan

ENOUGH = 3  # questions
LEAST_GAP = 40  # characters between an ambition and the question about it
MOST_DEALS = 6  # from here on only those that show something
_NO_EVIDENCE = ("safe", "upside", "pipeline", "later", "won_before")
_ONE_MORE = re.compile(r",\s+(?:and\s+)?(?:what|how|when|where|why|which|who)\s", re.IGNORECASE)
# a question that hangs on the ambition told right before it: "Lead of the team by 2027. What do you look at for that?"
_POINTS_BACK = re.compile(
    r"\b(?:for (?:that|it)|by then|to get there|get there|(?:to|for) do that|before then)\b", re.IGNORECASE
)
# "if not, what's missing in them": a question that hangs on the answer to the one before
_ON_ANSWER = re.compile(
    r"(?:and |or )?if (?:not|so|yes|no)\b,? (?:then )?(?:what|why|how|which|who|when|where)\b", re.IGNORECASE
)
_INTERROGATIVE = re.compile(
    r"(?:and |so |or )?(?:what|which|how|where|when|who|why|do|does|did|is|are|am|was|were|have|has|would|should|could"
    r"|can|will|if)\b",
    re.IGNORECASE,
)
_AIMS = re.compile(
    r"\b(?:goals?|aim\w*|agreed|set|said|want|like|love|become|lead|run|promoted|promotion|role|next|longer term"
    r"|by the end|target|plan|objective|every|each)\b",
    re.IGNORECASE,
)
_TO_THEM = re.compile(r"\b(?:you|she|he|your)\b", re.IGNORECASE)
_LEARNS = re.compile(
    r"\bI(?:['’]d)? (?:want|would like|like|need)(?:ed)? to (?:work on|get better|improve|learn|change)\b",
    re.IGNORECASE,
)
_WISHES = re.compile(r"\b(?:want|like|love|wish|hope|need|propose|suggest)\b", re.IGNORECASE)
LEAST_WITH_TIME = 6  # words of a remark that tells no more than how long: "TIME, last three weeks"
NEAR_LINES = 2
LEAST_LOOSE = 4  # words of a loose remark
# a goal that is told by what stands before it: "two surprises. The goal was none"
_HANGS = re.compile(r"\b(?:was|is) (?:none|zero|that|it|not that|the opposite)\b", re.IGNORECASE)
# the rep's own offer to finish it together
_TOGETHER = re.compile(r"\b(?:together|five minutes|5 min(?:utes)?|in the meeting|right there)\b", re.IGNORECASE)
_TOPIC = {
    StatementKind.GOAL: Topic.GOAL_ALIGNMENT,
    StatementKind.QUESTION: Topic.GOAL_ALIGNMENT,
    StatementKind.ASK: Topic.GOAL_ALIGNMENT,
    StatementKind.EVIDENCE: Topic.EVIDENCE_OF_PROGRESS,
    StatementKind.SHORTCOMING: Topic.EVIDENCE_OF_PROGRESS,
    StatementKind.PROOF: Topic.EVIDENCE_OF_PROGRESS,
    StatementKind.TRIED: Topic.EVIDENCE_OF_PROGRESS,
    StatementKind.CREDIT: Topic.GOOD_NEWS_CREDIT,
}
_BLOCK = {
    StatementKind.GOAL: "goal",
    StatementKind.QUESTION: "questions",
    StatementKind.ASK: "questions",
    StatementKind.SHORTCOMING: "shortcoming",
    StatementKind.WHY_NOW: "evidence",
    StatementKind.EVIDENCE: "evidence",
    StatementKind.PROOF: "evidence",
    StatementKind.TRIED: "evidence",
    StatementKind.CONTEXT: "evidence",
    StatementKind.OFFER: "offer",
    StatementKind.SMALLER_STEP: "offer",
    StatementKind.NEXT_STEPS: "offer",
    StatementKind.CREDIT: "rest",
    StatementKind.ON_REFUSAL: "rest",
    StatementKind.RETURN: "rest",
    StatementKind.DECIDE_BY: "rest",
    StatementKind.COST: "rest",
}
_OWN_ONLY = (
    StatementKind.WHY_NOW,
    StatementKind.SMALLER_STEP,
    StatementKind.OFFER,
    StatementKind.COST,
    StatementKind.RETURN,
    StatementKind.DECIDE_BY,
    StatementKind.ON_REFUSAL,
)
_MINE = re.compile(r"\b(?:I|I'm|I've|I'd|I'll|me|my|mine|we|our)\b", re.IGNORECASE)
_REASON = {
    StatementKind.GOAL: "the goal the talk hangs on",
    StatementKind.QUESTION: "what the rep wants to be told",
    StatementKind.EVIDENCE: "what there is to show",
    StatementKind.SHORTCOMING: "owned up to before anybody asks",
    StatementKind.OFFER: "what the rep will do",
    StatementKind.CREDIT: "thanks",
}


def feedback_points(situation: Situation) -> tuple[Point, ...]:
    """Return the points of a feedback talk."""
    s = situation
    parts: dict[str, list[Point]] = {b: [] for b in table()["feedback"]["usual"]}
    leading = _leading(s)
    told: list[Fact[Statement]] = []
    for kind, block in _BLOCK.items():
        if kind is StatementKind.ASK:
            continue  # in a feedback talk what is asked for is an answer: told with the questions
        statements = [f for f in said(s.book, kind) if kind is not StatementKind.CONTEXT or _carries(f, s)]
        if kind in _OWN_ONLY:
            # "they want a pilot first" is told with the deal
            statements = [f for f in statements if not f.value.account or _MINE.search(f.value.text)]
        if block == "rest" and kind is not StatementKind.CREDIT:
            statements = [f for f in statements if not f.value.account]
        if kind is StatementKind.GOAL:
            statements = sorted([*statements, *_to_learn(s)], key=lambda f: f.spans[0].start if f.spans else 0)
            shown = _shown(statements, s)
            statements = [f for f in statements if not _before(f, s) and f not in leading and f not in shown]
        elif kind in (StatementKind.SHORTCOMING, StatementKind.EVIDENCE):
            hanging = [f for f in said(s.book, StatementKind.GOAL) if _before(f, s) == kind]
            statements = sorted([*statements, *hanging], key=lambda f: f.spans[0].start if f.spans else 0)
        if kind is StatementKind.ON_REFUSAL:
            statements = [f for f in statements if not _ON_ANSWER.match(f.value.text)]
        if kind is StatementKind.EVIDENCE:
            counted = [f for f in said(s.book, StatementKind.ASK) if _is_count(f, s)]
            counted += [f for f in _shown(said(s.book, StatementKind.GOAL), s) if not _before(f, s)]
            statements = sorted([*statements, *counted], key=lambda f: f.spans[0].start if f.spans else 0)
        if kind is StatementKind.QUESTION:
            learnt = _to_learn(s)
            asks = [f for f in said(s.book, StatementKind.ASK) if not _is_count(f, s) and f not in learnt]
            asks += [f for f in said(s.book, StatementKind.ON_REFUSAL) if _ON_ANSWER.match(f.value.text)]
            statements = sorted(
                [*statements, *asks, *leading],
                key=lambda f: f.spans[0].start if f.spans else 0,
            )
        if statements:
            told += statements
            parts[block].append(_point(kind, statements, block))
    parts["questions"] += _added(s, told)
    offered = any(_TOGETHER.search(f.value.text) for f in told if f.value.kind is StatementKind.OFFER)
    parts["promises"] += _promises(s, offered)
    parts["deals"] += _deals(s, told)
    # what is shown follows the notes, whatever each sentence of it is for
    parts["evidence"].sort(key=lambda p: min((x.start for x in p.sources if isinstance(x, Span)), default=0))
    order = blocks("feedback", s.request.manager.listens)
    return tuple(p for block in order for p in parts[block])


def _to_learn(s: Situation) -> list[Fact[Statement]]:
    """Return what the rep wants to get better at: the talk hangs on it, it asks for nothing."""
    return [f for f in said(s.book, StatementKind.ASK) if "?" not in f.value.text and _LEARNS.search(f.value.text)]


def _shown(goals: Sequence[Fact[Statement]], s: Situation) -> list[Fact[Statement]]:
    """Return what follows a goal in the notes and counts how far it is: "March 21 demos, 9 of them in 24h, 43%"."""
    found: list[Fact[Statement]] = []
    for fact in goals[1:]:
        aims = _AIMS.search(fact.value.text) is not None
        if not aims and (_is_count(fact, s) or found):
            found.append(fact)
    return found


def _is_count(fact: Fact[Statement], s: Situation) -> bool:
    """Tell whether what stands among the questions asks nothing and counts: "April 19 demos, 13 in 24h"."""
    text = fact.value.text
    if "?" in text or _INTERROGATIVE.match(text) or _WISHES.search(text) or _TO_THEM.search(text):
        return False
    mentions = scan(text, s.book.conventions)
    return any(isinstance(m.value, Percent) or (isinstance(m.value, Count) and m.value.number > 1) for m in mentions)


def _leading(s: Situation) -> list[Fact[Statement]]:
    """Return the ambitions that a question right behind them hangs on: they are told with the question."""
    told = sorted((f for f in s.book.statements if f.spans), key=lambda f: f.spans[0].start)
    found: list[Fact[Statement]] = []
    for i, question in enumerate(told):
        if question.value.kind is not StatementKind.QUESTION or not _POINTS_BACK.search(question.value.text):
            continue
        after = question
        for before in reversed(told[:i]):
            near = after.spans[0].start - before.spans[-1].end <= LEAST_GAP
            if (
                before.value.kind is not StatementKind.GOAL
                or not near
                or before.spans[0].line < question.spans[0].line - 1
            ):
                break
            found.append(before)
            after = before
    return found


def _before(goal: Fact[Statement], s: Situation) -> StatementKind | None:
    """Return the kind of the sentence that a goal hangs on, None where it stands by itself."""
    if not _HANGS.search(goal.value.text) or not goal.spans:
        return None
    ends = {f.spans[-1].end: f.value.kind for f in s.book.statements if f.spans}
    start = goal.spans[0].start
    return next((ends[start - gap] for gap in range(1, 5) if start - gap in ends), None)


def _point(kind: StatementKind, statements: Sequence[Fact[Statement]], block: str) -> Point:
    topics = (_TOPIC[kind],) if kind in _TOPIC else ()
    accounts = tuple(dict.fromkeys(f.value.account for f in statements if f.value.account))
    facts = (("block", block), ("statements", tuple(statements)))
    sources = tuple(span for f in statements for span in f.spans)
    return Point(
        kind.value,
        "A" if block == "questions" else "B",
        _REASON.get(kind, kind.value),
        accounts,
        topics,
        facts,
        sources,
    )


def _carries(fact: Fact[Statement], s: Situation) -> bool:
    """Tell whether a loose remark says something to the matter: a figure, outside the lines about deals."""
    lines = [line for d in s.book.deals for line in d.lines]
    outside = not any(a.start < line.end and line.start < a.end for a in fact.spans for line in lines)
    mentions = scan(fact.value.text, s.book.conventions)
    figures = [m for m in mentions if isinstance(m.value, Money | Percent | Duration) or _counts(m.value)]
    theirs = THEIRS.search(fact.value.text) is not None
    words = len(fact.value.text.split())
    lasting = all(isinstance(m.value, Duration) for m in figures) and words < LEAST_WITH_TIME
    counted = any(isinstance(m.value, Percent) for m in figures) and words > 1 and _beside_count(fact, s)
    return outside and bool(figures) and (words >= LEAST_LOOSE or counted) and not theirs and not lasting


def _beside_count(fact: Fact[Statement], s: Situation) -> bool:
    """Tell whether a short figure stands right by a goal or by what was counted: "H1 14%", "Q3 11%" under the goal."""
    near = (*s.book.said(StatementKind.GOAL), *s.book.said(StatementKind.EVIDENCE))
    lines = {x.line for f in near for x in f.spans}
    return any(abs(x.line - line) <= NEAR_LINES for x in fact.spans for line in lines)


def _counts(value: object) -> bool:
    return isinstance(value, Count) and bool(value.unit)


def _added(s: Situation, told: Sequence[Fact[Statement]]) -> Iterator[Point]:
    """Yield pointed questions where the notes have too few, the one about the goal first."""
    asked = " ".join(
        f.value.text for f in told if f.value.kind in (StatementKind.QUESTION, StatementKind.ASK)
    ).casefold()
    goals = [f for f in told if f.value.kind is StatementKind.GOAL]
    questions = [f for f in told if f.value.kind in (StatementKind.QUESTION, StatementKind.ASK)]
    count = sum(1 + len(_ONE_MORE.findall(f.value.text)) for f in questions)
    role = any(first_place(table()["role"], g.value.text) is not None for g in goals)
    wanted = [
        ("ask_evidence", role and not _speaks(asked, "evidence", "look at", "take to", "have to show", "count")),
        ("ask_improve", bool(goals) and not _speaks(asked, "improve", "differently", "different", "better", "wrong")),
        ("ask_scale", not _speaks(asked, "1-10", "1 to 10", "one to ten", "aligned", "scale", "out of 10")),
        ("ask_asked", not _speaks(asked, "last time", "last asked", "asked about", "asked abt", "was there a time")),
    ]
    for point in questions_from_deals(s):
        # a question that hangs on what happened comes before any that could be asked in every talk
        if count >= ENOUGH:
            return
        if not any(names_account(asked, d) for d in s.book.deals if d.name in point.accounts):
            count += 1
            yield point
    for key, fits in wanted:
        if count >= ENOUGH:
            return
        if fits:
            count += 1
            sources = tuple(span for g in goals[:1] for span in g.spans)
            facts = (("block", "questions"), ("goals", tuple(goals[:1])))
            yield Point(key, "A", "a question that praise cannot answer", (), (Topic.GOAL_ALIGNMENT,), facts, sources)


def _speaks(text: str, *words: str) -> bool:
    return any(w in text for w in words)


def _promises(s: Situation, offered: bool) -> Iterator[Point]:
    mine: list[Fact[Commitment]] = []
    theirs: list[Fact[Commitment]] = []
    others: list[Fact[Commitment]] = []
    for fact in s.book.commitments:
        if is_private(s.book, fact.spans):
            continue
        owner = fact.value.owner
        (
            mine if owner in (ME, "mine", "me", "my", "my side") else theirs if is_boss(owner, s.manager) else others
        ).append(fact)
    for role, facts_of in (("promise_mine", mine), ("promise_yours", theirs), ("promise_other", others)):
        for fact in facts_of:
            facts = (
                ("block", "promises"),
                ("commitment", fact.value),
                ("together", "" if offered else _together(fact)),
            )
            topics = (Topic.EVIDENCE_OF_PROGRESS,) if role == "promise_mine" else ()
            yield Point(role, "B", "what each side promised, and how far it is", (), topics, facts, fact.spans)


def is_boss(owner: str, manager: Manager) -> bool:
    """Tell whether the owner of a promise is the manager."""
    low = owner.casefold()
    forms = {f.casefold() for f in manager.forms}
    short = len(low) > 1 and any(f.startswith(low) for f in forms)  # "Al" for Alasdair
    return short or low in ("she", "he", "they", "you", "hers", "his", "yours", "her", "him")


def _together(fact: Fact[Commitment]) -> str:
    """Return how an open promise of the manager can be brought to its end: at a table, or on a day."""
    if fact.value.done:
        return ""
    rules = table()
    if first_place(rules["appointment"], fact.value.text) is not None:
        return "appointment"
    return "together" if first_place(rules["together"], fact.value.text) is not None else ""


def _deals(s: Situation, told: Sequence[Fact[Statement]]) -> Iterator[Point]:
    asking = (StatementKind.QUESTION, StatementKind.ASK)
    spans = [span for f in told for span in f.spans if f.value.kind not in asking]
    all_spans = [span for f in told for span in f.spans]
    named = linked(s, told)
    many = len(s.standings) > MOST_DEALS
    for standing in s.standings:
        deal = standing.deal
        category = deal.category.value if deal.category else None
        if (
            tells_nothing(deal)
            or category is Category.OMITTED
            or (many and standing.group in _NO_EVIDENCE and deal.name not in named)
        ):
            continue
        where = deal.amount.spans if deal.amount else deal.account.spans
        if where and any(t.start <= where[0].start and where[0].end <= t.end for t in spans):
            continue  # a sentence of the rep's own tells it already
        topics = tuple(a.topic for a in s.anticipations if deal.name in a.accounts)
        facts = (
            ("block", "deals"),
            ("deal", without_told(deal, all_spans, s.book)),
            ("group", standing.group),
            ("depth", "full"),
        )
        reason = "evidence" if deal.name in named else "where the work stands"
        yield Point("deal", "B", reason, (deal.name,), topics, facts)
