"""What a deal is worth: its ground and what an export says come in, the amount and the one before it go out.

Costs, quotas, seat prices, discounts and other firms' figures are no amounts.
"""

from dataclasses import replace
from decimal import Decimal

from chains.deals import Fact, Money
from chains.kinds import Basis
from chains.reading.accounts.pieces import Piece
from chains.reading.amounts.bases import basis_at
from chains.reading.amounts.plain import at_name
from chains.reading.amounts.told import Figure, figures_in
from chains.reading.ground import Ground


def read_amount(
    ground: Ground, exported: Fact[Money] | None, odds: Fact[Decimal] | None = None
) -> tuple[Fact[Money] | None, Fact[Money] | None]:
    """Return the amount as it stands now and the one before it; `odds` is the probability that an export gives."""
    current: Fact[Money] | None = exported
    before: Fact[Money] | None = None
    spoken = False  # the notes themselves gave an amount
    loose: Fact[Money] | None = None  # a budget, what they would spend: the amount where nothing else is told
    for piece in ground.pieces:
        if piece.lent or not piece.rep:
            continue
        for figure in figures_in(ground, piece, current.value if current else None, odds.value if odds else None):
            money = (
                figure.money
                if figure.money.basis
                else replace(figure.money, basis=_basis_behind(ground, piece, figure.token))
            )
            fact: Fact[Money] = ground.fact(money, figure.token, figure.token + 1)
            if figure.part in ("other", "loose"):
                certain = figure.part == "loose" and figure.stated and not ground.tokens[figure.token].bare
                loose = loose or (replace(fact, inferred=True) if certain else None)
                continue
            if figure.part == "was":
                if current is None or figure.money.amount != current.value.amount:
                    before = fact
                elif current is not None and current is exported:
                    before = exported
                continue
            if current is None:
                current, spoken = fact, True
            elif figure.part == "now" or (not spoken and figure.stated and at_name(ground, figure.token, piece)):
                if figure.money.amount != current.value.amount:
                    before = before if current is exported and before is not None else current
                    basis = figure.money.basis or current.value.basis
                    currency = figure.money.currency if _foreign(ground, figure) else current.value.currency
                    current = replace(fact, value=replace(fact.value, basis=basis, currency=currency))
                spoken = True
            elif (
                figure.stated
                and _restated(ground, figure.token, piece)
                and figure.money.amount != current.value.amount
                and figure.money.amount * 10 > current.value.amount  # a tenth of it is the price of something smaller
            ):
                before, current = current, fact
    if current is None:
        current, before = before or loose, None  # "it was 35k", and nothing since
    if before is not None and current is not None and before.value.amount == current.value.amount:
        before = None
    return current, before


_SAID_OF_IT = frozenset(["that", "thats", "is", "s", "its", "it", "all", ",", "and", "so", ".", "(", "-", "–"])


def _basis_behind(ground: Ground, piece: Piece, i: int) -> Basis | None:
    """Return the basis that a clause right behind a figure gives it: two hundred thousand, that's ARR."""
    tokens = ground.tokens
    j = i + 1
    while j < min(i + 6, len(tokens)) and tokens[j].low in _SAID_OF_IT:
        j += 1
    found = basis_at(ground.marked, j) if i < j < len(tokens) else None
    return found[0] if found else _basis_worded(ground, piece, i)


_NEAR = 5  # tokens between a figure and the words that say what it is paid for


def _basis_worded(ground: Ground, piece: Piece, i: int) -> Basis | None:
    """Return the basis that everyday words beside a figure give it: 62k a year, paid once; a monthly fee of 12k."""
    tokens = ground.tokens
    if tokens[i].per == "year":
        return Basis.ARR
    sentence = ground.marked.clauses.sentences[piece.sentence]
    for j in range(i + 1, min(i + 1 + _NEAR, sentence.last)):
        if tokens[j].kind in ("money", "date") or tokens[j].low in (";", "|"):
            break
        wording = ground.marked.opening(j, "worth")
        if wording is not None and not ground.negated(j, piece, 2):
            return Basis(wording.name)
    for j in range(max(sentence.first, i - _NEAR), i):
        wording = ground.marked.opening(j, "worth")
        between = tokens[wording.last : i] if wording is not None and wording.last <= i else None
        if wording is None or between is None or any(t.low not in _OF for t in between):
            continue
        return Basis(wording.name)
    return None


_OF = frozenset("of is at about around for fee fees charge price licence license contract : - ~ worth a the".split())


def _foreign(ground: Ground, figure: Figure) -> bool:
    return figure.money.currency != ground.conventions.currency


def _restated(ground: Ground, i: int, piece: Piece) -> bool:
    """Tell whether a later line states the amount anew: the name, then the figure."""
    return at_name(ground, i, piece)
