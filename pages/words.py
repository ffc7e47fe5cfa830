"""Kinds as a rep says them: an enumeration's member comes in, its words go out ("no_economic_buyer": "No economic
buyer")."""

from enum import StrEnum

_ALWAYS_CAPITAL = {"sla": "SLA", "arr": "ARR", "acv": "ACV", "tcv": "TCV", "mrr": "MRR"}


def spoken(kind: StrEnum) -> str:
    """Return the words for `kind`, with a capital at the start."""
    text = kind.value.replace("_", " ")
    return _ALWAYS_CAPITAL.get(text.lower(), text[:1].upper() + text[1:])


def count(number: int, noun: str) -> str:
    """Return `number` with `noun` in the right form: "1 deal", "6 deals"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
