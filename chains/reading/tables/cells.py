"""Cells of an export: the text of one cell and the conventions come in; an amount, dates, a next step, a person or
names of rivals go out."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from chains.deals import ME, Conventions, Money, NextStep, Person, Role
from chains.figures.numerals import digits
from chains.figures.tokens import any_of, words
from chains.periods import DateMention, find_dates
from chains.reading.tables.columns import Column, cell_words, currency_of
from chains.scan import parse_amount

_PLAIN_AMOUNT = re.compile(r"([$€£₹]?) ?(\d[\d,]*(?:\.\d{1,2})?)")
_ALWAYS = re.compile(r"(\d{1,2})[/.-](\d{1,2})")
_MONTHS = "January February March April May June July August September October November December".split()
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?:[ \u00a0\u202f,.]|\D|$))")  # 1 450 000
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].{0,20})?")
_SERIAL = re.compile(r"4\d{4}|5[0-5]\d{3}")  # days since 1899-12-30, as spreadsheets count
_STRUCK = re.compile(r"~~([^~]{1,80})~~")
_WAS_BEFORE = r"\b(?:%s)\b[\s:.,]*$"
_ARROW = re.compile(r"->|→|=>|>>|\bnow\b|\bjetzt\b", re.I)
_WAS = re.compile(r"\b(?:was|statt|vorher|before|from|antes|avant)\b[^\d]{0,8}(\d.*)", re.I)


def amounts_of(
    text: str, conventions: Conventions, currency: str | None, column: Column
) -> tuple[Money | None, Money | None]:
    """Read a cell's amount, and the one that it replaced ("~~80k~~ 92k", "92k (was 110)")."""
    home = currency or conventions.currency
    text = _SPACED.sub("", text)
    plain = _PLAIN_AMOUNT.fullmatch(text)
    if plain:
        home = currency_of(plain.group(1), home) or home if plain.group(1) else home
        value = digits(plain.group(2), home in any_of("decimal_comma"))
        if value:
            return Money(_sized(value[0], column), home, column.basis), None
    struck = _STRUCK.search(text)
    previous = parse_amount(struck.group(1), conventions, home) if struck else None
    rest = _STRUCK.sub(" ", text)
    if previous is None and (arrow := _ARROW.search(rest)) and any(map(str.isdigit, rest[arrow.end() :])):
        previous = parse_amount(rest[: arrow.start()], conventions, home)
        rest = rest[arrow.end() :] if previous is not None else rest
    money = parse_amount(rest, conventions, home)
    if money is None:
        return None, None
    if currency and money.currency == home and not _has_sign(rest):
        money = replace(money, currency=currency)
    money = _with_column(money, column)
    if previous is None and (match := _WAS.search(rest)):
        previous = parse_amount(match.group(1), conventions, home)
    if previous is not None:
        if previous.amount * 100 < money.amount and previous.amount < 10_000:
            previous = replace(previous, amount=previous.amount * 1000)
        previous = replace(previous, currency=money.currency, basis=previous.basis or money.basis)
    return money, previous


def _sized(value: Decimal, column: Column) -> Decimal:
    whole = value.to_integral_value()
    value = whole if whole == value else value.normalize()
    return value * 1000 if column.thousands and value < 100_000 else value


def _with_column(money: Money, column: Column) -> Money:
    sized = [None if v is None else _sized(v, column) for v in (money.amount, money.low, money.high)]
    return replace(
        money, amount=sized[0] or money.amount, low=sized[1], high=sized[2], basis=money.basis or column.basis
    )


def _has_sign(text: str) -> bool:
    return any(sign in text for sign in words()["currency_signs"]) or bool(
        set(re.findall(r"[^\W\d_]+", text.casefold())) & set(words()["currency_words"])
    )


def dates_of(text: str, conventions: Conventions) -> tuple[date | None, date | None]:
    """Return the date of a cell, and the one that it replaced ("~~6/30~~ 7/31", "4/9, was 3/26")."""
    if match := _ISO.fullmatch(text):
        try:
            return date(*(int(g) for g in match.groups())), None
        except ValueError:
            return None, None
    if _SERIAL.fullmatch(text):
        return date(1899, 12, 30) + timedelta(days=int(text)), None
    if (struck := _STRUCK.search(text)) and any(map(str.isdigit, _STRUCK.sub(" ", text))):
        past_day, _ = dates_of(struck.group(1).strip(), conventions)
        now, earlier = dates_of(_STRUCK.sub(" ", text).strip(), conventions)
        return now, earlier or past_day
    found = [m for m in find_dates(text, conventions) if not m.vague]
    if not found and re.fullmatch(r"\d{1,2}[.]\d{1,2}", text):
        found = list(find_dates(text + ".", replace(conventions, date_order="DMY")))
    if not found and text.replace(".", "").isalpha() and len(text) < 12:  # in a column of dates, May is a month
        found = [m for m in find_dates(f"end of {text}", conventions) if not m.vague]
    if not found and (pair := _ALWAYS.fullmatch(text)):  # in a column of dates, 24/7 is no "always"
        first, second = (int(g) for g in pair.groups())
        day, month = (first, second) if conventions.date_order == "DMY" else (second, first)
        found = list(find_dates(f"{day} {_MONTHS[month - 1]}", conventions)) if 1 <= month <= 12 else []
    if not found:
        return None, None
    struck = _STRUCK.search(text)
    past = [
        m
        for m in found
        if cell_words("was", _WAS_BEFORE).search(text[: m.start])
        or (struck and struck.start() <= m.start < struck.end())
    ]
    current = [m for m in found if m not in past]
    if not past and len(current) > 1 and _ARROW.search(text[current[0].end : current[-1].start]):
        past, current = current[:-1], current[-1:]
    if not current:
        return None, past[-1].day
    return current[0].day, past[-1].day if past else None


def probability_of(text: str, fractions: bool) -> Decimal | None:
    """Return a probability from 0 to 100; `fractions` says that the column writes parts of one (0.6)."""
    match = re.match(r"~?\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*%?", text)
    if match is None:
        return None
    value = Decimal(match.group(1).replace(",", "."))
    if fractions and value <= 1 and "%" not in text:
        value *= 100
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


_TO_VERB = re.compile(r"(?P<who>[^\W\d_][\w.'-]*(?: [A-Z][\w.'-]*| team)?) to (?P<what>[a-z].+)", re.S)
_IN_BRACKETS = re.compile(r"\s*\((?P<who>me|I|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)?)\)\s*")
_TRAILING = re.compile(r"(?P<what>.+?)[,;]\s*(?:me|I|myself)\.?", re.S)
_LEADING = re.compile(r"(?P<who>me|I|we)\b\s*(?::|-|–|to\b)?\s*(?P<what>.+)", re.S)
_COLON = re.compile(r"(?P<who>[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)?)\s*:\s*(?P<what>.+)", re.S)


@cache
def _does() -> re.Pattern[str]:
    """Return the pattern for "our legal sends ...", "Odette will name ..."."""
    teams, must, does = (cell_words(name, "%s").pattern for name in ("teams", "must", "does"))
    name = r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)?"
    return re.compile(rf"(?:[Oo]ur )?(?P<who>{name}|{teams}) (?:(?:{must}) [a-z]+|(?:{does}))\b")


def split_step(text: str, conventions: Conventions) -> NextStep:
    """Split a next-step cell in what is done, who does it and by when: "Legal to return redlines by Friday".

    The owner is None where the cell names none ("Pricing call w/ CFO 3/17").
    """
    mentions = [m for m in find_dates(text, conventions) if not m.vague]
    due, action = None, text
    if mentions:
        last = mentions[-1]
        due = last.day
        if last.period is None or last.day != last.period.end:
            action = _without_date(text, last)
    owner = None
    if match := _IN_BRACKETS.search(action):
        owner = owner_of(match.group("who"))
        action = f"{action[: match.start()]} {action[match.end() :]}".strip()
    elif (match := _TO_VERB.fullmatch(action)) or (match := _COLON.fullmatch(action)):
        owner, action = owner_of(match.group("who")), match.group("what")
    elif (match := _TRAILING.fullmatch(action)) or (match := _LEADING.fullmatch(action)):
        owner, action = ME, match.group("what")
    elif match := _does().match(action):
        owner = owner_of(match.group("who"))
    action = " ".join(action.split()).strip(" ,;:-–—") or " ".join(text.split())
    return NextStep(action, owner, due)


def _without_date(text: str, mention: DateMention) -> str:
    """Take a date with the small words before it out of a text."""
    before = cell_words("due", r"[\s,(]*(?:\b(?:%s)|[-–:])\s*$").sub("", text[: mention.start])
    before = before.rstrip(" ,(-–:@")
    after = text[mention.end :].lstrip(" ),.;")
    return f"{before} {after}".strip() if before and after else before or after


def owner_of(who: str) -> str | None:
    """Return who has to do a step: `me` for the rep, a name or a team as written."""
    plain = who.strip()
    return ME if plain.casefold() in ("me", "i", "we", "ich", "yo", "moi", "eu") else plain or None


_TITLED = re.compile(r"(?P<name>[^(,;/]{2,60}?)\s*(?:\((?P<title>[^)]{1,60})\)?|[,;/–-]\s+(?P<after>.{2,60}))")


def person_of(text: str, role: Role) -> Person | None:
    """Read a person from a cell ("Farrah Okonkwo (People Ops Lead)"); None where the cell names nobody."""
    struck = _STRUCK.sub(" ", text).strip()
    if (
        not struck
        or cell_words("nobody", r"(?:%s)\b|\?").match(struck)
        or not struck[0].isupper()
        or not has_words(struck)
    ):
        return None
    match = _TITLED.fullmatch(struck)
    if match:
        title = match.group("title") or match.group("after")
        left = is_gone(title)
        no_title = left or is_unsure(title) or any(ch.isdigit() for ch in title)
        return Person(match.group("name").strip(), role, None if no_title else title.strip(), left)
    return Person(" ".join(struck.split()), role) if len(struck) <= 60 else None


def is_unsure(text: str) -> bool:
    """Tell whether a cell for a person says more than a name ("Gil Moreau, never met", "left in April")."""
    return "?" in text or cell_words("unsure").search(text) is not None


def no_buyer(text: str) -> bool:
    """Tell whether a cell for the economic buyer says that there is none yet, or none that was met."""
    plain = text.strip(" .!").replace("’", "'")
    return cell_words("no_buyer_yet", "(?:%s)").fullmatch(plain) is not None or bool(
        cell_words("no_buyer").search(plain)
    )


def is_gone(text: str) -> bool:
    """Tell whether a cell for a person says that they are gone."""
    return cell_words("gone").search(text) is not None


def rivals_of(text: str) -> list[str]:
    """Return the competitors that a cell names."""
    if "~~" in text or cell_words("no_rival", r"(?:%s)\b").match(text):
        return []
    names = re.split(r"\s*[,;/&]\s*|\s+and\s+", text)
    return [name.strip() for name in names if name.strip() and len(name) < 60]


def has_words(text: str) -> bool:
    """Tell whether a cell holds readable words and no code ("A/SkeDD5c3ejU==")."""
    return re.search(r"[^\W\d_]{2,}", text) is not None and not re.fullmatch(r"[\w+/=-]{18,}", text)


def is_sentence(text: str) -> bool:
    return text.count(" ") >= 2 and has_words(text)
