"""What a column of an export holds and what a stage or category in it means: headings and cells come in, roles and
kinds go out. The words stand in columns.yaml and stages.yaml."""

import html
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from chains.figures.tokens import words
from chains.kinds import Basis, Category, Stage
from chains.wordfiles import load

AMOUNTS = ("amount_arr", "amount_acv", "amount", "amount_tcv", "amount_mrr", "amount_one_time")
NAMES = ("account", "opportunity")
USEFUL = (
    *AMOUNTS,
    "category",
    "stage",
    "state",
    "probability",
    "close_date",
    "next_step",
    "champion",
    "economic_buyer",
)
_BASIS = {
    "amount_arr": Basis.ARR,
    "amount_acv": Basis.ACV,
    "amount_tcv": Basis.TCV,
    "amount_mrr": Basis.MRR,
    "amount_one_time": Basis.ONE_TIME,
}


@dataclass(frozen=True, slots=True)
class Column:
    """Hold what a column is for; `rank` orders columns of one role, the best first."""

    index: int
    role: str  # a key of columns.yaml, "unknown", or "" for an empty heading
    heading: str
    rank: int = 0
    basis: Basis | None = None
    currency: str | None = None
    thousands: bool = False


def _load(name: str) -> Any:
    return load("chains.reading.tables", name)


@cache
def _roles() -> dict[str, tuple[str, int]]:
    """Return heading -> (role, rank)."""
    found: dict[str, tuple[str, int]] = {}
    for role, names in _load("columns.yaml").items():
        if role not in ("prefixes", "totals", "blanks", "subitems", "contains", "cells", "then", "now"):
            for rank, name in enumerate(names):
                found.setdefault(name, (role, rank))
    return found


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_load("columns.yaml")[name])


@cache
def cell_words(name: str, shape: str = r"\b(?:%s)\b") -> re.Pattern[str]:
    """Return a pattern for a list of words under `cells` in columns.yaml, in any case; %s in `shape` is the list."""
    known = sorted(_load("columns.yaml")["cells"][name], key=len, reverse=True)
    return re.compile(shape % "|".join(map(re.escape, known)), re.IGNORECASE)


def clean(text: str) -> str:
    """Return a cell's words: entities and line-break tags replaced, Markdown emphasis and outer space taken off."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = re.sub(r"<br\s*/?>", " ", text)
    return text.strip().strip("*`").strip()


def is_blank(text: str) -> bool:
    """Tell whether a cell says that nothing is known."""
    return text.casefold() in _set("blanks")


def is_subitem(text: str) -> bool:
    """Tell whether a heading opens the tasks under one row of a board."""
    return text.casefold() in _set("subitems")


def is_total(text: str) -> bool:
    """Tell whether a row's name says that the row sums others up."""
    plain = re.sub(r"\s*\(.*?\)|:$", "", text.casefold()).strip()
    return plain in _set("totals") or plain.startswith(("grand total", "total "))


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = re.compile(r"[\s_\-–./:]+")
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_BASES = re.compile(r"\b(arr|acv|tcv|mrr)\b")
_THOUSANDS = re.compile(
    r"(?:\bin |[( ])k\b|^k\b|\bk[€$£]|[€$£]k\b|\btsd\b|\bthousands?\b|\bt€|\bteur\b|\bkeur\b|['’]000|\b000s\b"
)


@lru_cache(maxsize=4096)
def heading_of(text: str, index: int) -> Column:
    """Return what the column headed `text` holds."""
    shown = clean(text).lstrip("\ufeff").strip()
    lowered = _CAMEL.sub(" ", shown.removesuffix("__c")).casefold()
    currency = _currency_in(lowered)
    basis = _BASES.search(lowered)
    thousands = _THOUSANDS.search(lowered) is not None
    aside = _BRACKETS.search(lowered)
    former = aside is not None and any(w in _set("then") for w in re.findall(r"[^\W\d_]+", aside.group()))
    worded = _basis_worded(lowered)
    for candidate in _candidates(lowered):
        if former and _roles().get(candidate, ("",))[0] == "close_date":
            return Column(index, "previous_close_date", shown, 0)
        if candidate in _roles():
            role, rank = _roles()[candidate]
            stated = _BASIS.get(role) or (Basis(basis.group(1).upper()) if basis and role == "amount" else None)
            stated = stated or (worded if role == "amount" else None)
            if role in ("category", "stage", "id") and currency:
                currency = None
            return Column(index, role, shown, rank, stated, currency, thousands and role in AMOUNTS)
    then = _then_or_now(lowered)
    if then:
        return Column(index, then, shown, 0)
    role = _by_word(lowered)
    stated = _BASIS.get(role) or (Basis(basis.group(1).upper()) if basis and role == "amount" else None)
    stated = stated or (worded if role in ("amount", "unknown") else None)
    if role not in AMOUNTS:
        currency, thousands = None, False
    return Column(index, role if shown else "", shown, 1000, stated, currency, thousands)


_SAID = frozenset("that this i we it they had said thought told my our the".split())


_WORDED = (
    (re.compile(r"\bone[- ]?(?:time|off)\b|\bonce\b|\bpurchase\b|\beinmalig\b"), Basis.ONE_TIME),
    (re.compile(r"(?:/|\bper |\ba )\s*(?:month|mo|mth|monat|mes|mois)\b|\bmonthly\b|\bp\.?m\b"), Basis.MRR),
    (re.compile(r"(?:/|\bper |\ba )\s*(?:year|yr|y|a|annum|jahr|an|año)\b|\b(?:yearly|annual)\b|\bp\.?a\b"), Basis.ARR),
)


def _basis_worded(lowered: str) -> Basis | None:
    """Return the basis that everyday words of a heading name: "$ (one time, no tax)", "k€/y"."""
    return next((basis for shape, basis in _WORDED if shape.search(lowered)), None)


def _then_or_now(lowered: str) -> str:
    """Return the role of one of two columns of dates, of which a word says that it was or is: date was, new close."""
    said = re.findall(r"[^\W\d_]+", lowered)
    when = [w for w in said if w in _set("then") or w in _set("now")]
    rest = " ".join(w for w in said if w not in when and w not in _SAID)
    if len(when) != 1 or len(said) > 5:
        return ""
    if rest and not (_roles().get(rest, ("",))[0] == "close_date" or _by_word(rest) == "close_date"):
        return ""
    if when[0] in _set("then"):
        return "previous_close_date"
    return "close_date" if rest else ""


def when_of(heading: str) -> str:
    """Return "then" or "now" where a heading is a word for what was or is, else ""."""
    said = heading.casefold().strip()
    return "then" if said in _set("then") else "now" if said in _set("now") else ""


def _by_word(lowered: str) -> str:
    """Return the role that a single word of a heading tells, "unknown" where none does."""
    if lowered.count(" ") > 5:
        return "unknown"
    said = set(re.findall(r"[^\W\d_]+|[$€£]", lowered))
    for rule in _load("columns.yaml")["contains"]:
        if said & set(rule["words"]) and not said & set(rule.get("but", ())):
            return str(rule["role"])
    return "unknown"


def _candidates(lowered: str) -> list[str]:
    full = _SEPARATORS.sub(" ", lowered).strip()
    plain = _SEPARATORS.sub(" ", re.sub(r"[()\[\]{}#*?!\"']", "", lowered)).strip() or full
    outside = _SEPARATORS.sub(" ", _BRACKETS.sub(" ", lowered)).strip(" ?!*:")
    unpriced = " ".join(w for w in outside.split() if not _is_money_word(w))
    based = " ".join(w for w in unpriced.split() if not _BASES.fullmatch(w))
    found = [full, plain, outside, unpriced]
    for known in (plain, outside, unpriced):
        stripped = known
        for _ in range(2):
            head = next((p for p in _load("columns.yaml")["prefixes"] if stripped.startswith(p + " ")), None)
            if head is None:
                break
            stripped = stripped[len(head) + 1 :]
            found.append(stripped)
    found.append(based)
    if not based and unpriced == "" and outside:
        found.append("amount")  # "$", "EUR"
    if _BASES.fullmatch(unpriced) or (not unpriced and (match := _BASES.search(lowered))):
        found.append(unpriced if unpriced else match.group(1) if match else "")
    return [f for f in found if f]


def _is_money_word(word: str) -> bool:
    return (
        word in words()["currency_words"]
        or word.strip("k") in words()["currency_signs"]
        or word in ("k", "in", "'000", "000s", "tsd", "t€", "k€", "r$", "us$", "teur", "keur")
    )


def _currency_in(lowered: str) -> str | None:
    for word in re.findall(r"[^\W\d_]+\$|[^\W\d_]+|[€£₹¥]", lowered):
        if word in words()["currency_signs"]:
            return str(words()["currency_signs"][word])
        if word.endswith("$") and word[:-1] in words()["dollar_prefixes"]:
            return str(words()["dollar_prefixes"][word[:-1]])
        if word in ("teur", "keur"):
            return "EUR"
        code = words()["currency_words"].get(word)
        if (code and word.upper() == code) or word in ("euro", "euros", "dollars", "pounds", "rupees"):
            return str(code)
    return None


@cache
def currency_codes() -> frozenset[str]:
    """Return the currencies that are known."""
    codes = {
        *words()["currency_words"].values(),
        *words()["currency_signs"].values(),
        *words()["dollar_prefixes"].values(),
    }
    return frozenset(c for c in codes if len(c) == 3)


@lru_cache(maxsize=256)
def currency_of(text: str, home: str) -> str | None:
    """Return the currency that a cell of a currency column names, or None where it is none that is known."""
    code = re.split(r"[\s\-–(]", text.strip(), maxsplit=1)[0].strip(".,")
    if code.upper() in currency_codes():
        return code.upper()
    found = words()["currency_words"].get(code.casefold()) or words()["currency_signs"].get(code)
    if found == "$":
        return home if home in words()["dollar_currencies"] else "USD"
    if found == "kr":
        return home if home in words()["crown_currencies"] else "SEK"
    return str(found) if found and len(str(found)) == 3 else None


@dataclass(frozen=True, slots=True)
class StageFound:
    """Hold what a stage cell means; `exact` where its whole name is known."""

    stage: Stage
    category: Category
    exact: bool


_NO_WORDS = re.compile(r"[^\w'’]+")
_ORNAMENT = re.compile(r"^[\W\d_]+|[\W_]+$")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


@lru_cache(maxsize=1024)
def stage_of(text: str) -> StageFound | None:
    """Return the stage and category that a stage cell means: by its whole name, else by the first word that tells."""
    full = _plain(text)
    spaced = _SEPARATORS.sub(" ", full)
    trimmed = _ORNAMENT.sub("", full)
    without_number = re.sub(r"\s*[(\[]?\d{1,3}\s?%[)\]]?", "", trimmed).strip(" -–:")
    for name in (full, spaced, trimmed, without_number, re.sub(r"\s*\([^)]*\)", "", trimmed)):
        if name in _stage_names():
            return StageFound(*_stage_names()[name], exact=True)
    padded = f" {_NO_WORDS.sub(' ', full)} "
    if " not " in padded or " no " in padded or " nicht " in padded:
        return None
    for stage, category, known in _stage_words():
        if any(f" {word} " in padded for word in known):
            return StageFound(stage, category, exact=False)
    return None


@cache
def _stage_names() -> dict[str, tuple[Stage, Category]]:
    found: dict[str, tuple[Stage, Category]] = {}
    for rule in _load("stages.yaml")["stages"]:
        for name in rule["names"]:
            kinds = (Stage(rule["stage"]), Category(rule["category"]))
            found.setdefault(name, kinds)
            found.setdefault(_SEPARATORS.sub(" ", name), kinds)
    return found


@cache
def _stage_words() -> tuple[tuple[Stage, Category, tuple[str, ...]], ...]:
    return tuple(
        (Stage(r["stage"]), Category(r["category"]), tuple(r["words"])) for r in _load("stages.yaml")["stages"]
    )


@lru_cache(maxsize=256)
def state_of(text: str) -> Stage | None:
    """Return closed_won or closed_lost where a status cell says so, else None."""
    plain = _plain(text)
    for name, known in _load("stages.yaml")["states"].items():
        if plain in known and name != "open":
            return Stage(name)
    return None


@lru_cache(maxsize=256)
def is_open_state(text: str) -> bool:
    """Tell whether a status cell only says that the deal is open."""
    return _ORNAMENT.sub("", _plain(text)) in _load("stages.yaml")["states"]["open"]


@lru_cache(maxsize=256)
def category_of(text: str) -> Category | None:
    """Return the forecast category that a cell names, or None where it is none that is known."""
    plain = _ORNAMENT.sub("", _plain(text)).replace("_", " ")
    for name, known in _load("stages.yaml")["categories"].items():
        if plain in known:
            return Category(name)
    return None
