"""The small parts of wording: figures, dates, names, tidied clauses, their shapes, next steps. Tables of what a rep
types and what the text says."""

import re
from datetime import date
from decimal import Decimal

import pytest

from chains.deals import ME, Book, Conventions, Deal, Fact, Money, NextStep, Person
from chains.kinds import Basis, Category
from chains.requests import Request
from chains.writing.clauses import because, next_step, whole, wish
from chains.writing.days import Days
from chains.writing.figures import Figures, amount, code_once, million_in, sign_in, span
from chains.writing.grammar import is_order, plural_verb, shape, third_person
from chains.writing.names import Names, capitalised, joined
from chains.writing.phrasing import Phrasing, phrasing
from chains.writing.tidy import Tidy
from chains.writing.voice import run_on, sentence

US = Conventions(date(2026, 5, 4))  # a Monday
EUROPE = Conventions(date(2026, 5, 4), "EUR", "DMY")


def book(*deals: Deal, conventions: Conventions = US) -> Book:
    return Book("", conventions, deals)


def words(*deals: Deal, conventions: Conventions = US) -> Phrasing:
    return phrasing(book(*deals, conventions=conventions), Request("update", ""), "common", "updates")


AMOUNTS = [
    ("120000", "USD", "$120k"),
    ("74500", "EUR", "€74.5k"),
    ("48750", "EUR", "€48,750"),
    ("900", "GBP", "£900"),
    ("1200000", "USD", "$1.2M"),
    ("2230000", "USD", "$2.23M"),
    ("1234567", "USD", "$1,234,567"),
    ("4000000", "INR", "₹40 lakh"),
    ("17050000", "INR", "₹1.705 crore"),
    ("184500", "CHF", "CHF 184.5k"),
    ("0", "USD", "$0"),
]


@pytest.mark.parametrize(("value", "currency", "wanted"), AMOUNTS, ids=[a[2] for a in AMOUNTS])
def test_an_amount_is_said_in_the_shortest_form_that_loses_nothing(value: str, currency: str, wanted: str) -> None:
    assert amount(Decimal(value), currency) == wanted


def test_a_range_names_its_unit_once() -> None:
    assert span(Decimal(140_000), Decimal(180_000), "USD") == "$140-180k"
    assert span(Decimal(900_000), Decimal(1_100_000), "USD") == "$900k to $1.1M"


MONEY = [
    pytest.param(Figures(), Money(Decimal(90_000), "USD", Basis.ARR), "$90k ARR", id="with its basis"),
    pytest.param(
        Figures(Basis.ARR), Money(Decimal(90_000), "USD", Basis.ARR), "$90k", id="not where it is said for all"
    ),
    pytest.param(Figures(), Money(Decimal(90_000), "USD", approximate=True), "about $90k", id="with about"),
    pytest.param(Figures(home="AUD"), Money(Decimal(90_000), "AUD"), "$90k", id="a dollar at home"),
    pytest.param(Figures(home="GBP", mixed=True), Money(Decimal(36_000), "EUR"), "€36,000", id="foreign money in full"),
    pytest.param(
        Figures(home="AUD", mixed=True), Money(Decimal(5_000), "AUD"), "A$5k", id="two dollars are told apart"
    ),
]


@pytest.mark.parametrize(("figures", "money", "wanted"), MONEY)
def test_money_carries_what_tells_it_apart(figures: Figures, money: Money, wanted: str) -> None:
    assert figures.money(money) == wanted


DAYS = [
    (US, date(2026, 5, 4), "today"),
    (US, date(2026, 5, 5), "tomorrow"),
    (US, date(2026, 5, 3), "yesterday"),
    (US, date(2026, 5, 8), "Friday"),
    (US, date(2026, 5, 15), "May 15"),
    (EUROPE, date(2026, 5, 15), "15 May"),
    (US, date(2026, 4, 29), "April 29"),
    (US, date(2028, 1, 7), "January 7, 2028"),
    (EUROPE, date(2028, 1, 7), "7 January 2028"),
]


# notes, their currency, the sign and the letter for a million that they write
HABITS = [
    ("Karoo R1.35m commit, Umlazi R820k", "ZAR", "R ", "m"),
    ("Selat RM28k", "MYR", "RM ", "M"),
    ("Boa Safra R$420k", "BRL", "R$", "M"),
    ("Baraka 6.4m, all KES", "KES", "", "m"),
    ("ORBIT 3 is worth 2M", "ZAR", "", "M"),
]


@pytest.mark.parametrize(("notes", "currency", "sign", "million"), HABITS, ids=[r[0] for r in HABITS])
def test_amounts_keep_the_sign_and_the_letter_of_the_notes(notes: str, currency: str, sign: str, million: str) -> None:
    assert (sign_in(notes, currency), million_in(notes)) == (sign, million)


def test_the_code_of_the_only_currency_is_said_once() -> None:
    said = ["Q3 is at KES 12.3m of KES 14m.", "Nothing here.", "Mto (KES 7.5m), KES 52,500 a month."]
    assert list(code_once(said, "KES")) == ["Q3 is at KES 12.3m of 14m.", said[1], "Mto (7.5m), KES 52,500 a month."]


@pytest.mark.parametrize(("conventions", "day", "wanted"), DAYS, ids=[d[2] for d in DAYS])
def test_a_near_day_is_named_as_a_person_would(conventions: Conventions, day: date, wanted: str) -> None:
    assert Days(conventions).near(day) == wanted


def test_a_day_is_an_adverb_with_or_without_on() -> None:
    days = Days(US)
    assert [days.on(date(2026, 5, 5)), days.on(date(2026, 5, 8)), days.by(date(2026, 5, 15))] == [
        "tomorrow",
        "on Friday",
        "by May 15",
    ]


NAMES = [
    ("tri-state tool & die", "Tri-State Tool & Die"),
    ("apple valley credit union", "Apple Valley Credit Union"),
    ("go2freight", "go2freight"),
    ("4square demolition", "4Square Demolition"),
    ("van der meer & zonen", "Van der Meer & zonen"),
    ("HCSC", "HCSC"),
    ("bluewater mining", "Bluewater Mining"),
]


@pytest.mark.parametrize(("typed", "wanted"), NAMES, ids=[n[1] for n in NAMES])
def test_an_account_typed_in_small_letters_gets_capitals(typed: str, wanted: str) -> None:
    assert capitalised(typed) == wanted


def test_short_names_stay_unmistakable() -> None:
    names = Names(
        [
            Deal(account=Fact(n))
            for n in ("Kelly & Young LLP", "Kelley Young Partners", "Klarpay, Inc.", "Sun & Sage Hotels")
        ]
    )
    assert [
        names.short(n) for n in ("Kelly & Young LLP", "Kelley Young Partners", "Klarpay, Inc.", "Sun & Sage Hotels")
    ] == [
        "Kelly & Young",
        "Kelley Young",
        "Klarpay",
        "Sun & Sage",
    ]


def test_several_names_are_joined_as_in_speech() -> None:
    assert [joined([]), joined(["A"]), joined(["A", "B"]), joined(["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


TIDIED = [
    ("redlines came back mon, OUR legal has em", "redlines came back on Monday, our legal has them"),
    ("NS: i send the grid by fri", "I send the grid by Friday"),
    ("w/ their CFO b/c thats who signs", "with their CFO because that's who signs"),
    ("champion (Walt) left 5/29", "champion (Walt) left on May 29"),
    ("the 6/24 meeting", "the June 24 meeting"),
    ("by thurs 5/7", "by Thursday, May 7"),
    ("its all Pete", "it's all Pete"),
    ("since its date moved", "since its date moved"),
    ("24/7 support", "24/7 support"),
    ("PO recieved!!!", "PO received"),
    ("2 month pilot first", "2-month pilot first"),
    ("they want net60", "they want net 60"),
    ("ok from the ceo, eb = Ann", "from the CEO, the economic buyer is Ann"),
    ("they sat on it", "they sat on it"),
    ("Dr. Okafor gets the deck", "Dr. Okafor gets the deck"),
]


@pytest.mark.parametrize(("typed", "wanted"), TIDIED, ids=[t[0] for t in TIDIED])
def test_shorthand_is_written_out(typed: str, wanted: str) -> None:
    assert Tidy(book()).clause(typed) == wanted


def test_days_and_months_are_read_in_the_rep_s_order() -> None:
    assert (
        Tidy(book(conventions=EUROPE)).clause("offer out 4/9, close 25.9.")
        == "offer out on 4 September, close on 25 September"
    )


SHAPES = [
    ("their board meets in June", "sentence"),
    ("they want net 60", "sentence"),
    ("redlines with their legal", "nominal"),
    ("want net 60", "order"),
    ("wants 18% off", "predicate"),
    ("has to go through deal desk", "predicate"),
    ("dropped the conveyor", "past"),
    ("waiting for the PO", "ing"),
    ("pricing call with Ann", "nominal"),
    ("order comes when the budget is released", "sentence"),
    ("tender result in June", "nominal"),
    ("vendor onboarding", "nominal"),
]


@pytest.mark.parametrize(("clause", "wanted"), SHAPES, ids=[s[0] for s in SHAPES])
def test_the_shape_of_a_clause_is_known(clause: str, wanted: str) -> None:
    assert shape(clause) == wanted


ORDERS = [
    ("send the redlines", True),
    ("call Ann", True),
    ("call with Ann", False),
    ("demo", False),
    ("demo on site", False),
    ("review the draft", True),
    ("review meeting", False),
    ("email their COO", True),
    ("sign", True),
    ("revised offer", False),
    ("kickoff", False),
]


@pytest.mark.parametrize(("action", "wanted"), ORDERS, ids=[o[0] for o in ORDERS])
def test_an_action_is_told_from_a_thing(action: str, wanted: bool) -> None:
    assert is_order(action) is wanted


def test_verbs_agree_with_their_subject() -> None:
    assert [third_person(v) for v in ("send", "try", "pass", "go", "have", "be")] == [
        "sends",
        "tries",
        "passes",
        "goes",
        "has",
        "is",
    ]
    assert [plural_verb(v) for v in ("wants", "is", "has", "signed", "table")] == ["want", "are", "have", "signed", ""]


WHOLE = [
    ("want net 60", "they want net 60"),
    ("wants 18% off", "they want 18% off"),
    ("has to go thru our deal desk", "it has to go through our deal desk"),
    ("dropped the conveyor", "they dropped the conveyor"),
    ("asked them twice", "I asked them twice"),
    ("no EB yet", "there's no economic buyer yet"),
    ("gone quiet since 4/12, 3 vms", "they have gone dark since April 12, 3 voicemails"),
    ("gone dark since 4/12", "they have gone dark since April 12"),
    ("single threaded", "it's single-threaded"),
    ("capex frozen til 2027", "the capex is frozen until 2027"),
    ("services team to block Ramesh", "services team has to block Ramesh"),
    ("lost to Metso", "they went to Metso"),
    ("vendor onboarding", "vendor onboarding"),
]


@pytest.mark.parametrize(("typed", "wanted"), WHOLE, ids=[w[0] for w in WHOLE])
def test_a_fragment_gets_the_subject_it_has_lost(typed: str, wanted: str) -> None:
    assert whole(typed, words()) == wanted


SEVERAL_WAYS = [
    ("contract out for signature, not signed yet", r"(?:the contract|it's|we wait) .*signature, not signed yet"),
    ("proposal out 4/28", r"(?:the|they've had the|my) proposal .*April 28"),
]


@pytest.mark.parametrize(("typed", "wanted"), SEVERAL_WAYS, ids=[w[0] for w in SEVERAL_WAYS])
def test_what_every_rep_writes_is_said_in_several_ways(typed: str, wanted: str) -> None:
    assert re.fullmatch(wanted, whole(typed, words()))


WISHES = [
    ("net 60 instead of net 30", "they want net 60 instead of net 30"),
    ("12% off", "they want 12% off"),
    ("want a 90 day out", "they want a 90 day out"),
    ("2 month pilot in one depot", "they want a 2-month pilot in one depot"),
]


@pytest.mark.parametrize(("typed", "wanted"), WISHES, ids=[w[0] for w in WISHES])
def test_a_wish_becomes_a_clause(typed: str, wanted: str) -> None:
    assert wish(typed, words()) == wanted


CAUSES = [
    ("bc their capex is frozen", "because their capex is frozen"),
    ("reason = their own yr end close", "because of their own year end close"),
    ("due to the merger", "because of the merger"),
    ("after they cut 40 seats", "after they cut 40 seats"),
    ("froze spending", "because they froze spending"),
]


@pytest.mark.parametrize(("typed", "wanted"), CAUSES, ids=[c[0] for c in CAUSES])
def test_a_cause_is_joined_with_its_word(typed: str, wanted: str) -> None:
    assert because(typed, words()) == wanted


STEPS = [
    pytest.param(
        NextStep("send the grid", ME, date(2026, 5, 8)), r"(?:next, )?I(?:'ll)? send the grid by Friday", id="mine"
    ),
    pytest.param(
        NextStep("send three slots", "Nina", date(2026, 5, 8)), "Nina sends three slots by Friday", id="theirs"
    ),
    pytest.param(
        NextStep("sets the date", "services", date(2026, 5, 20)), "services sets the date by May 20", id="a team's"
    ),
    pytest.param(
        NextStep("call Ann", ME, date(2026, 5, 8)), r"(?:next, )?I(?:'ll)? call Ann on Friday", id="a call is on a day"
    ),
    pytest.param(NextStep("demo", "Jamal", date(2026, 5, 20)), "Jamal runs the demo on May 20", id="a demo is run"),
    pytest.param(
        NextStep("deal desk form in", ME, date(2026, 5, 5)),
        "the deal desk form goes in by tomorrow|.* tomorrow",
        id="a form goes in",
    ),
    pytest.param(
        NextStep("revised offer", ME, date(2026, 5, 5)),
        "(?:the|I send the) revised offer .*tomorrow",
        id="an offer goes out",
    ),
    pytest.param(
        NextStep("ask our CEO for a slot", "you", date(2026, 5, 7)),
        "(?:please|could you) ask our CEO for a slot by Thursday",
        id="the manager's",
    ),
    pytest.param(
        NextStep("kickoff", None, None), "next comes the kickoff|the kickoff is next", id="nobody's and no day"
    ),
]


@pytest.mark.parametrize(("step", "wanted"), STEPS)
def test_a_next_step_has_owner_and_date(step: NextStep, wanted: str) -> None:
    deal = Deal(
        account=Fact("Quay Lime"),
        category=Fact(Category.COMMIT),
        next_step=Fact(step),
        people=(Fact(Person("Nina", "champion")),),
    )
    assert re.fullmatch(wanted, next_step(deal, words(deal)))


def test_sentences_start_large_and_end_with_a_stop() -> None:
    assert [sentence("they sign"), sentence("go2freight is in"), sentence("really?"), sentence("")] == [
        "They sign.",
        "go2freight is in.",
        "Really?",
        "",
    ]
    assert run_on("a is b", "", "c is d") == "A is b. C is d."
