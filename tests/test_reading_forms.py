"""Notes whose form decides whose words are whose: invented notes come in, the deals read from them are looked at.

Each row gives, for each deal, its account, amount, category, close date and the close date before; "-" where the notes
tell none.
"""

from datetime import date

import pytest

from chains.deals import Book, Conventions, Deal
from chains.reading import read


def _book(notes: str, as_of: str, order: str = "DMY", currency: str = "EUR") -> Book:
    return read(notes, Conventions(date.fromisoformat(as_of), currency, "MDY" if order == "MDY" else "DMY", 1))


def _row(deal: Deal) -> str:
    told = (
        deal.account.value,
        "-" if deal.amount is None else f"{deal.amount.value.amount:.0f}",
        "-" if deal.category is None else deal.category.value.value,
        "-" if deal.close_date is None else deal.close_date.value.isoformat(),
        "-" if deal.previous_close_date is None else deal.previous_close_date.value.isoformat(),
    )
    return " | ".join(told)


def _rows(notes: str, as_of: str, order: str = "DMY") -> list[str]:
    return [_row(deal) for deal in _book(notes, as_of, order).deals]


_FILL = (
    "okay so this is the run through for the forecast talk and i am in the car so bear with me first up is millbrook"
    " dental group forty thousand commit for the twelfth of june nothing open there and their practice manager has"
    " the order form in her hand and she sends it back to us this week "
)


@pytest.mark.parametrize(
    ("said", "row"),
    [
        (
            "then penmarric college thats the one that slipped it was the fifteenth of may and now its the third of"
            " july because the governors did not meet ninety thousand still best case",
            "Penmarric College | 90000 | best_case | 2026-07-03 | 2026-05-15",
        ),
        (
            "next one is tollan valley hospital they were meant to be the twentieth of may thats gone to the"
            " thirtieth of june since the new director wants to read it all again one hundred and ten thousand"
            " upside",
            "Tollan Valley Hospital | 110000 | best_case | 2026-06-30 | 2026-05-20",
        ),
        (
            "and the last one is quenby stone works thats only a first meeting no amount and no date there yet",
            "Quenby Stone Works | - | pipeline | - | -",
        ),
        (
            "then there is harrow sand and gravel sixty two five best case for the nineteenth of june",
            "Harrow Sand and Gravel | 62500 | best_case | 2026-06-19 | -",
        ),
        (
            "so our finance has to okay that then orrin freight lines thirty five thousand i have that as commit as"
            " well for the twenty sixth of june",
            "Orrin Freight Lines | 35000 | commit | 2026-06-26 | -",
        ),
    ],
)
def test_speech_turns_to_a_deal_before_it_tells_anything_of_it(said: str, row: str) -> None:
    first = "Millbrook Dental Group | 40000 | commit | 2026-06-12 | -"
    assert _rows(_FILL + said, "2026-05-20") == [first, row]


def test_what_follows_the_end_of_the_round_is_no_figure_of_the_last_deal() -> None:
    said = "then quenby stone works thats only a first meeting no amount yet and thats it oh and fetch the kids at six"
    assert _rows(_FILL + said, "2026-05-20")[1] == "Quenby Stone Works | - | pipeline | - | -"


@pytest.mark.parametrize(
    ("mail", "rows"),
    [
        (
            "Hi Trish, answers in the middle of your mail.\n\n> Where are we on Banksia Retirement?\nCommitted, 88k,"
            " 11/12.\n\n> And Wagga Grain Terminals, last I heard it was 5/12?\nNot any more, 5/12 was too tight,"
            " they"
            " now say 30/1. Amount 150k is the same. Best case.\n\n> Anything else from me?\nNo thanks.\n",
            [
                "Banksia Retirement | 88000 | commit | 2026-12-11 | -",
                "Wagga Grain Terminals | 150000 | best_case | 2027-01-30 | 2026-12-05",
            ],
        ),
        (
            "From: Corey\nTo: Angela\nSubject: RE: Q4\n\nmy answers start with >>\n\n> 1. Is Ashford Hills School"
            " still"
            " closing in November?\n>> Yes. 66k, commit, 30/11.\n> 2. What's up with Gilpin Water?\n>> Moved. Was"
            " 27/11, is now 18/12. 120k, best case.\n> 3. Are you coming to the barbecue?\n>> Yes, 2 adults.\n",
            [
                "Ashford Hills School | 66000 | commit | 2026-11-30 | -",
                "Gilpin Water | 120000 | best_case | 2026-12-18 | 2026-11-27",
            ],
        ),
        (
            ">> Tell me about Quarrybank Kennels\n> 40k, commit, closes 30/11.\n>> And is Rowanlea Theatre stuck?\n"
            "> No, 25k best case, 4/12, they wait for the trustees.\n>> Who covers your leave?\n> Marta does.\n",
            [
                "Quarrybank Kennels | 40000 | commit | 2026-11-30 | -",
                "Rowanlea Theatre | 25000 | best_case | 2026-12-04 | -",
            ],
        ),
        (
            "> What happened at Tideway Pumps?\n\nLost, 45k, they chose another.\n\n> Does Marsh Joinery still"
            " sign?\n"
            "\nYes, 64k, commit, 27/11. Contract out for signature.\n",
            [
                "Tideway Pumps | 45000 | closed_lost | - | -",
                "Marsh Joinery | 64000 | commit | 2026-11-27 | -",
            ],
        ),
        (
            "Subject: Fwd: clause 9\n\nLiam, fyi below, so Wharfside Cold Stores is still a commit for me, 72k a"
            " year,"
            " 30 November.\n\n---------- Forwarded message ---------\nFrom: Joan Entwistle\n\nHi Ben,\nOur solicitor"
            " would like clause 9 changed.\nJoan\n",
            ["Wharfside Cold Stores | 72000 | commit | 2026-11-30 | -"],
        ),
    ],
)
def test_an_answer_between_the_lines_is_about_the_deal_that_the_line_above_asks_for(mail: str, rows: list[str]) -> None:
    assert _rows(mail, "2026-11-10") == rows


def test_whom_a_question_speaks_to_is_no_deal() -> None:
    mail = (
        "> Rhiannon, one thing please. What would help you?\nLess small accounts, £61k in all, none before July.\n\n"
        "> How is Gorse Hill Water?\n£230k, best case, 19/6.\n"
    )
    assert _rows(mail, "2026-04-14") == ["Gorse Hill Water | 230000 | best_case | 2026-06-19 | -"]


@pytest.mark.parametrize(
    ("chat", "rows"),
    [
        (
            "[10/11/2026, 07:41] Boss: Morning. The quarter pls\n[10/11/2026, 07:43] Otieno: Morning. 1. Rift Valley"
            " Coaches 3.2m commit closing 27/11. LPO is being signed\n[10/11/2026, 07:46] Boss: traffic is mad\n"
            "[10/11/2026, 07:50] Otieno: sorry Rift Valley is 3.4m not 3.2, they added 2 buses\n",
            ["Rift Valley Coaches | 3400000 | commit | 2026-11-27 | -"],
        ),
        (
            "jonah  9:02 AM\nwho has the picture for west\nbex  9:05 AM\ntwo creeks equine 31k best case 4/12. she"
            " hasn't told the partners\nbex  9:09 AM\nhigh mesa zoo, 75k. had it 4/12, it's 18/12 now. pipeline\n"
            "jonah  9:13 AM\nk. what about copper kettle vet\nbex  9:14 AM\nno reply for three weeks. 19k, was"
            " upside,"
            " i'd drop it to omitted\n",
            [
                "two creeks equine | 31000 | best_case | 2026-12-04 | -",
                "high mesa zoo | 75000 | pipeline | 2026-12-18 | 2026-12-04",
                "copper kettle vet | 19000 | omitted | - | -",
            ],
        ),
        (
            "Katja Brandl\nDonnerstag 08:12\nMorning, the numbers please\n\nJonas Feld\nDonnerstag 08:20\nSure."
            " Alpenkäse Sennerei eG 77.000, commit, 30.11.\n\nKatja Brandl\nDonnerstag 08:23\nIs Murtal Logistik"
            " still"
            " in?\n\nJonas Feld\nDonnerstag 08:25\nMurtal is out of Q4. 55.000, close moved from 27.11. to 26.2.,"
            " pipeline\n",
            [
                "Alpenkäse Sennerei eG | 77000 | commit | 2026-11-30 | -",
                "Murtal Logistik | 55000 | pipeline | 2027-02-26 | 2026-11-27",
            ],
        ),
        (
            "Luc Perrin\nmardi 14:02\nhello, where is the month?\n\nNadia Roche\nmardi 14:05\nScierie Vauban 62.000,"
            " best case, 11.12. (was 27.11.)\n\nLuc Perrin\nmardi 14:06\nlunch was great btw\n\nNadia Roche\n"
            "mardi 14:09\nCollège Ormont 18.000 commit 27.11., PO is being raised\n",
            [
                "Scierie Vauban | 62000 | best_case | 2026-12-11 | 2026-11-27",
                "Collège Ormont | 18000 | commit | 2026-11-27 | -",
            ],
        ),
        (
            "09:02 Mo: status?\n09:03 Tilda: three oaks montessori 22k commit 27/11\n09:04 Mo: and how about gannet"
            " rowing club\n09:05 Tilda: 9k, lost, no money\n",
            [
                "three oaks montessori | 22000 | commit | 2026-11-27 | -",
                "gannet rowing club | 9000 | closed_lost | - | -",
            ],
        ),
    ],
)
def test_a_chat_gives_each_turn_to_the_deal_it_is_about(chat: str, rows: list[str]) -> None:
    assert _rows(chat, "2026-11-10") == rows


_ALIGNED = (
    "Q4 as of this morning\n\n"
    "Account                     Amt     Cat         Close\n"
    "Silver Birch Orthopedics    92,000  Commit      11/30/2026\n"
    "Tidewater Tugs              45,000  Best Case   11/20/2026\n"
    "Grand Forks Beet Coop       118,000 Commit      12/14/2026\n"
    "Maplewood Charter           22,000              12/18/2026\n\n"
)


@pytest.mark.parametrize(
    ("remark", "row"),
    [
        (
            "Silver Birch: down to 85, they dropped one clinic",
            "Silver Birch Orthopedics | 85000 | commit | 2026-11-30 | -",
        ),
        ("Tidewater: Jen left, now 12/11", "Tidewater Tugs | 45000 | best_case | 2026-12-11 | 2026-11-20"),
        (
            "Grand Forks: the paper is stuck with their purchasing. Commit still",
            "Grand Forks Beet Coop | 118000 | commit | 2026-12-14 | -",
        ),
        ("Maplewood is pipeline, first demo only", "Maplewood Charter | 22000 | pipeline | 2026-12-18 | -"),
        ("Maplewood signed, both sides, 11/2", "Maplewood Charter | 22000 | closed_won | 2026-11-02 | 2026-12-18"),
    ],
)
def test_a_remark_by_short_name_corrects_a_row_of_a_table_set_out_with_blanks(remark: str, row: str) -> None:
    rows = _rows(f"{_ALIGNED}Notes\n{remark}\n", "2026-11-10", "MDY")
    assert len(rows) == 4
    assert row in rows


def test_a_table_set_out_with_blanks_may_have_its_figures_on_the_right_and_rules_between() -> None:
    notes = (
        "Customer            Value kEUR   Close        Stage\n"
        "------------------  ----------   ----------   ----------\n"
        "Ardee Creameries            64   18.12.2026   Proposal\n"
        "Boyne Gravel               110   22.12.2026   Demo\n"
    )
    assert _rows(notes, "2026-11-10") == [
        "Ardee Creameries | 64000 | best_case | 2026-12-18 | -",
        "Boyne Gravel | 110000 | pipeline | 2026-12-22 | -",
    ]


def test_a_line_of_codes_below_the_remarks_says_nothing_of_the_last_deal() -> None:
    notes = (
        "Deal\tk EUR\tFcst\tWhen\nArdee Creameries\t64\tC\t18/12/26\nBoyne Gravel\t110\tBC\t22/12/26\n\n"
        "since then:\nBoyne slipped, they now say end of January.\nC = commit, BC = best case, P = pipeline\n"
    )
    assert _rows(notes, "2026-11-10")[1] == "Boyne Gravel | 110000 | best_case | 2027-01-31 | 2026-12-22"


@pytest.mark.parametrize("words", ["Anya left, so now it's July", "Jen Ross has left the firm", "Priya quit last week"])
def test_somebody_of_theirs_who_left_is_a_champion_lost(words: str) -> None:
    (deal,) = _book(f"- Halcyon Labs 130k, best case 24/7. {words}", "2026-06-05").deals
    assert "champion_loss" in {fact.value.kind.value for fact in deal.risks}


@pytest.mark.parametrize("words", ["nothing left to do", "our Anya left a voicemail", "two weeks left"])
def test_what_is_left_is_no_champion_lost(words: str) -> None:
    (deal,) = _book(f"- Halcyon Labs 130k, best case 24/7. {words}", "2026-06-05").deals
    assert "champion_loss" not in {fact.value.kind.value for fact in deal.risks}


@pytest.mark.parametrize(
    ("diary", "rows"),
    [
        (
            "Mon: Ballin Horse Fair Co. Signed! Both sides. 24k. Grainne in CS to set up kickoff 4/3.\n"
            "Tue: call with Shannon Ferries, 88k, commit, 31/3. Their insurer has to see the contract.\n  Gym.\n"
            "Thu: Shannon again: the insurer is fine. nothing open now.\n"
            "     Burren Cheese 30k - was for 13/3, they said 10/4. Cash is tight. Best case still.\n",
            [
                "Ballin Horse Fair Co. | 24000 | closed_won | 2026-02-23 | -",
                "Shannon Ferries | 88000 | commit | 2026-03-31 | -",
                "Burren Cheese | 30000 | best_case | 2026-04-10 | 2026-03-13",
            ],
        ),
        (
            "23/2 Mon - Quarry Lake Hotel. Met Sonia (GM). 52k, best case, she wants 20/3.\n24/2 Tue pm - kid's"
            " game\n"
            "26/2 Thu - Flat Rock Brewing called back: 38k commit, 30/3.\n"
            "           Also Deer Isle Boats: not 4/3 any more, 22/4. 71k. Best case.\n",
            [
                "Quarry Lake Hotel | 52000 | best_case | 2026-03-20 | -",
                "Flat Rock Brewing | 38000 | commit | 2026-03-30 | -",
                "Deer Isle Boats | 71000 | best_case | 2026-04-22 | 2026-03-04",
            ],
        ),
        (
            "Tuesday\nPhone day. Ampleforth Cider are in: PO 4471 came at noon, 16k.\n\nWednesday\nHelmsley Brass"
            " rang,"
            " they can't do 21 March, 18 April instead. 27k. Committed all the same.\n\nThursday\nNothing much.\n",
            [
                "Ampleforth Cider | 16000 | closed_won | 2026-02-24 | -",
                "Helmsley Brass | 27000 | commit | 2026-04-18 | 2026-03-21",
            ],
        ),
        (
            "**Montag**\nSeilbahn Obertal GmbH 140.000, best case, 27.3.\n\n**Dienstag**\nHotel Alpina Vals GmbH hat"
            " unterschrieben, beide Seiten, 33.000\n",
            [
                "Seilbahn Obertal GmbH | 140000 | best_case | 2026-03-27 | -",
                "Hotel Alpina Vals GmbH | 33000 | closed_won | 2026-02-24 | -",
            ],
        ),
        (
            "- Wed 25 Feb: Orchid Lanes signed the order form, 12k\n- Thu 26 Feb: visit at Tern Island Ferries. 60k,"
            " pipeline\n- Fri 27 Feb: Tern Island again, they said 3 April\n",
            [
                "Orchid Lanes | 12000 | closed_won | 2026-02-25 | -",
                "Tern Island Ferries | 60000 | pipeline | 2026-04-03 | -",
            ],
        ),
    ],
)
def test_the_entries_of_a_diary_belong_to_the_deal_behind_the_day(diary: str, rows: list[str]) -> None:
    assert _rows(diary, "2026-02-27") == rows


@pytest.mark.parametrize(
    ("frame", "rows", "buyer", "risks"),
    [
        (
            "### Wolverine Castings - $310k - Commit - 30/10\nMetrics: 14% less scrap\nEconomic buyer: Hal Driscoll\n"
            "Identify pain: line 3 down twice a week\nChampion: Mei Tran\nCompetition: none left\n",
            "Wolverine Castings | 310000 | commit | 2026-10-30 | -",
            "Hal Driscoll",
            set(),
        ),
        (
            "Portmeadow Labs (128k, best case, 27/10)\nM – 3 people saved\nE – Prof. Ilse Hartnell, not met\n"
            "D – price\nI – audit finding\nC – Sam Okafor\nC – LabLogic\n",
            "Portmeadow Labs | 128000 | best_case | 2026-10-27 | -",
            "Prof. Ilse Hartnell",
            {"competition", "no_economic_buyer"},
        ),
        (
            "Kantonsschule Seetal\n- 60'000, best case, 30.10. (before 30.9.)\n- E: canton, not known who\n"
            "- Ch: Frau Lustenberger\n- Co: Swisscom\n",
            "Kantonsschule Seetal | 60000 | best_case | 2026-10-30 | 2026-09-30",
            None,
            {"competition", "no_economic_buyer", "timeline_slip"},
        ),
        (
            "Otterburn Quarries (54k, commit, 20/10)\nM – less downtime\nE – Geoff Tarn, signed off budget\nC – Geoff"
            " as well\nC – nobody\nGeoff raises the PO by 13/10.\n",
            "Otterburn Quarries | 54000 | commit | 2026-10-20 | -",
            "Geoff Tarn",
            set(),
        ),
        (
            "## Ebert Glas, 1 cell, 98.000\nE: Frau Ebert. Ch: Jonas Reuter. Co: VisioTek\nEvaluation. Best case,"
            " close"
            " 27.11.\n",
            "Ebert Glas | 98000 | best_case | 2026-11-27 | -",
            "Frau Ebert",
            {"competition"},
        ),
    ],
)
def test_the_rows_of_a_qualification_frame_tell_of_the_deal_above(
    frame: str, rows: str, buyer: str | None, risks: set[str]
) -> None:
    (deal,) = _book(f"Qualification notes\n\n{frame}", "2026-09-09").deals
    named = next((p.value.name for p in deal.people if p.value.role == "economic_buyer"), None)
    assert (_row(deal), named, {r.value.kind.value for r in deal.risks}) == (rows, buyer, risks)


@pytest.mark.parametrize(
    ("said", "row"),
    [
        (
            "uh wicker park printworks i told you forty k its forty eight now and its a commit june twelfth",
            "Wicker Park Printworks | 48000 | commit | 2026-06-12 | -",
        ),
        (
            "the thing with lakeview orthodontics is they have no money until july so i had it in commit for june"
            " twenty sixth move it to july thirty first and put it in best case its still twenty two thousand",
            "Lakeview Orthodontics | 22000 | best_case | 2026-07-31 | 2026-06-26",
        ),
        (
            "and then the naperville library district that one just closed po came on may nineteenth sixty thousand",
            "Naperville Library District | 60000 | closed_won | 2026-05-19 | -",
        ),
        (
            "and we lost skokie tool rental they bought from somebody cheaper fifteen k",
            "Skokie Tool Rental | 15000 | closed_lost | - | -",
        ),
        (
            "then coorong dairy park that was going to be the twenty sixth of june its the sixteenth of july now"
            " because of the floods eighty five best case",
            "Coorong Dairy Park | 85000 | best_case | 2026-07-16 | 2026-06-26",
        ),
        (
            "then karoonda grain sheds they signed and we signed on the third of may ninety thousand one off",
            "Karoonda Grain Sheds | 90000 | closed_won | 2026-05-03 | -",
        ),
    ],
)
def test_speech_names_a_deal_in_many_ways(said: str, row: str) -> None:
    assert _rows(_FILL + said, "2026-05-20")[1:] == [row]


@pytest.mark.parametrize(
    ("talk", "rows"),
    [
        (
            'Zoom notes, me + Gil (mgr). I\'m "Tessa"\n\nTESSA  OK so. Bayou Crane Rental is 210k, commit, closing'
            " 20/11.\n"
            "GIL    Paper?\nTESSA  Their lawyer sent redlines Friday.\nGIL    ok\nTESSA  Then Pelahatchie Poultry,"
            " that's"
            " 95k, upside, 11/12.\nGIL    wasn't that November?\nTESSA  It was 13/11. They froze spending.\nGIL   "
            " and"
            " Delta Gin Works?\nTESSA  dead. the owner sold it. 30k off the board.\n",
            [
                "Bayou Crane Rental | 210000 | commit | 2026-11-20 | -",
                "Pelahatchie Poultry | 95000 | best_case | 2026-12-11 | 2026-11-13",
                "Delta Gin Works | 30000 | closed_lost | - | -",
            ],
        ),
        (
            "Speaker 1: Okay, deal by deal please.\nSpeaker 2: Yes. First Dokkum Shipyards. A hundred and eighty"
            " thousand,"
            " best case, end of November.\nSpeaker 1: Why not commit?\nSpeaker 2: Because their CFO is new.\n"
            "Speaker 1: All right. Sneek Marina?\nSpeaker 2: Sneek Marina is done. Both signatures were in on 3"
            " November."
            " Twenty-six thousand.\n",
            [
                "Dokkum Shipyards | 180000 | best_case | 2026-11-30 | -",
                "Sneek Marina | 26000 | closed_won | 2026-11-03 | -",
            ],
        ),
        (
            "Kim - answers inline with [DB].\n\n1) Prairie Wind Foundry - are we still good for the 26th?\n[DB]"
            " Yes. 155k"
            " commit 26/11. Signature page is with Roy.\n\n2) Otter Tail Telephone - you had this at 80?\n[DB] 72"
            " now, they"
            " cut a site. Best case, slipped from 19/11 to 10/12.\n\n3) Do you want the tickets?\n[DB] YES\n",
            [
                "Prairie Wind Foundry | 155000 | commit | 2026-11-26 | -",
                "Otter Tail Telephone | 72000 | best_case | 2026-12-10 | 2026-11-19",
            ],
        ),
        (
            "How is Minnow Lake Resort doing?\n-> 25k, pipeline, 31/12\nDid Lark Brewing sign?\n-> yes, signed by"
            " both on 4/11,"
            " 12k\n",
            [
                "Minnow Lake Resort | 25000 | pipeline | 2026-12-31 | -",
                "Lark Brewing | 12000 | closed_won | 2026-11-04 | -",
            ],
        ),
        (
            "Gareth Pugh  09/11 09:01\nnumber please\nSian Rees  09/11 09:04\nMine: Tenby Holiday Homes £38k,"
            " commit, 30/11,"
            " PO promised for Wednesday\nGareth Pugh  09/11 09:06\nwhat about Brecon?\nSian Rees  09/11 09:09\nBrecon"
            " Mountain Railway is 64k, not this month, they said 24/12 (we had 27/11). best case\nSian Rees  09/11"
            " 09:15\n"
            "oh and Tenby is 41 not 38\n",
            [
                "Tenby Holiday Homes | 41000 | commit | 2026-11-30 | -",
                "Brecon Mountain Railway | 64000 | best_case | 2026-12-24 | 2026-11-27",
            ],
        ),
    ],
)
def test_a_talk_is_read_however_its_speakers_are_set_out(talk: str, rows: list[str]) -> None:
    assert _rows(talk, "2026-11-10") == rows


@pytest.mark.parametrize(
    ("notes", "rows"),
    [
        pytest.param(
            _FILL
            + "then clydeside student lets fifty five thousand its going to sign on the thirteenth of june ewan brodie"
            " is our man there so thats commit then kelvin hotels group best case thirty eight thousand it was the"
            " twelfth of"
            " june call it the tenth of july",
            [
                "Millbrook Dental Group | 40000 | commit | 2026-06-12 | -",
                "Clydeside Student Lets | 55000 | commit | 2026-06-13 | -",
                "Kelvin Hotels Group | 38000 | best_case | 2026-07-10 | 2026-06-12",
            ],
            id="whoever is our man there is no deal",
        ),
        pytest.param(
            "Slack\n*nadine* [9:14 AM]\nwhere are we\n*theo* [9:16 AM]\nBlue Spruce Lodging: 52k, commit,"
            " 19/6\n*theo*"
            " [9:22 AM]\nalso talked to Alpenglow Schools, they're comparing us with PowerKid. 75k pipeline\n",
            [
                "Blue Spruce Lodging | 52000 | commit | 2026-06-19 | -",
                "Alpenglow Schools | 75000 | pipeline | - | -",
            ],
            id="whom they compare us with is no deal",
        ),
        pytest.param(
            "Monday 18 May\n09:30 Lowther Stables - they want 3 years fixed price. 36k, commit, 30 May.\n14:00 Team"
            " call.\n\n"
            "Tuesday 19 May\n11:00 Penrith Auctions: proposal walked through, 58k, best case, 16 June (I had 29"
            " May).\n",
            [
                "Lowther Stables | 36000 | commit | 2026-05-30 | -",
                "Penrith Auctions | 58000 | best_case | 2026-06-16 | 2026-05-29",
            ],
            id="a time before a name makes no speaker of it",
        ),
        pytest.param(
            "Q: Did Jindabyne School come to anything?\nA: No. They decided to stay on spreadsheets. 20k.\nQ: And"
            " Illawarra"
            " Coal?\nA: 175k, commit for 19 June. Neil signs, he's back from leave on the 10th.\n",
            [
                "Jindabyne School | 20000 | closed_lost | - | -",
                "Illawarra Coal | 175000 | commit | 2026-06-19 | -",
            ],
            id="a day somebody is back on is no close date",
        ),
        pytest.param(
            "> is Granite Peak Electric still June?\n\nYes, 26/6, 240k, I commit it. Deb signs.\n\n> And Sawtooth"
            " Mills?\n\n"
            "Slid to 17/7. 33k. Best case.\n",
            [
                "Granite Peak Electric | 240000 | commit | 2026-06-26 | -",
                "Sawtooth Mills | 33000 | best_case | 2026-07-17 | -",
            ],
            id="a yes and a date is the close date",
        ),
    ],
)
def test_forms_that_mix(notes: str, rows: list[str]) -> None:
    assert _rows(notes, "2026-05-20") == rows


@pytest.mark.parametrize(
    ("notes", "rows"),
    [
        pytest.param(
            _FILL
            + "uh rockingham boat club thats the happy one its twenty seven thousand upside end of june then mandurah"
            " aged care a hundred and fifteen thousand still a commit in my book joondalup swim school forty two k"
            " best case",
            [
                "Millbrook Dental Group | 40000 | commit | 2026-06-12 | -",
                "Rockingham Boat Club | 27000 | best_case | 2026-06-30 | -",
                "Mandurah Aged Care | 115000 | commit | - | -",
                "Joondalup Swim School | 42000 | best_case | - | -",
            ],
            id="a name behind a remark of one's own",
        ),
        pytest.param(
            "**Lena:** Ok forecast.\n**Raj:** Hudson Cruises. 36K, signed by both this morning.\n**Lena:** Saratoga"
            " Foods"
            " was in commit last week.\n**Raj:** I'm pulling it down to upside. 140K, 10 July, was 30 June.\n",
            [
                "Hudson Cruises | 36000 | closed_won | 2026-05-20 | -",
                "Saratoga Foods | 140000 | best_case | 2026-07-10 | 2026-06-30",
            ],
            id="the manager names a deal and where it stood",
        ),
        pytest.param(
            "my comments marked with ***\n\n1. Solent Ferry Terminals: did the contract go back?\n*** yes. 144k,"
            " commit, 22"
            " June, nothing open\n\n2. Itchen Valley Brewery - still 15 June??\n*** 5 July. 21k, best case\n\n3."
            " Can you"
            " cover my demo?\n*** sure\n",
            [
                "Solent Ferry Terminals | 144000 | commit | 2026-06-22 | -",
                "Itchen Valley Brewery | 21000 | best_case | 2026-07-05 | -",
            ],
            id="answers behind stars",
        ),
        pytest.param(
            "Account | k€ | Status | Close\nPorto Sardines | 90 | Commit | 30/06/26\nDuero Barrels | 45 | Upside |"
            " 13/07/26\n\n"
            "Since Friday:\nPorto - no issues\nDuero -> 20/7, the board meets then\n",
            [
                "Porto Sardines | 90000 | commit | 2026-06-30 | -",
                "Duero Barrels | 45000 | best_case | 2026-07-20 | 2026-07-13",
            ],
            id="an arrow to the new date behind a short name",
        ),
        pytest.param(
            "M 18/5 - nothing\nMon 18/5 - Mesa Outfitters: proposal out, 47k, best case 15/6\nTue 19/5 - Durango"
            " Mine. They"
            " signed, we countersign. 98k commit, 22/5\nWed 20/5 - Beth countersigned Durango! done\n",
            [
                "Mesa Outfitters | 47000 | best_case | 2026-06-15 | -",
                "Durango Mine | 98000 | closed_won | 2026-05-20 | -",
            ],
            id="the entry of the signature is its day",
        ),
    ],
)
def test_forms_that_other_hands_use(notes: str, rows: list[str]) -> None:
    assert _rows(notes, "2026-05-20") == rows
