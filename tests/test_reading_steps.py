"""The next step of a deal: an invented line goes in; what is done, by whom and by when comes out."""

from datetime import date

import pytest

from chains.deals import Conventions
from chains.kinds import Team
from chains.reading import read

AS_OF = date(2026, 3, 13)  # a Friday
DEAL = "Corran Boats 80k best case 4/30. "

# what follows the deal in the notes, the action, its owner, its day
STEPS: list[tuple[str, str, str | None, str | None]] = [
    ("They want net 60. Hanna in finance answers Monday", "answer on net 60", "Hanna", "2026-03-16"),
    ("They want net 60, I ask Hanna in finance on Monday", "ask Hanna in finance about net 60", "me", "2026-03-16"),
    ("They asked if we can bill quarterly - I check with finance Monday",
     "check with finance whether we can bill quarterly", "me", "2026-03-16"),
    ("Their data has to stay in Norway. Priti (product) says by 3/20 if we can",
     "say whether their data can stay in Norway", "Priti", "2026-03-20"),
    ("They want 18% off, deal desk has to see it. I hand it in Monday",
     "hand in the discount to deal desk", "me", "2026-03-16"),
    ("They sent 31 questions. Our security team answers by 3/20",
     "answer the 31 questions", "security team", "2026-03-20"),
    ("I do the final pitch 3/20", "the final pitch", "me", "2026-03-20"),
    ("Nils Ekberg, the chairman, signs 3/20", "sign", "Nils Ekberg", "2026-03-20"),
    ("They signed, Hanna in our finance hasn't yet, does it Monday", "countersign", "Hanna", "2026-03-16"),
    ("The sensor failed two times, Hanna in our engineering repairs by 3/20",
     "repair the sensor", "Hanna", "2026-03-20"),
    ("They need our insurance certificate. Hanna in our finance digs that out by 3/20",
     "dig the insurance certificate out", "Hanna", "2026-03-20"),
    ("The tracker app drops data, Hanna's patch is due 3/20", "patch", "Hanna", "2026-03-20"),
    ("On 3/20 I call Nils Ekberg", "call Nils Ekberg", "me", "2026-03-20"),
    ("The third form I upload tomorrow", "upload the third form", "me", "2026-03-14"),
    ("Order form goes to them tomorrow", "send the order form", "me", "2026-03-14"),
    ("Coffee with Nils and his boss 3/20, I set it up", "Coffee with Nils and his boss", "me", "2026-03-20"),
    ("Demo w/ Hanna (SE) 3/20", "demo with Hanna (SE)", "Hanna", "2026-03-20"),
    ("Second demo booked for 3/20, Hanna from solutions drives", "second demo", "Hanna", "2026-03-20"),
    ("Legal has until Wednesday to turn the DPA around", "turn the DPA around", "Legal", "2026-03-18"),
    ("Need to circle back with Nils on Monday", "circle back with Nils", "me", "2026-03-16"),
    ("Left a voicemail, trying again Thursday", "try again", "me", "2026-03-19"),
    ("Our counsel Hanna answers on the redlines Monday", "answer on the redlines", "Hanna", "2026-03-16"),
    ("CS owes them a migration plan, Hanna is on it, due 3/20", "send them a migration plan", "Hanna", "2026-03-20"),
    ("Waiting on Hanna in deal desk for the sign off, promised for Thursday",
     "deliver the sign off", "Hanna", "2026-03-19"),
    ("I owe Nils the ROI sheet, will get it to him by Tuesday", "get the ROI sheet to him", "me", "2026-03-17"),
    ("Once legal is done I send the DocuSign, aiming for 3/20", "send the DocuSign", "me", "2026-03-20"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "action", "owner", "due"), STEPS, ids=[s[0] for s in STEPS])
def test_the_next_step_says_what_it_is_about(line: str, action: str, owner: str | None, due: str | None) -> None:
    deals = read(DEAL + line, Conventions(AS_OF, "EUR", "MDY", 1)).deals
    assert len(deals) == 1
    step = deals[0].next_step
    assert step is not None
    found = step.value
    assert (found.action.casefold(), found.owner, str(found.due)) == (action.casefold(), owner, due)


def test_a_name_that_is_only_spoken_to_owes_nothing() -> None:
    deals = read(
        "Corran Boats 80k best case 4/30. Guillaume, numbers per country by Tuesday please.",
        Conventions(AS_OF, "EUR", "MDY", 1),
    ).deals
    assert deals[0].next_step is None


@pytest.mark.parametrize("line", ["I'd put it at 60%, end of quarter", "I'd guess they close in August"])
def test_how_likely_the_rep_calls_it_is_no_step(line: str) -> None:
    deals = read(DEAL + line, Conventions(AS_OF, "EUR", "MDY", 1)).deals
    assert deals[0].next_step is None


def test_who_holds_a_deals_contract_is_not_the_manager() -> None:
    line = "Corran Boats 80k 4/30 - contract with Lesley, she sends it by 3/20\n"
    convention = Conventions(AS_OF, "EUR", "MDY", 1)
    theirs, boss = read(line, convention).deals[0], read("1:1 prep w/ Lesley\n" + line, convention).deals[0]
    assert [d.value.team for d in theirs.dependencies] == []
    assert [d.value.team for d in boss.dependencies] == [Team.MANAGER]
