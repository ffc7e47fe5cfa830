"""Who does what, by a bare subject and any verb: an invented line goes in; the action, its owner and day come out."""

from datetime import date

import pytest

from chains.deals import Conventions
from chains.reading import read

CONVENTIONS = Conventions(date(2026, 9, 3), "USD", "MDY", 1)  # a Thursday

# what stands behind the deal in the notes, the action, its owner; all are due on 14 September
DOINGS: list[tuple[str, str, str]] = [
    ("Our Ximo rewrites the penalty clause by 9/14", "rewrite the penalty clause", "Ximo"),
    ("My Katya redraws the floor plan until 9/14", "redraw the floor plan", "Katya"),
    ("Jorunn over at purchasing keys it in on 9/14", "key it in", "Jorunn"),
    ("the survey lads walk the roof 9/14", "walk the roof", "survey lads"),
    ("Paint crew goes in on 9/14", "go in", "Paint crew"),
    ("still need engineering's drawing by 9/14", "give the drawing", "engineering"),
    ("waiting on treasury to confirm the bank line by 9/14", "confirm the bank line", "treasury"),
    ("revised quote from Oksana due 9/14", "give the revised quote", "Oksana"),
    ("I've two samples to drop off by 9/14", "drop off the two samples", "me"),
    ("Yes from deal desk by 9/14, then it goes out", "give the yes", "deal desk"),
    ("asked legal if we can take their paper, reply due 9/14", "answer if we can take their paper", "legal"),
    ("got half an hour with the chairman on 9/14", "meet with the chairman", "me"),
    ("I see Piotr Wilk, who runs the yard, on 9/14 about the crane slot", "see Piotr Wilk about the crane slot", "me"),
    ("their permit is still missing. Bartek there phones me 9/14", "phone me about the permit", "Bartek"),
    ("their accounts have lost the bank form. I chase them again 9/14",
     "chase their accounts for the bank form", "me"),
    ("they need the drawings and the load sheet. Samira in engineering sends both 9/14",
     "send the drawings and the load sheet", "Samira"),
    ("Tadeusz their works manager orders the slab by 9/14", "order the slab", "Tadeusz"),
    ("finance has the form, signs it 9/14", "sign the form", "finance"),
    ("Pricing committee meets 9/14, Dana takes the case in 9/14", "take the case in", "Dana"),
    ("their security people want our form, our security team's got it, back by 9/14",
     "return the form", "security team"),
    ("their solicitors struck out a clause. Hanna in legal comes back to them 9/14",
     "come back to their solicitors", "Hanna"),
    ("Sinead Walsh likes it. their solicitor has questions, Hanna in legal answers him by 9/14",
     "answer their solicitor", "Hanna"),
    ("still nothing on paper. On Alder I show the roadmap to the CTO 9/14", "show the roadmap to the CTO", "me"),
    ("waiting for the order, Inma in purchasing types it by 9/14", "type the order", "Inma"),
    ("Our jurist Wouter sends the last version 9/14", "send the last version", "Wouter"),
    ("Boss is Tammy Orr, she writes the checks, I'm having lunch with her 9/14", "have lunch with Tammy Orr", "me"),
    ("lawyer Jorge (ours) sends me the exit wording 9/14", "send me the exit wording", "Jorge"),
    ("They want 12% off. Deal desk has had the form since yesterday, answers 9/14", "answer on 12% off", "Deal desk"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "action", "owner"), DOINGS, ids=[d[0] for d in DOINGS])
def test_a_doing_is_known_by_its_place_and_its_ending(line: str, action: str, owner: str) -> None:
    deals = read(f"Alder Mills 80k commit 9/25. {line}", CONVENTIONS).deals
    assert [d.name for d in deals] == ["Alder Mills"]
    step = deals[0].next_step
    assert step is not None
    assert (step.value.action, step.value.owner, step.value.due) == (action, owner, date(2026, 9, 14))


# who has the step, the teams of ours that the deal waits for
WORK: list[tuple[str, set[str]]] = [
    ("Rashid fills in their security questionnaire by 9/14", {"security"}),
    ("Fiona turns the redlines round by 9/14", {"legal"}),
    ("Nadine measures up on 9/14", {"services"}),
    ("They want net 60. Bea answers on it by 9/14", {"finance"}),
    ("Luis does the onboarding on 9/14", {"customer_success"}),
    ("Joana says by 9/14 if they get the 8% discount", {"deal_desk"}),
    ("Priya sends the new drawings by 9/14", {"engineering"}),
    ("Kofi demos on 9/14", {"solutions"}),
    ("asked finance, Declan comes back to me 9/14", {"finance"}),
    ("Legal (Tui) says by 9/14 if we can", {"legal"}),
    ("Oisin fits the rails on 9/14", {"services"}),
    ("their legal has it, Marcus sends the form 9/14", set()),
    ("Carla Mendes signs the contract on 9/14", set()),
    ("Their Marcus sends the security questionnaire on 9/14", set()),
    ("Ulf over there fills in the vendor form by 9/14", set()),
    ("I send the redlines back 9/14", set()),
]


@pytest.mark.parametrize(("line", "teams"), WORK, ids=[w[0] for w in WORK])
def test_the_kind_of_work_tells_the_team_of_a_colleague(line: str, teams: set[str]) -> None:
    (deal,) = read(f"Alder Mills 80k commit 9/25. {line}", CONVENTIONS).deals
    assert {str(d.value.team) for d in deal.dependencies} == teams


SMALL = """swan river motors 84k commit 20 sep. art approved, waiting on their accounts, {line}
nedlands dental 22k best case 27 sep. committee meets soon, art is with them, more next week i hope, no idea really
cottesloe surf club 37k best case 27 sep. council wants a certificate, not much else to tell about them
"""


@pytest.mark.parametrize(
    ("line", "action", "owner"),
    [
        ("kylie there sends the form back 14 sep", "send the form back", "Kylie"),
        ("luis and the boys put it up 14 sep", "put it up", "Luis"),
        ("omar (our engineer) gets the load sheet to them by 14 sep", "get the load sheet to their accounts", "Omar"),
        ("mae does the store training on 14 sep", "do the store training", "Mae"),
    ],
    ids=["there", "and the boys", "brackets", "a bare name"],
)
def test_a_name_without_a_capital_does_something(line: str, action: str, owner: str) -> None:
    deals = read(SMALL.format(line=line), Conventions(date(2026, 9, 3), "AUD", "DMY", 7)).deals
    assert [d.name for d in deals] == ["swan river motors", "nedlands dental", "cottesloe surf club"]
    step = deals[0].next_step
    assert step is not None
    assert (step.value.action, step.value.owner, step.value.due) == (action, owner, date(2026, 9, 14))
