"""Who plays which part, told in talk: an invented line goes in; the champion and the economic buyer come out."""

from datetime import date

import pytest

from chains.deals import Conventions
from chains.reading import read

CONVENTIONS = Conventions(date(2026, 9, 3), "USD", "MDY", 1)

# what stands behind the deal, the champion, the economic buyer
PARTS: list[tuple[str, str | None, str | None]] = [
    ("Ryota who does the night shift is our backer in there", "Ryota", None),
    ("the one who signs is Mme Perrault, we had lunch", None, "Mme Perrault"),
    ("Hamza, their plant head, keeps the purse strings", None, "Hamza"),
    ("I saw old Brenninkmeyer last week. his call in the end", None, "Brenninkmeyer"),
    ("Tunde in the yard batting for us", "Tunde", None),
    ("above 50k it's Ms Okafor who decides", None, "Ms Okafor"),
    ("Yvette loves it but the cheque comes from Bram Poels, the chairman", None, "Bram Poels"),
    ("Svenja is 100% behind us. her boss Herr Krug has to free the money", "Svenja", "Herr Krug"),
    ("budget sits with the CFO, a Mrs Adeyemi, not met yet", None, "Mrs Adeyemi"),
    ("Marc-André Bouchard is still our champion", "Marc-André Bouchard", None),
    ("Our coach in there is Eng. Layla Osman, she is good", "Eng. Layla Osman", None),
    ("Dr. Obi Vance still wants it, she's a hundred percent our champion", "Dr. Obi Vance", None),
    ("EB is the CFO Anne Pham", None, "Anne Pham"),
    ("Judith Farrow, FD, holds the budget, Col Whitty is champ", "Col Whitty", "Judith Farrow"),
    ("Col Brady is our champion but it's her money. Dr Sunita Rao. never met her", "Col Brady", "Dr Sunita Rao"),
    ("Frau Keller likes it but Herr Dr. Moser (CEO) is the one who says yes and he compares with Reinluft",
     None, "Herr Dr. Moser"),
    ("Col Brady loves it, but it's Dr Rao the GM who signs", None, "Dr Rao"),
    ("The money is of Don Anselmo, I never met him", None, "Don Anselmo"),
    ("Priti told me the CFO holds the budget", None, None),
    ("Nils told me his director decides", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "champion", "buyer"), PARTS, ids=[p[0] for p in PARTS])
def test_a_part_is_told_in_talk(line: str, champion: str | None, buyer: str | None) -> None:
    deals = read(f"Alder Mills 80k best case 9/25. {line}", CONVENTIONS).deals
    assert [d.name for d in deals] == ["Alder Mills"]
    found = [deals[0].person("champion"), deals[0].person("economic_buyer")]
    assert [f.value.name if f else None for f in found] == [champion, buyer]
