"""What must not travel and what may: invented remarks come in, the ranges marked private are looked at."""

from datetime import date

import pytest

from chains.deals import Conventions
from chains.reading import read

DEAL = "- Tarrow 120k, commit, 3/27, champion Dana Reyes.\n\n"


def _private(remark: str) -> list[str]:
    book = read(DEAL + remark, Conventions(date(2026, 3, 10)))
    return [span.text for span in book.private]


@pytest.mark.parametrize(
    "remark",
    [
        "Bluebird Insurance, 90k, commit. They cover property damage, and medical expenses. Claims has 30 users.",
        "They want to go live over the weekend of April 4.",
        "Kita Sonnenschein, 12k, commit. 40 kids, they want the parent app.",
        "FitLife Gym 22k, best case, 14 gyms. Yoga studios come later.",
        "They run a garage chain with 12 garages and want 20 seats.",
        "Lunch with the CFO on Thursday to close it.",
        "Their expense report process takes four days, that is why they buy.",
        "The landlord portal is what they need first. 28k, Hartley Lettings.",
        "They moved the kickoff because of the bank holiday.",
        "They pay their staff a bonus in March, so budget is free in April.",
        "HR tool: the salary module is what they like. 36k, Tamsin Foods.",
        "The flights data feed has to be connected before they sign.",
        "Hillside Hospital, 80k, commit. Their medical director signs next week.",
        "Talent Partners wants 50 recruiter licences, 48k.",
    ],
)
def test_the_trade_of_a_customer_is_not_private(remark: str) -> None:
    assert _private(remark) == []


@pytest.mark.parametrize(
    "remark",
    [
        "I'm at the dentist tomorrow at 8.",
        "Between us, Warrick is going through a divorce.",
        "Keep this to yourself: Dana is interviewing at a competitor.",
        "Don't forward: their CFO drinks too much.",
        "Need to pick up the kids at 4.",
        "Book flight home for the 14th.",
        "Mum in hospital, might be out Thursday.",
        "Rumour has it that Tom gets fired.",
        "I asked for a pay rise and she laughed.",
        "Not for forwarding: Phil's bonus was cut.",
        "The recruiter called me again.",
        "Tickets for the concert on Friday!!",
        "Yoga at 6.",
        "Her mother is ill so she is not herself.",
        "Flu, working from bed.",
        "P.S. I am skiing near Tarrow on Saturday.",
        "Geheim: Dana denkt an Kündigung.",
    ],
)
def test_lives_moods_pay_and_confidences_are_private(remark: str) -> None:
    assert len(_private(remark)) == 1
