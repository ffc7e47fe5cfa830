"""How long a plan and its words take: notes with fourteen deals, read before the clock starts."""

from datetime import date
from typing import Any

from chains.deals import Conventions
from chains.drafts import Draft
from chains.plan import plan
from chains.reading import read
from chains.requests import ManagerProfile, Request
from chains.writing.embedded import EmbeddedWriter

NOTES = "my Q2 number = 900k, all ARR\n" + "\n".join(
    f"- {name} {amount}k {category}, close 6/{day}, was {amount + 20}k. {more}"
    for name, amount, category, day, more in [
        ("Orrin Foundry", 64, "closed won", 1, "PO came in, CS does the kickoff 6/9"),
        ("Quay Lime", 120, "commit", 26, "our legal still has the redlines, they want net 60. NS: i chase Pilar"),
        ("Moss Kiln", 45, "commit", 5, "contract out for signature, not signed yet, nothing else open"),
        ("Tern Shipping", 88, "best case", 30, "no EB identified yet. champ Ode Farrant"),
        ("Brack Water", 75, "best case", 24, "Quillstack is bidding too, demo 5/20"),
        ("Ibis Tiles", 31, "pipeline", 30, "single threaded, it's all Pete"),
        ("Gull Paper", 52, "commit", 12, "their board has to approve it, meets 6/3"),
        ("Lantern Row", 210, "best case", 19, "security review is still running, Pilar answers by 5/20"),
        ("Cradock Marine", 92, "commit", 29, "Bess Ivory (CFO) said yes on the phone, no paper yet"),
        ("Tallowby Foods", 138, "closed won", 2, "signed by both, credit to Imke"),
        ("Weir Optics", 40, "pipeline", 30, "gone dark since 4/12, 3 vms"),
        ("Harrow Tin", 66, "best case", 22, "price is the sticking point, want 12% off, deal desk has to ok"),
        ("Fennel Bikes", 27, "commit", 8, "out for signature"),
        ("Stroud Looms", 80, "best case", 30, "champion left, nobody new yet, no next step"),
    ]
)  # fmt: skip


def test_fourteen_deals_are_planned_and_written(benchmark: Any) -> None:
    book = read(NOTES, Conventions(date(2026, 5, 4)))
    request = Request("update", "How is Q2?", ManagerProfile("short, numbers first"))

    def draft() -> Draft:
        (made,) = [d for d in EmbeddedWriter().write(plan(book, request), book) if isinstance(d, Draft)]
        return made

    assert len(book.deals) == 14
    assert benchmark(draft).sections
