"""What counts as support for a draft: notes in the voice of a rep, sentences that follow from them in a round way."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from chains.check import check
from chains.deals import Book, Conventions, Deal, Fact, Money, Person
from chains.kinds import Category
from chains.reading import read

THURSDAY = date(2026, 8, 27)


@dataclass(frozen=True)
class Told:
    """Hold notes, a draft that they bear out and a change of it that they do not."""

    id: str
    notes: str
    draft: str
    right: str = ""
    wrong: str = ""


TOLD = (
    Told(
        "sums with and without a deal",
        "number is 14m\nBaraka Markets 6.4m commit 25/9\nKilele Sacco 3.8m commit 28/9\nBahari Sales 4.6m best case",
        "Committed is €10.2m. Without Kilele it's 6.4m, with Bahari 14.8m.",
        "14.8m",
        "14.3m",
    ),
    Told(
        "what the lost and the late deals come to",
        "Umlazi Rooms 820k best case, was 29/5, now 10/9\nBaobab Brokers 2.1 million, lost to Quoll 22/5\n"
        "Karoo Pumps 1.35 million commit 26/9",
        "So €2.92m is lost or late.",
        "2.92m",
        "2.29m",
    ),
    Told(
        "two houses of one name together",
        "Labor Seeblick 182k commit 4/12\nLabor Seeblick Nord 44k commit 11/12\nSpital Olten 95k commit 15/12",
        "Both Seeblick houses together are €226k.",
        "226k",
        "262k",
    ),
    Told(
        "a name that opens like a month behind a date",
        "Corvane Health 150k best case 24/9\nMarl Ridge Hospital 64k pipeline 29/9",
        "Corvane Health: €150k, best case for September 24. Marl Ridge Hospital (€64k), pipeline, 29 September.",
        "29 September",
        "24 September",
    ),
    Told(
        "what a smaller request saves",
        "Ternhill quoted 27k for the contractor. If too much: four weeks for 12k.\nBrindle Water 145k commit 30/9",
        "The quote is €27k. Four weeks would be €12k. That saves €15k.",
        "15k",
        "51k",
    ),
    Told(
        "a weekday of the week after next",
        "Sinead gets me the dock calendar by Friday week.\nWexmar Ferries 150k best case 11/12",
        "Sinead has the dock calendar for me by Friday of next week, 4 September.",
        "4 September",
        "14 September",
    ),
    Told(
        "yesterday in a message of another day",
        "> 18.8., Dr. Wanner:\n> The committee released the money yesterday.\n\nSpital Olten 95k commit 15.12.",
        "The committee released the money on 17 August.",
        "17 August",
        "7 August",
    ),
    Told(
        "a move in several steps",
        "Wexmar Ferries was 30/9, then 30/10, and now it's 11/12. Still 150k, best case.",
        "Wexmar Ferries has moved again, from 30 September to 30 October and now to 11 December.",
        "11 December",
        "21 December",
    ),
    Told(
        "a day that also reads as round the clock",
        "Sierra Verde 2.2m best case, was 19/6 now 24/7",
        "Sierra Verde closes on 24 July instead of 19 June.",
        "24 July",
        "27 July",
    ),
    Told(
        "kinds of amount that a legend defines",
        "kit = one-off, monit. = MRR\n| client | amount | kind | close |\n|---|---|---|---|\n"
        "| Tres Lagunas | 185k | kit | 29/9 |\n| Monte Claro | 95k | monit. | 12/9 |",
        "Monte Claro is €95k MRR.",
        "MRR",
        "one-off",
    ),
    Told(
        "amounts in thousands of an export",
        "account;value;close;phase\nÄlvdal Såg;1 450;2026-09-30;contract\nKråkan Log;310;2026-09-30;proposal\n"
        "Brunn Energi;640;2026-09-18;contract\n\nvalues are in THOUSANDS",
        "Älvdal Såg is €1.45M and Brunn Energi €640k.",
        "1.45M",
        "1.54M",
    ),
    Told(
        "the former category behind its name",
        "Mto Stores 7.5m, was commit, i say best case now, 30/10",
        "Mto Stores (€7.5m): commit before, best case now.",
        "best case now",
        "pipeline now",
    ),
    Told(
        "a person lost is no deal lost",
        "Harborwalk Group 180k pipeline 30/11. Lew Ansbach, our champ, got let go in their reorg",
        "Harborwalk Group, €180k, lost us our champion, Lew Ansbach, in a reorg.",
        "180k",
        "108k",
    ),
    Told(
        "a length of time that reads as a day",
        "Dockmaster 85k commit 16/10. wanted 90 days to pay but we settled on our usual 30",
        "Dockmaster, €85k, commit for 16 October. They pay in 30 days after all, not 90.",
        "30 days",
        "45 days",
    ),
    Told(
        "a word that begins a sentence is no name",
        "Tallmo Papper silent since midsummer\nKlitten Spa 52k commit 29/9",
        "Shaky:\n\n- Tallmo Papper: silent since midsummer.\n\nKroner aside, Klitten Spa is €52k.",
        "Klitten Spa is",
        "Klinten Bad is",
    ),
    Told(
        "the points of an abbreviation",
        "Tamarack I.S.D., 118k, best case 30/10",
        "Tamarack ISD, €118k, is best case.",
        "118k",
        "181k",
    ),
    Told(
        "a thing left out is a thing not there",
        "Hoof Referral 61K, was 72, dropped the imaging module. commit 29/9",
        "Hoof Referral is 61k without the imaging module.",
        "61k",
        "71k",
    ),
    Told(
        "a cost for one deal is not its worth",
        "audits: 4.8 for Bellerive, 4.6 + 4.6 the other two = 14k\nBellerive Farms 260k best case 31/10\n"
        "Leamington Vines 185k best case 30/10",
        "Cost breakdown:\n- Bellerive Farms: €4,800\n- Leamington Vines: €4,600",
        "€4,600",
        "€6,400",
    ),
    Told(
        "what the buyer wants is no promise of ours",
        "Bellerive Farms 260k best case 31/10, wants it in the contract that gas use drops 15%",
        "Bellerive Farms, €260k, wants a 15% drop in gas use guaranteed in the contract.",
        "15%",
        "50%",
    ),
    Told(
        "a sum that a deal would bring us to",
        "target 500\nHeron Arenas 171k commit 30/9\nSaint-Bruant 240k best case 29/9\nLac Perdu won 107k 20/8",
        "We stand at €278k; landing Saint-Bruant brings us to €518k, so €18k above target.",
        "€518k",
        "€581k",
    ),
    Told(
        "days counted with both ends",
        "pilot at Thornveld from 24/8 to 11/9. Thornveld Mills 4.8m best case 30/10",
        "The Thornveld pilot runs from 24 August to 11 September (19 days).",
        "19 days",
        "29 days",
    ),
    Told(
        "how many times one sum goes into another",
        "at Klipdrif last year we carried 150k and they signed 2.1m",
        "At Klipdrif we carried €150k and they signed €2.1m, 14 times our share.",
        "14 times",
        "41 times",
    ),
    Told(
        "a share of the target",
        "target 600\nArmadillo won 45k 19/8\nLone Mesquite 340k commit 28/8\nBluebonnet 110k commit 31/8",
        "We are at €495k of €600k, so 82.5% of target.",
        "82.5%",
        "85.2%",
    ),
    Told(
        "two weeks are a fortnight",
        "Corrib Seafood 14k commit 27/11, their solicitor has had our terms a fortnight and not a line back",
        "Corrib Seafood, €14k: their solicitor has had our terms for two weeks.",
        "two weeks",
        "three weeks",
    ),
    Told(
        "a lump sum by the week",
        "trailer for six weeks, 780,000 all in",
        "The trailer costs €780,000 for six weeks, which is €130,000 per week.",
        "€130,000",
        "€150,000",
    ),
    Told(
        "a yes or no is no yes",
        "Southern Cross 140k best case 11/12, I get a yes/no from Pru (our lawyer) by thurs",
        "Southern Cross, €140k: Pru, our lawyer, gives me a yes or no by Thursday.",
        "Pru,",
        "Prudence Hall,",
    ),
    Told(
        "a name that two readings give to different deals",
        "Catfish Schools 410k commit 18/12, Dr. Lorna Pruitt said yes\nCedar Transit 165k commit 11/12",
        "1) Headline\n€575k is committed.\n\n2) Commit\n• Catfish Schools – €410,000\n• Cedar Transit – €165,000",
        "€575k",
        "€557k",
    ),
    Told(
        "the same day for the deal behind",
        "Thornbury Castle 310k commit 25/9. Thornbury Lettings, 42k, same day, best case. Dunmail 128k 9/10",
        "Thornbury Lettings, €42k, is best case for 25 September.",
        "€42k",
        "€24k",
    ),
    Told(
        "a column that says what is won, in a table",
        "Limfjord won 118k 30/7\nSkagerrak 460k commit 27/9, was 485\nSvaneke 54k commit 20/9",
        "| | Amount |\n|---|---|\n| Won | €118k |\n| Commit | €514k |\n| **Total** | **€632k** |",
        "€632k",
        "€623k",
    ),
)


@pytest.mark.parametrize("told", TOLD, ids=lambda t: t.id)
def test_what_follows_from_the_notes_passes_and_what_does_not_is_found(told: Told) -> None:
    book = read(told.notes, Conventions(THURSDAY, "EUR", "DMY"))
    assert [f.message for f in check(told.draft, book) if f.severity != "info"] == []
    changed = told.draft.replace(told.right, told.wrong, 1)
    start = told.draft.index(told.right)
    found = [f for f in check(changed, book) if f.severity != "info"]
    assert any(f.start < start + len(told.wrong) and f.end > start for f in found)


def _mended() -> Book:
    notes = (
        "Globex 80k commit 3/27, contract out for signature\nInitech - demo done, no amount yet. best case\n"
        "my number 200k"
    )
    book = read(notes, Conventions(date(2026, 3, 2)))
    globex, initech = book.deals
    globex = replace(
        globex,
        amount=Fact(Money(Decimal(90000), "USD")),
        close_date=Fact(date(2026, 3, 30)),
        people=(Fact(Person("Nadia Kern", "champion")),),
    )
    initech = replace(initech, amount=Fact(Money(Decimal(45000), "USD")))
    umbra = Deal(
        Fact("Umbra Foods"),
        amount=Fact(Money(Decimal(30000), "USD")),
        category=Fact(Category.COMMIT),
        close_date=Fact(date(2026, 3, 31)),
    )
    return replace(book, deals=(globex, initech, umbra))


def test_values_set_by_hand_and_their_sums_are_evidence() -> None:
    draft = (
        "Globex is $90k, commit for March 30. Nadia Kern is our champion. Initech is $45k, best case. Umbra Foods, "
        "$30k, commit for March 31. Together $120k committed against $200k, so $80k short; $165k at best."
    )
    assert [f.message for f in check(draft, _mended())] == []


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        ("Globex is $95k.", "$95k"),
        ("Globex is commit for March 29.", "March 29"),
        ("Umbra Foods is $35k.", "$35k"),
        ("Together $140k is committed.", "$140k"),
    ],
)
def test_what_differs_from_a_value_set_by_hand_is_found(draft: str, wrong: str) -> None:
    assert wrong in [f.text for f in check(draft, _mended())]


TALK = """\
Agent: We offer several discounts and flexible payment options, and I can send you a personal quote.
Client: I don't have a dog. I'm interested in cover for the house.
Agent: Our plans cover theft. I'll schedule a follow-up call for Tuesday.
"""


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        ("The agent offers several discounts and flexible payment options.", ""),
        ("The client does not have a dog.", ""),
        ("The agent offers no discounts.", "no discounts"),
        ("The agent offers inflexible payment options.", "inflexible"),
        ("The client was not interested in cover.", "client was not interested"),
        ("The agent did not schedule a follow-up call.", "not schedule a follow-up call"),
    ],
)
def test_a_denial_that_the_record_of_a_talk_does_not_know_is_found(draft: str, wrong: str) -> None:
    found = [f.text for f in check(draft, read(TALK, Conventions(THURSDAY))) if f.severity != "info"]
    assert found == ([wrong] if wrong else [])
