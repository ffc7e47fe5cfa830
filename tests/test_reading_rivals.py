"""Other firms that want the deal: a line of notes goes in, whether it tells of competition comes out."""

from datetime import date

import pytest

from chains.deals import Conventions
from chains.kinds import RiskKind
from chains.reading import read

# what is said of a deal, the firm that competes for it
LINES = [
    ("Also talking to Skuaware.", "Skuaware"),
    ("2-horse race with Skuaware. They want 15% off.", "Skuaware"),
    ("They compare with Skuaware. Close in May", "Skuaware"),
    ("Skuaware also pitched on Monday", "Skuaware"),
    ("Skuaware has a proposal in as well", "Skuaware"),
    ("Skuaware is in there now too", "Skuaware"),
    ("Side by side trial on 12 tanks against Skuaware till mid June", "Skuaware"),
    ("Skuaware is the other bidder that's left.", "Skuaware"),
    ("Their current vendor Skuaware offered a 20% cut to stay", "Skuaware"),
    ("I found out they had Skuaware in on Wednesday", "Skuaware"),
    ("They also run a POC w/ Skuaware.", "Skuaware"),
    ("We want to match Skuaware's price", "Skuaware"),
    ("Skuaware was in it too but dropped out", None),
    ("Meeting with Sophie and Raj Thursday.", None),
    ("Mick Dwyer is still in our corner", None),
    ("They also use Salesforce and Workday today", None),
    ("They have SAP in finance and want us to integrate with it.", None),
    ("Trial with the Leeds site and York.", None),
    ("Contract is with DocuSign now.", None),
]


@pytest.mark.parametrize(("said", "rival"), LINES, ids=[r[0] for r in LINES])
def test_another_firm_in_the_deal_is_a_risk_and_a_name(said: str, rival: str | None) -> None:
    deal = read(f"Corran Boats 22k, best case, 12/6. {said}\n", Conventions(date(2026, 5, 11), "EUR", "DMY", 1)).deals[
        0
    ]
    assert (RiskKind.COMPETITION in deal.risk_kinds()) is (rival is not None)
    if rival is not None:
        assert rival in [c.value for c in deal.competitors]
