"""Figures of every kind: each row is a text and the values that stand in it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains.deals import Conventions, Money
from chains.periods import Period
from chains.scan import Count, Duration, Mention, Percent, parse_amount, scan

DAY = date(2026, 5, 20)
US = Conventions(DAY)
UK = Conventions(DAY, "GBP", "DMY")
EUROPE = Conventions(DAY, "EUR", "DMY")
INDIA = Conventions(DAY, "INR", "DMY", 4)
BRAZIL = Conventions(DAY, "BRL", "DMY")


def shown(mention: Mention) -> str:
    """Write a value the short way the tables below do."""
    match mention.value:
        case Money() as m:
            ends = f" {m.low:f}..{m.high:f}" if m.low is not None and m.high is not None else ""
            return f"{m.amount:f} {m.currency}{f' {m.basis.value}' if m.basis else ''}{ends}"
        case Percent() as p:
            return f"{p.low:f}%" if p.low == p.high else f"{p.low:f}-{p.high:f}%"
        case Count() as c:
            return f"#{c.number:f} {c.unit}".strip()
        case Duration() as d:
            return f"{d.low:f} {d.unit}" if d.low == d.high else f"{d.low:f}-{d.high:f} {d.unit}"
        case Period() as p:
            return p.label
    return str(mention.value)


def values(text: str, conventions: Conventions = US) -> list[str]:
    return [shown(m) for m in scan(text, conventions)]


AMOUNTS = [
    ("thousands", "120k", US, "120000 USD"),
    ("thousands behind a space", "120 k", US, "120000 USD"),
    ("millions as bankers write them", "$1.2mm", US, "1200000 USD"),
    ("millions", "1.2M", US, "1200000 USD"),
    ("a point between thousands", "€80.000", US, "80000 EUR"),
    ("a dash for no cents", "80.000,-", EUROPE, "80000 EUR"),
    ("points and a comma", "12.500,00", EUROPE, "12500 EUR"),
    ("commas and a point", "$240,000.00", US, "240000 USD"),
    ("a Swiss amount", "CHF 1'250'000.–", US, "1250000 CHF"),
    ("a decimal comma before Mio.", "1,2 Mio.", EUROPE, "1200000 EUR"),
    ("thousands with Tsd.", "35 Tsd. €", EUROPE, "35000 EUR"),
    ("thousands of euros in one word", "TEUR 80", US, "80000 EUR"),
    ("thousands of euros behind the number", "80 T€", US, "80000 EUR"),
    ("spaces between thousands", "48 500 €", EUROPE, "48500 EUR"),
    ("narrow spaces and a decimal comma", "32\u202f500,00 EUR", EUROPE, "32500 EUR"),
    ("lakhs", "12 lakh", INDIA, "1200000 INR"),
    ("crores", "2 cr", INDIA, "20000000 INR"),
    ("crores and lakhs", "2 cr 60 lakh", INDIA, "26000000 INR"),
    ("crores with lakhs unsaid", "two crore sixty", INDIA, "26000000 INR"),
    ("lakhs and thousands in words", "eighteen lakhs fifty thousand", INDIA, "1850000 INR"),
    ("Indian groups", "Rs 4,50,000", INDIA, "450000 INR"),
    ("a capital L for lakh", "₹75L", INDIA, "7500000 INR"),
    ("dictated thousands", "hundred and twenty k", US, "120000 USD"),
    ("a dictated basis", "hundred and twenty k a r r", US, "120000 USD ARR"),
    ("a dictated hundred unsaid", "one twenty five k", US, "125000 USD"),
    ("a dictated decimal", "two point five million", US, "2500000 USD"),
    ("half a million", "half a million", US, "500000 USD"),
    ("three quarters of a million", "three quarters of a million", US, "750000 USD"),
    ("thirty grand", "about thirty grand", UK, "30000 GBP"),
    ("a range that shares its k", "110-130k", US, "120000 USD 110000..130000"),
    ("a range with a sign before it", "£90-110k", US, "100000 GBP 90000..110000"),
    ("a range of grouped numbers", "22.000-26.000", EUROPE, "24000 EUR 22000..26000"),
    ("a range with to", "80 to 90k", UK, "85000 GBP 80000..90000"),
    ("a range with between", "between 140 and 180k", US, "160000 USD 140000..180000"),
    ("a dictated range", "sixty to seventy lakh", INDIA, "6500000 INR 6000000..7000000"),
    ("a range across magnitudes", "800k-1.2M", US, "1000000 USD 800000..1200000"),
    ("annual recurring", "120k ARR", US, "120000 USD ARR"),
    ("annual recurring in brackets", "120k (ARR)", US, "120000 USD ARR"),
    ("a basis in front", "TCV: 410k", US, "410000 USD TCV"),
    ("annual recurring in words", "120k in annual recurring revenue", US, "120000 USD ARR"),
    ("monthly", "5k a month", US, "5000 USD MRR"),
    ("monthly with a slash", "5k/mo", US, "5000 USD MRR"),
    ("monthly in words", "five thousand a month", US, "5000 USD MRR"),
    ("monthly without a k", "fifteen hundred quid a month", UK, "1500 GBP MRR"),
    ("one time", "96k one-time", US, "96000 USD one_time"),
    ("a code behind", "1.2M USD", EUROPE, "1200000 USD"),
    ("a sign behind", "80.000 €", US, "80000 EUR"),
    ("an Australian sign", "A$120k", US, "120000 AUD"),
    ("a Brazilian sign", "R$ 1,5 milhões", US, "1500000 BRL"),
    ("the house's own dollar", "$186k", Conventions(DAY, "AUD", "DMY"), "186000 AUD"),
    ("crowns", "500 000 kr", Conventions(DAY, "NOK", "DMY"), "500000 NOK"),
    ("a deal is no unit", "a 120k deal", US, "120000 USD"),
]


@pytest.mark.parametrize(("text", "conventions", "value"), [c[1:] for c in AMOUNTS], ids=[c[0] for c in AMOUNTS])
def test_an_amount_has_its_value(text: str, conventions: Conventions, value: str) -> None:
    assert values(text, conventions) == [value]


FIGURES = [
    ("a percentage", "60%", US, ["60%"]),
    ("a percentage behind a space", "30 %", US, ["30%"]),
    ("a percentage in words", "sixty percent", US, ["60%"]),
    ("a percentage in two words", "12 per cent", US, ["12%"]),
    ("a range of percentages", "5 to 10%", US, ["5-10%"]),
    ("a percentage with a decimal comma", "Rabatt 12,5 %", EUROPE, ["12.5%"]),
    ("days", "9 days", US, ["9 day"]),
    ("days in a word", "a nine-day POC", US, ["9 day"]),
    ("days as an adjective", "60 day opt-out", US, ["60 day"]),
    ("payment terms", "net 60 instead of net 30", US, ["60 day", "30 day"]),
    ("payment terms with a hyphen", "Net-45 terms", US, ["45 day"]),
    ("quarters", "two quarters", US, ["2 quarter"]),
    ("hours with a decimal", "6.5h", US, ["6.5 hour"]),
    ("two hours are no half-year", "2h reaction time", US, ["2 hour"]),
    ("years", "3 yrs", US, ["3 year"]),
    ("a range of weeks", "2-3 wks", US, ["2-3 week"]),
    ("German weeks", "seit 4 Wochen", EUROPE, ["4 week"]),
    ("seats", "40 seats", US, ["#40 seat"]),
    ("users in thousands", "12k users", US, ["#12000 user"]),
    ("new logos", "4 new logos", US, ["#4 logo"]),
    ("a unit that only describes the thing", "4 new hospital logos", US, ["#4 logo"]),
    ("recruiters in words", "six recruiters", US, ["#6 recruiter"]),
    ("a name with a digit before the thing", "140 SOC2 type questions", US, ["#140 question"]),
    ("a part of a number", "2 of 5", US, ["#2", "#5"]),
    ("a scale", "1-10", US, ["#1", "#10"]),
    ("a fraction of logos", "2/5 logos", US, ["#2 logo", "#5 logo"]),
    ("a multiple", "liab cap 3x fees", US, ["#3 x"]),
    ("bare numbers stay counts", "49 not 46", US, ["#49", "#46"]),
    ("a bare number beside an amount", "150 -> now 120k", US, ["#150", "120000 USD"]),
    ("either of two bare numbers", "22 or 26 depends", US, ["#22", "#26"]),
    ("old and new amount", "75k -> 60k", US, ["75000 USD", "60000 USD"]),
    ("a change is no range", "went from 280k to $310k", US, ["280000 USD", "310000 USD"]),
    ("a range that says so", "ranges from 280k to $310k", US, ["295000 USD 280000..310000"]),
    ("a plain year", "the 2027 budget", US, ["2027"]),
    ("an unspaced pair", "64k->58k", US, ["64000 USD", "58000 USD"]),
    ("two dates and an amount in columns", "75K ARR | 06/30 | 70%", US, ["75000 USD ARR", "2026-06-30", "70%"]),
    ("a date before an amount", "6/30 120k", US, ["2026-06-30", "120000 USD"]),
    ("a quarter and an amount", "Q3 300-340k", US, ["Q3", "320000 USD 300000..340000"]),
    ("a dictated quarter before an amount", "q two is eighty lakh", INDIA, ["Q2", "8000000 INR"]),
    ("lakhs said twice", "eighteen lakh eighteen i say", INDIA, ["1800000 INR", "#18"]),
    ("amount and term", "1.4M TCV over 3 years", US, ["1400000 USD TCV", "3 year"]),
]


@pytest.mark.parametrize(("text", "conventions", "found"), [c[1:] for c in FIGURES], ids=[c[0] for c in FIGURES])
def test_figures_have_their_kind_and_value(text: str, conventions: Conventions, found: list[str]) -> None:
    assert values(text, conventions) == found


NO_FIGURE = [
    ("clock times", "at 5:30pm, 2pm, [00:01:12], 16:05"),
    ("an hour behind at", "call at 3"),
    ("round the clock", "24x7 and 24/7"),
    ("a phone number", "+1 415-555-0100"),
    ("a version", "v2.3.1"),
    ("a list number", "1) Northwind\n2. Initech"),
    ("a name with a capital M", "4M Industrial"),
    ("a name with a number word", "Three Counties Broadband"),
    ("names with digits", "SOC2, Cobalt9, 3Pillar, B2B"),
    ("an identifier", "op-4471, #123, PO 4500012345"),
    ("a pension plan", "401k"),
    ("the big one", "thats the big one"),
    ("a couple hundred", "a couple hundred"),
    ("a link", "https://example.com/2026/05/20?n=120k"),
]


@pytest.mark.parametrize("text", [c[1] for c in NO_FIGURE], ids=[c[0] for c in NO_FIGURE])
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert values(text) == []


UNIT_PRICES = [
    ("$45 per seat", "seat"),
    ("$18/user/month", "user"),
    ("$0.05 per dth", "dth"),
    ("£950 a day", "day"),
    ("$467k/yr", "year"),
]


@pytest.mark.parametrize(("text", "per"), UNIT_PRICES)
def test_a_unit_price_says_what_it_is_for(text: str, per: str) -> None:
    (mention,) = scan(text, US)
    assert mention.per == per


BARE = [("240,000", True), ("225 ARR", True), ("$225", False), ("225k", False), ("145.000,-", False)]


@pytest.mark.parametrize(("text", "bare"), BARE)
def test_money_without_sign_or_magnitude_is_bare(text: str, bare: bool) -> None:
    (mention,) = scan(text, EUROPE)
    assert isinstance(mention.value, Money)
    assert mention.bare is bare


@pytest.mark.parametrize("text", ["~150k", "ca. 150k", "about 150k", "roughly 150k", "150k-ish"])
def test_an_approximate_amount_says_so(text: str) -> None:
    (mention,) = scan(text, US)
    assert isinstance(mention.value, Money)
    assert mention.value.approximate


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("İstanbul 120k ARR", "120k ARR"),
        ("want net 60.", "net 60"),
        ("in net-45 days", "net-45 days"),
        ("ß €80.000!", "€80.000"),
        ("pay £90-110k, ok", "£90-110k"),
    ],
)
def test_a_mention_covers_its_words(text: str, piece: str) -> None:
    (mention,) = scan(text, US)
    assert text[mention.start : mention.end] == piece


CELLS = [
    ("a dollar amount", "$240,000.00", US, None, "240000 USD"),
    ("a plain number", "8500", US, None, "8500 USD"),
    ("the column's currency", "8500", US, "EUR", "8500 EUR"),
    ("a sign in the cell wins", "£85", US, "EUR", "85 GBP"),
    ("brackets are negative", "(5,000)", US, None, "-5000 USD"),
    ("a minus is negative", "-$5,000", US, None, "-5000 USD"),
    ("monthly in the cell", "3.2k MRR", US, None, "3200 USD MRR"),
    ("a range in the cell", "22.000-26.000", EUROPE, None, "24000 EUR 22000..26000"),
    ("reais", "R$ 185.000,00", BRAZIL, None, "185000 BRL"),
]


@pytest.mark.parametrize(
    ("text", "conventions", "currency", "value"), [c[1:] for c in CELLS], ids=[c[0] for c in CELLS]
)
def test_a_cell_is_one_amount(text: str, conventions: Conventions, currency: str | None, value: str) -> None:
    found = parse_amount(text, conventions, currency)
    assert found is not None
    assert shown(Mention(0, 0, found)) == value


@pytest.mark.parametrize("text", ["", "?", "TBD", "n/a", "ask Noor"])
def test_a_cell_without_an_amount_gives_none(text: str) -> None:
    assert parse_amount(text, US) is None


def test_whole_numbers_keep_no_decimals() -> None:
    (mention,) = scan("$240,000.00", US)
    assert isinstance(mention.value, Money)
    assert str(mention.value.amount) == "240000"
    assert mention.value.amount == Decimal(240000)


PIECES = st.sampled_from(
    [
        "120",
        "k",
        "$",
        "€",
        " ",
        "-",
        "–",
        ",",
        ".",
        "'",
        "/",
        "%",
        "net ",
        "two ",
        "crore ",
        "hundred ",
        "and ",
        "a half ",
        "point ",
        "ARR",
        "a month",
        "per ",
        "seats",
        "İ",
        "½",
        "٣",
        "\n",
        "\u202f",
        "000",
        "1,2 Mio.",
        "(",
        ")",
        "~",
        "to ",
        "or ",
        "Q3",
        "3/4",
        "between ",
        "T€",
        "x",
        "cr",
        "B",
        "#",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=16).map("".join), st.sampled_from(["USD", "EUR", "INR"]))
@settings(max_examples=500, deadline=None)
def test_mentions_stand_in_order_inside_any_text(text: str, currency: str) -> None:
    last = 0
    for mention in scan(text, Conventions(DAY, currency)):
        assert last <= mention.start < mention.end <= len(text)
        assert not text[mention.start].isspace()
        last = mention.end
