"""What an update says and in which order: books and manners as data, the roles and blocks of the points as data."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chains.deals import (
    ME,
    Book,
    Commitment,
    Conventions,
    Deal,
    Dependency,
    Fact,
    Money,
    NextStep,
    Risk,
    Target,
)
from chains.drafts import Plan, Point, PracticeFound
from chains.kinds import Basis, Category, RiskKind, Team, Topic
from chains.plan import plan
from chains.planning.manner import asked, manner
from chains.requests import Kind, ManagerProfile, Request

CONVENTIONS = Conventions(date(2026, 5, 4))
IN, OUT = date(2026, 6, 19), date(2026, 7, 24)
COMMIT, BEST, PIPELINE, WON, LOST = (
    Category.COMMIT,
    Category.BEST_CASE,
    Category.PIPELINE,
    Category.CLOSED_WON,
    Category.CLOSED_LOST,
)


def deal(name: str, category: Category, amount: int | None = 100_000, close: date | None = IN, **told: Any) -> Deal:
    step = told.get("step")
    return Deal(
        account=Fact(name),
        amount=None if amount is None else Fact(Money(Decimal(amount), told.get("currency", "USD"), told.get("basis"))),
        category=Fact(category),
        previous_category=Fact(told["was"]) if "was" in told else None,
        close_date=None if close is None else Fact(close),
        previous_close_date=Fact(told["before"]) if "before" in told else None,
        next_step=Fact(NextStep(*step)) if step else None,
        risks=tuple(Fact(Risk(RiskKind(k), k)) for k in told.get("risks", ())),
        dependencies=tuple(Fact(Dependency(Team(t), t)) for t in told.get("needs", ())),
    )


WEEK = (
    deal("Orrin Foundry", WON, close=date(2026, 4, 20)),
    deal("Quay Lime", COMMIT, risks=["legal"], needs=["legal"], step=("send the redlines", ME, date(2026, 5, 8))),
    deal("Moss Kiln", COMMIT),
    deal("Tern Shipping", BEST),
    deal("Brack Water", BEST, close=OUT, before=IN, was=COMMIT),
    deal("Ibis Tiles", PIPELINE, close=OUT),
    deal("Gull Paper", LOST, close=None),
)


def planned(*deals: Deal, question: str = "How is Q2?", listens: str = "", kind: Kind = "update", **more: Any) -> Plan:
    book = replace(Book("", CONVENTIONS, deals or WEEK), **more)
    return plan(book, Request(kind, question, ManagerProfile(listens)))


def fact(point: Point, name: str) -> Any:
    return dict(point.facts).get(name)


def blocks(made: Plan) -> list[str]:
    return list(dict.fromkeys(fact(p, "block") for p in made.points))


def told(made: Plan) -> list[str]:
    return [p.accounts[0] for p in made.points if p.role in ("deal", "change")]


MANNERS = [
    pytest.param("", ["money", "bad", "fill", "deals", "later"], id="no wishes: the answer, then the bad news"),
    pytest.param("bad news first", ["bad", "fill", "money"], id="bad news first"),
    pytest.param("short, numbers first", ["money", "bad"], id="numbers first"),
    pytest.param("accounts and dates, then the money", ["deals", "money", "bad"], id="accounts before the money"),
    pytest.param(
        "wants the number, then what could break it", ["money", "bad"], id="the number, then what could break it"
    ),
    pytest.param("figures, then names", ["money", "bad", "fill", "deals"], id="figures, then names"),
]


@pytest.mark.parametrize(("listens", "first"), MANNERS)
def test_parts_come_in_the_order_the_manager_listens_in(listens: str, first: list[str]) -> None:
    assert blocks(planned(listens=listens or "bullets"))[: len(first)] == first


def test_the_answer_comes_before_everything_else() -> None:
    assert planned().points[0].role == "answer"


def test_every_deal_is_told_once() -> None:
    assert sorted(told(planned())) == sorted(d.name for d in WEEK)


def test_every_deal_is_told_once_when_there_is_a_last_week() -> None:
    last = Book("", CONVENTIONS, tuple(replace(d, close_date=Fact(date(2026, 6, 1))) for d in WEEK[1:3]))
    made = plan(Book("", CONVENTIONS, WEEK), Request("update", "How is Q2?"), (), last)
    assert sorted(told(made)) == sorted(d.name for d in WEEK)


def test_what_could_break_is_told_with_the_bad_news_where_the_manager_asks_for_it() -> None:
    made = planned(listens="the number, then what could break it")
    blocks = {p.accounts[0]: fact(p, "block") for p in made.points if p.role == "deal"}
    assert blocks["Quay Lime"] == "bad"
    assert [name for name, block in blocks.items() if block == "gone"] == ["Brack Water", "Gull Paper"]


def test_what_to_bet_on_stands_apart_from_what_not_to() -> None:
    made = planned(question="which ones would you bet on?")
    found = {p.accounts[0]: fact(p, "block") for p in made.points if p.role == "deal"}
    assert (found["Quay Lime"], found["Tern Shipping"], found["Ibis Tiles"]) == ("bets", "not_bets", "later")


QUESTIONS = [
    pytest.param("How's Q1 looking?", ("forecast",), (), id="a forecast"),
    pytest.param("where is Quay Lime?", (), ("Quay Lime",), id="one deal"),
    pytest.param("where does Moss Kiln stand?", (), ("Moss Kiln",), id="one deal in the words of a forecast"),
    pytest.param("Where are we on Q4, and what happened to Quay?", ("forecast",), ("Quay Lime",), id="both"),
    pytest.param("what changed since last week?", ("changes",), (), id="changes"),
    pytest.param("Are we good for Q1?", ("enough", "forecast"), (), id="yes or no"),
    pytest.param("how much of Q2 is in the bag?", ("secured", "forecast"), (), id="what is safe"),
    pytest.param("which deals slipped?", ("slipped",), (), id="slips"),
    pytest.param("what do you need from me?", ("needs",), (), id="needs"),
    pytest.param("one line each please", ("lines",), (), id="one line each"),
    pytest.param("Q3 by account please", ("lines", "forecast"), (), id="account by account"),
    pytest.param("Where does Q1 land, and which would you bet on?", ("bets", "forecast"), (), id="what to bet on"),
]


@pytest.mark.parametrize(("question", "kinds", "accounts"), QUESTIONS)
def test_a_question_is_understood(question: str, kinds: tuple[str, ...], accounts: tuple[str, ...]) -> None:
    found = asked(Request("update", question), Book("", CONVENTIONS, WEEK))
    assert (found.kinds, found.accounts) == (kinds, accounts)


LISTENING = [
    pytest.param("tells it as a story", 3, "prose", id="a story"),
    pytest.param("tells it as a story", 14, "bullets", id="a dozen deals are no story"),
    pytest.param("bullets, please", 2, "bullets", id="bullets"),
    pytest.param("one line each", 9, "lines", id="one line each"),
    pytest.param("by phone, on the way home", 5, "talk", id="by phone"),
    pytest.param("", 2, "prose", id="few deals and no wishes"),
    pytest.param("", 8, "bullets", id="many deals and no wishes"),
]


@pytest.mark.parametrize(("listens", "deals", "layout"), LISTENING)
def test_the_layout_follows_the_manager_and_the_number_of_deals(listens: str, deals: int, layout: str) -> None:
    assert manner(Request("update", "How is Q2?", ManagerProfile(listens)), deals).layout == layout


def test_a_paragraph_that_the_question_asks_for_is_short() -> None:
    made = manner(Request("update", "Can you give me Q2 in one short paragraph?"), 6)
    assert (made.layout, made.words) == ("paragraph", 130)


def test_a_question_about_one_deal_is_answered_with_that_deal() -> None:
    made = planned(question="Where is Quay Lime?")
    assert told(made) == ["Quay Lime"]
    assert made.points[0].accounts == ("Quay Lime",)
    assert Topic.LEGAL_CAPACITY in made.topics


def test_only_topics_that_are_told_are_claimed() -> None:
    made = planned(question="Where is Moss Kiln?")
    assert made.topics == ()


def test_mixed_currencies_get_a_line_each_and_no_worst_or_best() -> None:
    made = planned(deal("Orrin Foundry", WON), deal("Weir & Sohn", COMMIT, currency="EUR"))
    roles = [p.role for p in made.points]
    assert "by_kind" in roles
    assert not {"worst", "best"} & set(roles)


def test_mixed_bases_get_a_line_each_too() -> None:
    made = planned(deal("Orrin Foundry", WON, basis=Basis.ARR), deal("Quay Lime", COMMIT, basis=Basis.MRR))
    assert "by_kind" in [p.role for p in made.points]


def test_a_missing_amount_is_said() -> None:
    made = planned(deal("Orrin Foundry", WON), deal("Quay Lime", BEST, amount=None))
    (point,) = (p for p in made.points if p.role == "missing")
    assert point.accounts == ("Quay Lime",)
    assert Topic.DATA_MISSING in made.topics


def test_a_target_brings_the_gap() -> None:
    target = Target(Money(Decimal(500_000), "USD"), date(2026, 4, 1), date(2026, 6, 30))
    made = planned(*WEEK, targets=(Fact(target),))
    assert "gap" in [p.role for p in made.points]
    assert Topic.GAP_TO_NUMBER in made.topics


def test_a_hole_is_filled_with_the_fewest_deals_that_cover_it() -> None:
    made = planned(
        deal("Brack Water", BEST, 90_000, OUT, before=IN, was=COMMIT),
        deal("Tern Shipping", BEST, 400_000),
        deal("Ibis Tiles", BEST, 95_000),
        deal("Moss Kiln", BEST, 20_000),
    )
    (point,) = (p for p in made.points if p.role == "replacement")
    assert [h.account for h in fact(point, "fillers")] == ["Ibis Tiles"]


def test_a_deal_that_is_counted_already_fills_no_hole() -> None:
    made = planned(
        deal("Brack Water", BEST, 90_000, OUT, before=IN, was=COMMIT),
        deal("Tern Shipping", COMMIT, 60_000, IN, before=OUT),
        deal("Ibis Tiles", BEST, 95_000),
    )
    (point,) = (p for p in made.points if p.role == "replacement")
    assert [h.account for h in fact(point, "fillers")] == ["Ibis Tiles"]


def test_a_deal_that_has_gone_quiet_fills_no_hole() -> None:
    made = planned(
        deal("Brack Water", BEST, 90_000, OUT, before=IN, was=COMMIT),
        deal("Tern Shipping", BEST, 95_000, risks=["gone_dark"]),
    )
    (point,) = (p for p in made.points if p.role == "replacement")
    assert fact(point, "fillers") == ()


def test_amounts_of_another_currency_fill_no_hole() -> None:
    made = planned(
        deal("Brack Water", BEST, 90_000, OUT, before=IN, was=COMMIT), deal("Tern Shipping", BEST, currency="EUR")
    )
    (point,) = (p for p in made.points if p.role == "replacement")
    assert fact(point, "fillers") == ()


def test_what_the_manager_owes_is_brought_up_and_what_the_rep_owes_is_not() -> None:
    owed = Fact(Commitment("Dolores", ME, "the intro to Bess"))
    mine = Fact(Commitment(ME, "Dolores", "the close plan"))
    kept = Fact(Commitment("Dolores", ME, "the travel budget", done=True))
    made = planned(*WEEK, commitments=(owed, mine, kept))
    assert [fact(p, "commitment") for p in made.points if p.role == "owed"] == [owed.value]


def test_a_practice_is_tied_to_the_part_it_shapes() -> None:
    found = (
        PracticeFound("scenarios", "Talk in scenarios", "Fluint", "fits"),
        PracticeFound("master-basics", "Master the basics", "AA-ISP", "fits"),
    )
    made = plan(Book("", CONVENTIONS, WEEK), Request("update", "How is Q2?"), found)
    named = {p.role: p.practices for p in made.points if p.practices}
    assert named["worst"] == ("scenarios",)
    assert not any("master-basics" in ids for ids in named.values())


def test_a_plan_without_deals_still_answers() -> None:
    made = planned(question="How is Q2?", deals=())
    assert made.points[0].role == "answer"


@pytest.mark.parametrize("kind", ["update", "ask", "feedback"])
def test_every_kind_is_planned(kind: Kind) -> None:
    assert planned(kind=kind).request.kind == kind


# the best case beside a gap of 100k and a best case deal of 90k that moved out
SPARE = [
    pytest.param(95_000, Decimal(0), id="what does not even close the gap replaces nothing"),
    pytest.param(100_000, Decimal(0), id="what just closes the gap replaces nothing"),
    pytest.param(150_000, Decimal(50_000), id="what goes past the gap leaves the rest"),
    pytest.param(190_000, None, id="what is enough for both replaces the deal"),
]


@pytest.mark.parametrize(("hope", "spare"), SPARE)
def test_a_deal_closes_the_gap_before_it_makes_up_for_another(hope: int, spare: Decimal | None) -> None:
    target = Fact(Target(Money(Decimal(200_000), "USD"), date(2026, 4, 1), date(2026, 6, 30)))
    made = planned(
        deal("Brack Water", BEST, 90_000, OUT, before=IN),
        deal("Moss Kiln", COMMIT),
        deal("Tern Shipping", BEST, hope),
        targets=(target,),
    )
    (point,) = (p for p in made.points if p.role == "replacement")
    assert fact(point, "spare") == spare


YES_OR_NO = [
    pytest.param("Are we safe for Q2?", True, id="are we safe"),
    pytest.param("are you going to hit it?", True, id="are you going to hit it"),
    pytest.param("Is the quarter still on track?", True, id="is the quarter on track"),
    pytest.param("Will we be short?", True, id="will we be short"),
    pytest.param("Can you send me Q2?", False, id="a request is no question for the number"),
    pytest.param("How does Q2 look?", False, id="an open question"),
]


@pytest.mark.parametrize(("question", "wanted"), YES_OR_NO)
def test_a_question_for_yes_or_no_is_seen(question: str, wanted: bool) -> None:
    assert ("enough" in asked(Request("update", question), Book("", CONVENTIONS, WEEK)).kinds) is wanted


def test_what_is_called_commit_without_a_date_is_named_beside_the_sums() -> None:
    made = planned(*WEEK, deal("Heron Salt", COMMIT, close=None), deal("Gannet Glass", PIPELINE, close=None))
    (point,) = (p for p in made.points if p.role == "undated")
    assert point.accounts == ("Heron Salt",)


def test_the_number_of_the_last_quarter_holds_for_the_year_end_where_all_counted_closes_in_it() -> None:
    target = Fact(Target(Money(Decimal(300_000), "USD"), date(2026, 10, 1), date(2026, 12, 31)))
    late, early = date(2026, 11, 20), date(2026, 8, 20)
    question = "Are we safe for year end?"
    for closes, held in ((late, True), (early, False)):
        made = planned(deal("Moss Kiln", COMMIT, close=closes), question=question, targets=(target,))
        assert made.scenarios is not None
        assert (made.scenarios.target is not None) is held
