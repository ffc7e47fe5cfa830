"""How good one draft is: a `Case`, the draft and the book as JSON come in, a `Score` from 0 to 1 with what is wrong
goes out. Pure functions: they read no file, ask nobody and know no framework.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from chains.accounts import account_key
from evals.cases import Case, LabelledDeal

Json = Mapping[str, Any]

MOST_EXTRA = 3  # topics beyond the labelled ones that are still no filler
CORE = ("amount", "currency", "category", "close_date", "previous_close_date")

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)}|sept)\b")
_ESCAPE = re.compile(r"\\(?=[\W_])(?!\s)")


@dataclass(frozen=True, slots=True)
class Score:
    """Hold how good something is, 0 to 1, and in words what is wrong with it."""

    value: float
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorer:
    """Hold one scorer: which cases it is for and what it says of a draft."""

    name: str
    score: Callable[[Case, Json, Json], Score]
    applies: Callable[[Case], bool] = lambda case: True


def states(case: Case, draft: Json, book: Json) -> Score:
    """Score the share of what a good draft states that this one states."""
    text = normal(draft["text"])
    missed = [wanted for wanted in case.expect.must_state if not any(stands_in(w, text) for w in wanted)]
    return _share(case.expect.must_state, [f"does not state any of {', '.join(m)}" for m in missed])


def traps(case: Case, draft: Json, book: Json) -> Score:
    """Score the share of a careless draft's claims that this one does not make."""
    text = normal(draft["text"])
    stated = [trap for trap in case.expect.must_not_state if stands_in(trap, text)]
    return _share(case.expect.must_not_state, [f"states {trap!r}" for trap in stated])


def scenarios(case: Case, draft: Json, book: Json) -> Score:
    """Score worst, base and best; where there is no single sum, that none is given."""
    wanted, given = case.expect.scenarios, draft.get("scenarios")
    if wanted is None:
        return Score(0.0, ("adds up what cannot be added",)) if given else Score(1.0)
    wrong: list[str] = []
    for name in ("worst", "base", "best"):
        right, told = getattr(wanted, name), (given or {}).get(name)
        if told is None or Decimal(str(told)) != right:
            wrong.append(f"{name} is {told}, not {right}")
    return _share(("worst", "base", "best"), wrong)


def anticipates(case: Case, draft: Json, book: Json) -> Score:
    """Score the share of the labelled topics that the draft raises."""
    missed = [t.value for t in case.expect.anticipates if t.value not in draft["anticipates"]]
    return _share(case.expect.anticipates, [f"does not raise {topic}" for topic in missed])


def filler(case: Case, draft: Json, book: Json) -> Score:
    """Score restraint: 1 where at most three topics more than the labelled ones are raised, less for each beyond."""
    wanted = {t.value for t in case.expect.anticipates}
    extra = sorted(set(draft["anticipates"]) - wanted)
    if len(extra) <= MOST_EXTRA:
        return Score(1.0)
    return Score(MOST_EXTRA / len(extra), (f"raises {len(extra)} topics nobody needs: {', '.join(extra)}",))


def grounded(case: Case, draft: Json, book: Json) -> Score:
    """Score 1 where the draft's own check finds no error, else 0."""
    loud = [f for f in draft["findings"] if f["severity"] == "error"]
    return Score(0.0 if loud else 1.0, tuple(f"{f['text']!r}: {f['message']}" for f in loud))


def read_core(case: Case, draft: Json, book: Json) -> Score:
    """Score the deals that were read: F1 over accounts, amounts, currencies, categories and close dates."""
    hits, invented, missed = 0, 0, 0
    wrong: list[str] = []
    pairs, rest = _paired(case.deals, book["deals"])
    for wanted, given in pairs:
        if given is None:
            wrong.append(f"missed {wanted.account}")
        hits, missed = hits + (given is not None), missed + (given is None)
        for field in CORE:
            right, told = _labelled(wanted, field), (given or {}).get(field)
            if field == "currency" and wanted.amount is None:
                continue
            if right is None and told is None:
                continue
            if right is not None and told is not None and _equal(right, told):
                hits += 1
                continue
            missed += right is not None
            invented += told is not None
            if given is not None:
                wrong.append(f"{wanted.account}: {field} is {told}, not {right}")
    for given in rest:
        invented += 1 + sum(given.get(f) is not None for f in CORE if f != "currency")
        wrong.append(f"invented {given['account']}")
    total = 2 * hits + invented + missed
    return Score(2 * hits / total if total else 1.0, tuple(wrong))


SCORERS: tuple[Scorer, ...] = (
    Scorer("read", read_core),
    Scorer("states", states, lambda case: bool(case.expect.must_state)),
    Scorer("traps", traps, lambda case: bool(case.expect.must_not_state)),
    Scorer("scenarios", scenarios, lambda case: case.request.kind == "update"),
    Scorer("anticipates", anticipates, lambda case: bool(case.expect.anticipates)),
    Scorer("filler", filler),
    Scorer("grounded", grounded),
)


def normal(text: str) -> str:
    """Return `text` for comparing: lower case, single spaces, months in three letters, no Markdown escapes."""
    text = _ESCAPE.sub("", text).casefold().replace("’", "'")
    text = _MONTH.sub(lambda m: m[1][:3], text)
    return " ".join(text.split())


def stands_in(wanted: str, text: str) -> bool:
    """Tell whether `wanted` stands in a normal `text` as whole words and whole figures, plurals of words included."""
    words = normal(wanted)
    if not words:
        return False
    before = r"(?<![^\W_])(?<!\d[.,])" if words[0].isalnum() else ""
    if words[-1].isalpha():
        after = r"(?:e?s)?(?![^\W_])"
    else:
        after = r"(?:st|nd|rd|th)?(?![^\W_]|[.,]\d)" if words[-1].isdigit() else ""
    return re.search(before + re.escape(words) + after, text) is not None


def _share(wanted: Sequence[object], wrong: Sequence[str]) -> Score:
    return Score(1 - len(wrong) / len(wanted) if wanted else 1.0, tuple(wrong))


def _paired(
    wanted: Iterable[LabelledDeal], given: Iterable[Json]
) -> tuple[list[tuple[LabelledDeal, Json | None]], list[Json]]:
    """Pair labelled deals with those read: first by the same name or alias, then by names where one opens the other."""
    rest = list(given)
    open_ = list(wanted)
    found: dict[int, Json] = {}
    for fits in (_same_account, _close_account):
        for at, deal in enumerate(open_):
            hit = None if at in found else next((g for g in rest if fits(deal.account, g)), None)
            if hit is not None:
                found[at] = hit
                rest = [g for g in rest if g is not hit]
    return [(deal, found.get(at)) for at, deal in enumerate(open_)], rest


def _same_account(wanted: str, given: Json) -> bool:
    names = [given["account"], *(given.get("aliases") or ())]
    return account_key(wanted) in {account_key(n) for n in names}


def _close_account(wanted: str, given: Json) -> bool:
    one, other = account_key(wanted).split(), account_key(given["account"]).split()
    short = min(len(one), len(other))
    return short > 0 and one[:short] == other[:short]


def _labelled(deal: LabelledDeal, field: str) -> object:
    value: object = getattr(deal, field)
    return value.isoformat() if isinstance(value, date) else value


def _equal(right: object, told: object) -> bool:
    if isinstance(right, Decimal):
        return Decimal(str(told)) == right
    return str(right) == str(told)
