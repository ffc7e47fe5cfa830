"""Who of the buyer's was named last by what they do: a place in a deal comes in; "their solicitor" goes out."""

from chains.reading.ground import Ground

HOUSES = frozenset(
    "purchasing procurement legal finance accounts payables it infosec security lawyer lawyers solicitor solicitors "
    "buyer counsel controller accountant board office hr ops treasury team side people notary attorney".split()
)
_NEAR = 34  # tokens back to where the matter is told


def opening(ground: Ground, since: int) -> int:
    """Return how far back the matter of a step may be told."""
    return max(ground.pieces[0].first if ground.pieces else 0, since - _NEAR)


def house_before(ground: Ground, since: int, behind: int | None = None) -> str:
    """Return who of the buyer's was named last by what they do, past token `behind`: their purchasing; "" for none."""
    tokens = ground.tokens
    for i in range(since - 1, max(opening(ground, since), behind or 0), -1):
        if tokens[i].low in HOUSES and tokens[i - 1].low in ("their", "the") and tokens[i].text.islower():
            return f"their {tokens[i].text}"
    return ""
