"""Exports and tables: what each cell becomes, what is reported, and where it stood."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains.deals import Conventions, Deal, Span
from chains.errors import NotesError
from chains.kinds import Basis, Category, RiskKind, Stage
from chains.reading.tables.cells import person_of, split_step
from chains.reading.tables.rows import TablesRead, find_tables, read_tables

DAY = date(2026, 5, 20)
US = Conventions(DAY)
UK = Conventions(DAY, "GBP", "DMY")
EUROPE = Conventions(DAY, "EUR", "DMY")
BRAZIL = Conventions(DAY, "BRL", "DMY")
INDIA = Conventions(DAY, "INR", "DMY", 4)


def brief(deal: Deal) -> str:
    """Write a deal in one line: account, amount, category, stage, close date."""
    money = deal.amount.value if deal.amount else None
    return " | ".join(
        [
            deal.name,
            f"{money.amount:f} {money.currency}{f' {money.basis.value}' if money.basis else ''}" if money else "-",
            deal.category.value.value if deal.category else "-",
            deal.stage.value.value if deal.stage else "-",
            deal.close_date.value.isoformat() if deal.close_date else "-",
        ]
    )


def spans(read: TablesRead) -> list[Span]:
    found: list[Span] = []
    for d in read.deals:
        single = (
            d.account,
            d.amount,
            d.category,
            d.stage,
            d.close_date,
            d.previous_close_date,
            d.next_step,
            d.probability,
        )
        for fact in (*single, *d.people, *d.competitors, *d.risks):
            found.extend(fact.spans if fact else ())
        found.extend(d.lines)
    return found + [u.span for u in read.unread]


EXPORTS = [
    (
        "Salesforce",
        US,
        "Opportunity Name,Account Name,Amount,Close Date,Stage,Forecast Category\n"
        'Harrow - Suite,"Harrow, Inc.","$240,000.00",6/30/2026,Legal/Procurement,Commit\n'
        "Tallow POC,Tallow & Reed,30000,7/15/2026,Proof of Concept,Pipeline\n"
        "Pebble add-on,Pebble Coast,22400,5/6/2026,Closed Won,Closed\n",
        [
            "Harrow, Inc. | 240000 USD | commit | procurement | 2026-06-30",
            "Tallow & Reed | 30000 USD | pipeline | evaluation | 2026-07-15",
            "Pebble Coast | 22400 USD | closed_won | closed_won | 2026-05-06",
        ],
    ),
    (
        "Salesforce by API names",
        US,
        "Id,Name,Amount,CloseDate,StageName,ForecastCategoryName,IsClosed,IsWon\n"
        "006A,Harrow Suite,120000.0,2026-06-30,Negotiation/Review,BestCase,false,false\n"
        "006B,Tallow,64000.0,2026-05-12,Closed Lost,Omitted,true,false\n",
        [
            "Harrow Suite | 120000 USD | best_case | negotiation | 2026-06-30",
            "Tallow | 64000 USD | omitted | closed_lost | 2026-05-12",
        ],
    ),
    (
        "a Salesforce report with a title, totals and a footer",
        US,
        "Open Opportunities\nAs of 2026-05-20\n\n"
        '"Opportunity Name","Account Name","Amount (converted) Currency","Amount (converted)","Close Date","Stage"\n'
        '"Orla platform","Orla Foods","EUR","120000.00","6/30/2026","Value Proposition"\n'
        '"Grand Totals (1 record)","","EUR","120000.00","",""\n\nConfidential, do not distribute\n',
        ["Orla Foods | 120000 EUR | best_case | proposal | 2026-06-30"],
    ),
    (
        "HubSpot with times and currencies",
        UK,
        "Deal Name,Deal Stage,Amount,Currency,Close Date,Associated Company\n"
        "SIEM,Contract Sent,84000,GBP,26/06/2026 17:00,Sable Rail\n"
        "MDR,Appointment Scheduled,120000,USD,15/07/2026 12:00,Arden Labs\n",
        [
            "Sable Rail | 84000 GBP | commit | procurement | 2026-06-26",
            "Arden Labs | 120000 USD | pipeline | discovery | 2026-07-15",
        ],
    ),
    (
        "Dynamics in German",
        EUROPE,
        "\ufeffThema;Potenzieller Kunde;Geschätzter Umsatz;Geschätztes Abschlussdatum;Statusgrund;Wahrscheinlichkeit\n"
        "MES;Falkner Guss GmbH;120.000,00 €;30.06.2026;In Verhandlung;70\n"
        "Wartung;Zellhof AG;9.600,00 €;08.05.2026;Gewonnen;100\n",
        [
            "Falkner Guss GmbH | 120000 EUR | best_case | negotiation | 2026-06-30",
            "Zellhof AG | 9600 EUR | closed_won | closed_won | 2026-05-08",
        ],
    ),
    (
        "Pipedrive in Portuguese",
        BRAZIL,
        "Negócio - Título,Negócio - Organização,Negócio - Valor,Negócio - Etapa,Negócio - Status,"
        "Negócio - Data de fechamento esperada\n"
        'ERP,Grupo Pitanga,"R$ 185.000,00",Proposta enviada,Aberto,30/06/2026\n'
        'BI,Clínica Ipê,"R$ 61.000,00",Qualificação,Perdido,01/05/2026\n',
        [
            "Grupo Pitanga | 185000 BRL | best_case | proposal | 2026-06-30",
            "Clínica Ipê | 61000 BRL | closed_lost | closed_lost | 2026-05-01",
        ],
    ),
    (
        "Pipedrive in French with tabs and narrow spaces",
        EUROPE,
        "Affaire - Titre\tAffaire - Organisation\tAffaire - Valeur\tAffaire - Étape\t"
        "Affaire - Statut\tAffaire - Date de clôture prévue\n"
        "Badges\tGroupe Valmeur\t48\u202f500,00\tDevis envoyé\tEn cours\t26/06/2026\n",
        ["Groupe Valmeur | 48500 EUR | best_case | proposal | 2026-06-26"],
    ),
    (
        "a plain sheet in Spanish",
        EUROPE,
        "empresa,etapa,importe_eur,cierre_previsto,probabilidad\n"
        "Talleres Robledo,Propuesta enviada,18000,2026-06-20,0.6\n"
        "Bodegas Nava,Negociación,42000,2026-06-18,0.8\n",
        [
            "Talleres Robledo | 18000 EUR | best_case | proposal | 2026-06-20",
            "Bodegas Nava | 42000 EUR | commit | negotiation | 2026-06-18",
        ],
    ),
    (
        "monday.com with groups and a sum",
        US,
        "Pipeline board\nActive\nName,Subitems,Owner,Stage,Deal Value,Expected Close\n"
        'Harrow Lane,,Kim,Proposal,"$42,000",2026-06-12\n,,,,"$42,000",\n\n'
        "Done\nName,Subitems,Owner,Stage,Deal Value,Expected Close\n"
        'Pebble Inns,,Kim,Won,"$27,000",2026-05-08\n',
        [
            "Harrow Lane | 42000 USD | best_case | proposal | 2026-06-12",
            "Pebble Inns | 27000 USD | closed_won | closed_won | 2026-05-08",
        ],
    ),
    (
        "a sheet typed by hand, a comma in a name",
        US,
        "account, amount, close, stage, next step\nBirch & Bloom, 45k, 6/12, negotiating, send redlines Thu\n"
        "Vance, Inc., 30000, 5/29, contract out,\nall ARR except Birch\n",
        [
            "Birch & Bloom | 45000 USD | best_case | negotiation | 2026-06-12",
            "Vance, Inc. | 30000 USD | commit | procurement | 2026-05-29",
        ],
    ),
    (
        "a sheet in thousands with two amounts",
        UK,
        "Customer\tARR (£k)\tTCV (£k)\tForecast\tClose\n"
        "Moorgate Homes\t85\t255\tCommit\t30/06/26\nThornbank\t\t36\tUpside\tend of June\n",
        [
            "Moorgate Homes | 85000 GBP ARR | commit | - | 2026-06-30",
            "Thornbank | 36000 GBP TCV | best_case | - | 2026-06-30",
        ],
    ),
    (
        "premium and revenue: revenue counts",
        INDIA,
        "opportunity_name,premium_amount,revenue_amount,closing_date,stage\n"
        "EL Marine &amp; Cargo,8000000,400000,11/13/2026,Qualify Opportunity\n",
        ["EL Marine & Cargo | 400000 INR | pipeline | discovery | 2026-11-13"],
    ),
    (
        "a line for the spreadsheet above the headings",
        EUROPE,
        "sep=;\nFirma;Betrag;Abschluss;Phase\nNordwerk;12,5 Tsd. €;KW 24;Angebot\n",
        ["Nordwerk | 12500 EUR | best_case | proposal | 2026-06-12"],
    ),
    (
        "a Markdown table",
        US,
        "intro\n\n| acct | $ (ARR unless noted) | CD | where |\n|---|---|---|---|\n"
        "| 24/7 Cargo | 52k | 5/29 | contract out for sig |\n"
        "| Crest | 3.2k MRR | ~~6/30~~ 7/31 | proposal |\n\nrest",
        [
            "24/7 Cargo | 52000 USD ARR | commit | procurement | 2026-05-29",
            "Crest | 3200 USD MRR | best_case | proposal | 2026-07-31",
        ],
    ),
    (
        "a Markdown table without its line of dashes",
        US,
        "| Account | ARR | Close | Status |\n| Finch Labs | $80k | 6/30 | verbal |\n",
        ["Finch Labs | 80000 USD ARR | commit | verbal | 2026-06-30"],
    ),
    (
        "deals side by side",
        US,
        "| | Larch Hotels | Union Yard |\n|---|---|---|\n"
        "| $ | 165k | **92k (was 110)** |\n| fcst | commit | best case |\n"
        "| close | 6/26 | **7/9, was 6/26** |\n| stage | legal redlines | proposal |\n",
        [
            "Larch Hotels | 165000 USD | commit | procurement | 2026-06-26",
            "Union Yard | 92000 USD | best_case | proposal | 2026-07-09",
        ],
    ),
    (
        "a stated probability comes before the stage",
        US,
        "account,value,stage,prob,close\n"
        "Garnet,40000,negotiation,80%,6/30\nOpal,40000,negotiation,40%,6/30\nOnyx,40000,negotiation,,6/30\n",
        [
            "Garnet | 40000 USD | commit | negotiation | 2026-06-30",
            "Opal | 40000 USD | pipeline | negotiation | 2026-06-30",
            "Onyx | 40000 USD | best_case | negotiation | 2026-06-30",
        ],
    ),
    (
        "days first where the column itself shows it",
        US,
        "account,amount,close\nGarnet,40000,13/11/2026\nOpal,50000,04/12/2026\n",
        ["Garnet | 40000 USD | - | - | 2026-11-13", "Opal | 50000 USD | - | - | 2026-12-04"],
    ),
    (
        "amounts cut at their own commas",
        US,
        "Deal Name,Account Name,Amount,Closing Date,Stage\nRefit,Merle Foods,$ 88,500.00,6/18/2026,Demo\n",
        ["Merle Foods | 88500 USD | pipeline | evaluation | 2026-06-18"],
    ),
    (
        "a report grouped by stage",
        US,
        'Stage,Opportunity Name,Amount,Close Date\nNegotiation (1),,"$60,000",\n,Ibex,"$60,000",6/4/2026\n',
        ["Ibex | 60000 USD | best_case | negotiation | 2026-06-04"],
    ),
    (
        "a status that names the forecast category",
        US,
        "| Company | Deal size | Status | ETA |\n|---|---|---|---|\n| **Juniper** | ~$120k | 🟢 Commit | 6/11 |\n",
        ["Juniper | 120000 USD | commit | - | 2026-06-11"],
    ),
    (
        "Windows line ends",
        US,
        "account,amount,close\r\nGarnet,40000,6/30\r\nOpal,50000,7/31\r\n",
        ["Garnet | 40000 USD | - | - | 2026-06-30", "Opal | 50000 USD | - | - | 2026-07-31"],
    ),
]


@pytest.mark.parametrize(("conventions", "notes", "deals"), [c[1:] for c in EXPORTS], ids=[c[0] for c in EXPORTS])
def test_an_export_becomes_deals(conventions: Conventions, notes: str, deals: list[str]) -> None:
    read = read_tables(notes, conventions)
    assert [brief(d) for d in read.deals] == deals
    for span in spans(read):
        assert notes[span.start : span.end] == span.text
        assert span.line == notes.count("\n", 0, span.start) + 1


REPORTED = [
    ("a missing amount", "account,amount,close\nGarnet,,6/30\n", "no amount"),
    ("an amount that is none", "account,amount,close\nGarnet,ask Noor,6/30\n", "no amount"),
    ("a negative amount", "account,amount,close\nGarnet,-1500,6/30\n", "negative"),
    ("a day that does not exist", "account,amount,close\nGarnet,1500,2026-02-30\n", "no date"),
    ("a currency that is unknown", "account,amount,currency,close\nGarnet,1500,QQQ,6/30\n", "currency QQQ"),
    ("a category that is unknown", "account,amount,forecast category,close\nGarnet,1500,Estimate,6/30\n", "Estimate"),
    ("a stage that is unknown", "account,amount,stage,close\nGarnet,1500,Zebra,6/30\n", "Zebra"),
    ("a column that is unknown", "account,amount,close,zodiac\nGarnet,1500,6/30,Leo\n", "zodiac"),
    ("an id that comes twice", "id,account,amount\n7,Garnet,1500\n7,Garnet,1700\n", "line 3"),
    ("a row without a name", "account,amount,close\nGarnet,1500,6/30\n,1500,\n", "names no account"),
    ("a sum", "account,amount,close\nGarnet,1500,6/30\nTotal,1500,\n", "sum"),
    ("a row that the CRM has deleted", "Name,Amount,StageName,IsDeleted\nGarnet,1500,Proposal,true\n", "deleted"),
]


@pytest.mark.parametrize(("notes", "words"), [c[1:] for c in REPORTED], ids=[c[0] for c in REPORTED])
def test_what_is_not_taken_over_is_reported(notes: str, words: str) -> None:
    read = read_tables(notes, US)
    assert [d.name for d in read.deals] == ["Garnet"]
    assert any(words in u.reason for u in read.unread)


def test_of_two_rows_for_one_deal_the_later_counts() -> None:
    read = read_tables("id,account,amount\n7,Garnet,1500\n8,Opal,900\n7,Garnet,1700\n", US)
    assert [brief(d) for d in read.deals] == ["Garnet | 1700 USD | - | - | -", "Opal | 900 USD | - | - | -"]


def test_two_opportunities_of_one_account_stay_two() -> None:
    read = read_tables("account,opportunity,amount\nGarnet,Renewal,1500\nGarnet,Expansion,1500\n", US)
    assert [d.aliases for d in read.deals] == [("Renewal",), ("Expansion",)]


def test_an_unknown_word_in_many_rows_is_one_report() -> None:
    rows = "".join(f"Garnet {i},1500,Estimate\n" for i in range(30))
    assert len(read_tables("account,amount,forecast category\n" + rows, US).unread) == 1


def test_remarks_around_a_table_are_left_to_the_reader_of_notes() -> None:
    table = "account,amount,close\nGarnet,1500,6/30"
    notes = f"before, with commas, and more\n\n{table}\n\nGarnet: 12 now, not 15, closes 7/1\n"
    ((start, end),) = read_tables(notes, US).covered
    assert notes[start:end] == table


def test_cells_of_free_text_are_handed_on_with_their_deal() -> None:
    notes = 'account,amount,next step,description\nGarnet,1500,call Ana 6/2,"Ana left, nobody new yet"\n'
    found = [(t.account, t.role, notes[t.start : t.end]) for t in read_tables(notes, US).texts]
    assert found == [("Garnet", "next_step", "call Ana 6/2"), ("Garnet", "text", "Ana left, nobody new yet")]


def test_a_quoted_cell_may_hold_lines_and_quotation_marks() -> None:
    notes = 'account,amount,notes\n"Glen ""Big G"" Motors",64000,"one, two\n\nthree"\nHollis,22000,ok\n'
    read = read_tables(notes, US)
    assert [d.name for d in read.deals] == ['Glen "Big G" Motors', "Hollis"]


def test_an_earlier_date_in_the_cell_is_a_slip() -> None:
    (deal,) = read_tables("account,amount,close\nGarnet,1500,6/26 (was 5/29)\n", US).deals
    assert deal.close_date is not None
    assert deal.previous_close_date is not None
    assert (deal.close_date.value, deal.previous_close_date.value) == (date(2026, 6, 26), date(2026, 5, 29))
    assert deal.risk_kinds() == {RiskKind.TIMELINE_SLIP}


def test_an_earlier_amount_in_the_cell_is_kept() -> None:
    notes = "| deal | $ | close |\n|---|---|---|\n| Garnet | 92k (was 110) | 6/26 |\n"
    (deal,) = read_tables(notes, US).deals
    assert deal.amount is not None
    assert deal.previous_amount is not None
    assert (deal.amount.value.amount, deal.previous_amount.value.amount) == (Decimal(92000), Decimal(110000))


def test_meddpicc_columns_name_people_rivals_and_what_is_missing() -> None:
    notes = (
        "deal,value,champion,economic buyer,competition\nNorth Fork,88k,Ana Ruiz (CIO),none identified,Brightly\n"
        'South Fork,35k,left in April,"Tom Hale, never met",-\n'
    )
    north, south = read_tables(notes, US).deals
    assert [(p.value.name, p.value.role, p.value.title) for p in north.people] == [("Ana Ruiz", "champion", "CIO")]
    assert north.risk_kinds() == {RiskKind.COMPETITION, RiskKind.NO_ECONOMIC_BUYER}
    assert [(p.value.name, p.value.role) for p in south.people] == [("Tom Hale", "economic_buyer")]
    assert south.risk_kinds() == {RiskKind.CHAMPION_LOSS, RiskKind.NO_ECONOMIC_BUYER}


def test_a_won_deal_has_no_risks() -> None:
    (deal,) = read_tables("deal,value,stage,competitor\nNorth Fork,88k,Closed Won,Brightly\n", US).deals
    assert deal.risks == ()


def test_a_stated_category_is_stated_and_one_from_the_stage_is_inferred() -> None:
    notes = "account,amount,forecast,stage\nGarnet,1500,Commit,Proposal\nOpal,1500,,Proposal\n"
    assert [d.category.inferred for d in read_tables(notes, US).deals if d.category] == [False, True]


STEPS = [
    ("a call with a date", "Pricing call w/ CFO 6/17", "Pricing call w/ CFO", None, "2026-06-17"),
    ("a date with by", "Send revised SOW by 5/26", "Send revised SOW", None, "2026-05-26"),
    ("a date with points", "plant visit 06.10.", "plant visit", None, "2026-10-06"),
    ("a team that has to", "Legal to return redlines by Friday", "return redlines", "Legal", "2026-05-22"),
    ("a team that does", "our legal sends redlines back 5/28", "our legal sends redlines back", "legal", "2026-05-28"),
    ("a person in front", "Bob: countersign by 5/29", "countersign", "Bob", "2026-05-29"),
    ("me in brackets", "check-in call Thu 5/28 (me)", "check-in call", "me", "2026-05-28"),
    ("no date and nobody", "MSA redlines", "MSA redlines", None, None),
    ("a period stays in the words", "Check back in Q3", "Check back in Q3", None, "2026-09-30"),
]


@pytest.mark.parametrize(("text", "action", "owner", "due"), [c[1:] for c in STEPS], ids=[c[0] for c in STEPS])
def test_a_next_step_is_split(text: str, action: str, owner: str | None, due: str | None) -> None:
    step = split_step(text, EUROPE if "06.10." in text else US)
    assert (step.action, step.owner, step.due and step.due.isoformat()) == (action, owner, due)


@pytest.mark.parametrize("text", ["?", "TBD", "none", "gone (Pam left)", "not found yet", "unknown", "42"])
def test_nobody_is_read_where_nobody_is_named(text: str) -> None:
    assert person_of(text, "champion") is None


NO_TABLE = [
    (
        "prose that names columns",
        "Stage, amount and close date are wrong, ignore.\nAcme: 40k, commit, closes Friday.\n",
    ),
    ("a log of hours", "| Task | Hours |\n|---|---|\n| CRM | 6 |\n| Calls | 9 |\n"),
    ("rows without headings", "Garnet,120000,commit,3/31\nOpal,40000,upside,4/30\n"),
    ("bullets with bars", "Garnet | 40k | commit\nOpal | 50k | upside\n"),
    ("nothing", ""),
]


@pytest.mark.parametrize("notes", [c[1] for c in NO_TABLE], ids=[c[0] for c in NO_TABLE])
def test_what_is_no_table_of_deals_is_left_alone(notes: str) -> None:
    assert find_tables(notes, US) == ()
    assert read_tables(notes, US) == TablesRead((), (), (), ())


def test_an_export_without_a_known_column_is_refused_with_a_way_out() -> None:
    with pytest.raises(NotesError, match="account, amount, stage and close date"):
        read_tables("Zodiac;Element;Planet\nLeo;fire;sun\nTaurus;earth;venus\nAries;fire;mars\n", US)


def test_every_stage_of_the_product_is_reached_by_a_name() -> None:
    names = [
        "Discovery",
        "Demo",
        "Quote sent",
        "In Verhandlung",
        "Contratto, Contract Sent",
        "Mündlich zugesagt",
        "Gagné",
        "Perdido",
    ]
    rows = "".join(f'Garnet {i},1500,"{name}"\n' for i, name in enumerate(names))
    assert {d.stage.value for d in read_tables("account,amount,stage\n" + rows, US).deals if d.stage} == set(Stage)


def test_bases_of_the_headings_reach_the_amounts() -> None:
    found = {}
    for heading in ("ARR", "ACV", "TCV", "MRR", "One-time"):
        (deal,) = read_tables(f"account,{heading},close\nGarnet,1500,6/30\n", US).deals
        found[heading] = deal.amount.value.basis if deal.amount else None
    assert found == {"ARR": Basis.ARR, "ACV": Basis.ACV, "TCV": Basis.TCV, "MRR": Basis.MRR, "One-time": Basis.ONE_TIME}


def test_a_closed_stage_is_told_and_no_probability_undoes_it() -> None:
    (deal,) = read_tables("cliente,valor,etapa,probabilidad\nTalleres Robledo,18000,Cerrado ganado,1.0\n", EUROPE).deals
    assert deal.category is not None
    assert (deal.category.value, deal.category.inferred) == (Category.CLOSED_WON, False)


def test_omitted_stays_omitted_though_the_stage_moves_on() -> None:
    (deal,) = read_tables("account,amount,forecast category,stage\nGarnet,1500,Omitted,Proposal\n", US).deals
    assert deal.category is not None
    assert deal.category.value is Category.OMITTED


CELLS = st.sampled_from(
    [
        "Garnet",
        "Opal & Co",
        "40k",
        "$1,500",
        "-3",
        "6/30",
        "2026-02-30",
        "Closed Won",
        "Proposal",
        '"a, b"',
        '"open',
        "",
        "|",
        "TBD",
        "İstanbul",
        "~~5/1~~ 6/1",
        "80%",
        "Q3",
        " x",
    ]
)
HEADS = st.sampled_from(
    [
        "account",
        "amount",
        "close date",
        "stage",
        "forecast category",
        "prob",
        "next step",
        "champion",
        "notes",
        "zodiac",
        "id",
        "",
    ]
)


@given(
    st.lists(HEADS, min_size=2, max_size=6),
    st.lists(st.lists(CELLS | st.text(max_size=8), min_size=1, max_size=7), max_size=6),
    st.sampled_from([",", ";", "\t", "|", " | "]),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
@settings(max_examples=300, deadline=None)
def test_any_table_is_read_with_true_places(heads: list[str], rows: list[list[str]], separator: str, end: str) -> None:
    notes = end.join(separator.join(r) for r in [heads, *rows])
    try:
        read = read_tables(notes, US)
    except NotesError:
        return
    for span in spans(read):
        assert notes[span.start : span.end] == span.text
    assert all(0 <= t.start <= t.end <= len(notes) for t in read.texts)
