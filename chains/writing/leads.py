"""The words an entry about a deal opens with: a `Deal` and its group come in, name, amount, category and date go out as
one clause.
"""

import re
from datetime import date

from chains.changes import times_pushed
from chains.deals import Deal, Fact, Money
from chains.kinds import Category
from chains.planning.standing import Group
from chains.writing.clauses import because
from chains.writing.days import MONTHS
from chains.writing.figures import percent
from chains.writing.phrasing import Phrasing
from chains.writing.remarks import remarks
from chains.writing.retelling import notes_of, retold
from chains.writing.structure import lists
from chains.writing.telling import CATEGORY_WORDS, Entry

_LONG_CAUSE = 24
# "the floor has to be poured again, that's the whole reason"
_THE_REASON = re.compile(
    r"(.{8,}?),? (?:and )?(?:that|this|which)(?:'?s| is) (?:the (?:whole |only |main |real )?reason|why)"
    r"(?: (?:it|this|they|that) (?:has )?(?:moved|slipped|moves|slips|shifted))?\W*",
    re.IGNORECASE,
)
_NEAR = 300  # days within which a quarter needs no year
_MONTH_END = re.compile(r"(?:the )?end(?: of)? ([a-z]{3,9})", re.IGNORECASE)
_QUARTER = re.compile(r"(?:(?:the )?end of |in )?(q[1-4])", re.IGNORECASE)
_CAUSE = re.compile(
    r"\b(?:(?:moved|slipped|slid|pushed|delayed)(?: out| back| again)? )?"
    r"(?P<word>because|b/c|bc|coz|cuz|cos|since|as|due to|reason(?: is| was)?[ ,:=]*|why ?[,:=])\s",
    re.IGNORECASE,
)
_NEAR_CHARS = 45
_SURE = 100  # percent; "not 100% sure" is no probability
_SLIP = re.compile(
    r"\b(?:no,? wait|wait,? no|sorry|i mean|scratch that|typo|fat fingers?|swapped the digits|mistyped|misspoke|slip of"
    r"|mali|oops|correction|no,? no|rather)\b"
    r"|\. no, |, no, |\bno\.? (?=one |two |three |\d)",
    re.IGNORECASE,
)
# ... unless it is told why the amount has changed
_WHY = re.compile(
    r"\b(?:they|because|bc|since|took|removed|dropped|added|cut|less|fewer|without|out|final)\b", re.IGNORECASE
)
_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}


def lead_of(told: Entry, group: Group, form: str) -> str:
    """Return the opening of an entry; `form` is "bullet" or "prose"."""
    deal, phrasing = told.deal, told.phrasing
    say = phrasing.voice.say
    for fact in (deal.account, deal.amount, deal.category, deal.close_date):
        told.take(fact)
    name = phrasing.names.full(deal.name)
    days = phrasing.days
    close = told_date(deal.close_date, phrasing)
    standing = _standing(told, close)
    figured = _figured(told)
    category = _category_moved(told)
    facts: dict[str, str | None] = {
        "name": name,
        "amount": figured,
        "what": ", ".join(part for part in (figured, category) if part),
        "standing": standing,
    }
    key = _lead_key(deal, group)
    if key == "open" and deal.amount is None:
        key = "open.unknown"
    if key.startswith("won"):
        facts["on"] = days.on(deal.close_date.value) if deal.close_date else None
    if key in ("open.moved", "open.in") and deal.previous_close_date is not None:
        told.take(deal.previous_close_date)
        facts |= {"old": told_date(deal.previous_close_date, phrasing), "new": close, "standing": None, "amount": None}
        if key == "open.moved" and (was := _was(told)) and (now := _category(told)):
            facts |= {"amount": figured, "what": None, "was": was, "cat": now}
    if key in ("open.moved", "open.in", "lost"):
        facts["cause"] = _cause(told)
    if key == "open.moved" and (times := times_pushed(deal)) and times > 1:
        facts["nth"] = _ORDINALS.get(times, f"{times}th")
    return say(f"{form}.{key}", **facts)


def told_date(fact: Fact[date] | None, phrasing: Phrasing) -> str | None:
    """Return a close date as the notes tell it: a month's end or a quarter as such, else the day."""
    if fact is None:
        return None
    text = fact.spans[0].text.strip(" .,;()") if fact.spans else ""
    month = MONTHS[fact.value.month - 1]
    if (hit := _MONTH_END.fullmatch(text)) and month.startswith(hit[1].title()[:3]):
        return f"the end of {month}"
    near = abs((fact.value - phrasing.book.conventions.as_of).days) <= _NEAR
    if near and (hit := _QUARTER.fullmatch(text)):
        return hit[1].upper()
    return phrasing.days.calendar(fact.value)


def _figured(told: Entry) -> str | None:
    deal = told.deal
    said = figure(deal, told.phrasing)
    if said is None:
        closed = deal.category is not None and deal.category.value in (Category.CLOSED_LOST, Category.OMITTED)
        return None if closed else told.phrasing.voice.say("no_amount")
    grew = _amount_change(told)
    return f"{said}, {grew}" if grew else said


def _standing(told: Entry, close: str | None) -> str | None:
    deal, phrasing = told.deal, told.phrasing
    category = _category(told)
    if category is None and close is None:
        return None
    passed = deal.close_date is not None and deal.close_date.value < phrasing.book.conventions.as_of
    if passed and category and close:
        return phrasing.voice.say("standing.passed", cat=category, date=close)
    return phrasing.voice.say("standing", cat=category, date=close)


def _lead_key(deal: Deal, group: Group) -> str:
    if group in ("won", "won_before"):
        return f"won.{won_how(deal)}"
    if group in ("lost", "omitted"):
        return group
    if deal.close_date is not None and deal.previous_close_date is not None:
        if deal.close_date.value > deal.previous_close_date.value:
            return "open.moved"
        if deal.close_date.value < deal.previous_close_date.value:
            return "open.in"
    return "open"


def won_how(deal: Deal) -> str:
    """Return how the notes say a deal was won: "po", "signed" or "closed"."""
    text = " ".join([*(line.text for line in deal.lines), *(d.value.text for d in deal.details)])
    if re.search(r"\bpo\b|purchase order|\border (?:is|came|dated|received)\b", text, re.IGNORECASE):
        return "po"
    return "signed" if re.search(r"\b(?:counter)?sign(?:ed|atures?)\b", text, re.IGNORECASE) else "closed"


def figure(deal: Deal, phrasing: Phrasing) -> str | None:
    """Return the amount as the text says it; None where it is not known."""
    return phrasing.figures.money(deal.amount.value) if deal.amount else None


def _category(told: Entry) -> str | None:
    """Return the category with the probability that the notes give it, or that alone where they do not name any."""
    category = told.deal.category
    if category is None or category.value not in CATEGORY_WORDS:
        return None
    word = None if category.value is told.implied else CATEGORY_WORDS[category.value]
    chance = _chance(told)
    if chance is None:
        return word
    if told.deal.probability is not None:
        told.take(told.deal.probability)
        told.spans.extend(told.deal.probability.spans)
    if word is None or category.inferred:
        return chance
    return told.phrasing.voice.say("cat.percent", cat=word, percent=chance)


def _chance(told: Entry) -> str | None:
    """Return the probability as the rep gives it; what an export counts with by itself is none."""
    chance = told.deal.probability
    if chance is None or any(notes_of(told.phrasing).is_row(s) for s in chance.spans) or not 0 < chance.value < _SURE:
        return None
    return percent(chance.value)


def _was(told: Entry) -> str | None:
    """Return what the category was before, where the notes tell of another one than today's."""
    before, now = told.deal.previous_category, told.deal.category
    if before is None or now is None or before.value is now.value or now.value is told.implied:
        return None
    word = CATEGORY_WORDS.get(before.value)
    if word:
        told.take(before)
    return word


def _category_moved(told: Entry) -> str | None:
    """Return the category, with what it was where the notes tell."""
    now, old = _category(told), _was(told)
    return f"{now}, {told.phrasing.voice.say('was', old=old)}" if now and old else now


def _amount_change(told: Entry) -> str | None:
    deal, phrasing = told.deal, told.phrasing
    if deal.amount is None or deal.previous_amount is None:
        return None
    now, before = deal.amount.value, deal.previous_amount.value
    if now.amount == before.amount or now.currency != before.currency:
        return None
    if _is_slip(deal, phrasing.book.notes):
        return None
    told.take(deal.previous_amount)
    old = phrasing.figures.money(Money(before.amount, before.currency), basis=False)
    return phrasing.voice.say("amount.up" if now.amount > before.amount else "amount.down", old=old)


def _is_slip(deal: Deal, notes: str) -> bool:
    """Tell whether the earlier amount was no more than a slip of the pen or the tongue: "1.53M, typo, 1.35"."""
    now, before = deal.amount, deal.previous_amount
    if now is None or before is None or not now.spans or not before.spans:
        return False
    first, last = sorted((now.spans[0], before.spans[0]), key=lambda s: s.start)
    between = notes[first.end : last.start]
    own_line = notes[last.end : last.end + _NEAR_CHARS].split("\n")[0]
    near = f"{between[-_NEAR_CHARS:]} {own_line}"
    after = notes[last.end : last.end + _NEAR_CHARS].split("\n")[0]
    return _SLIP.search(near) is not None and not _WHY.search(after)


def _cause(told: Entry) -> str | None:
    phrasing = told.phrasing
    if told.deal.lines:
        for remark in remarks(told.deal, notes_of(phrasing)):
            if (whole := _THE_REASON.fullmatch(remark.text)) and len(whole[1].split()) <= _LONG_CAUSE:
                said = because(retold(f"because {whole[1]}", phrasing, whole_clause=False), phrasing)
                told.tell(said, remark.spans)
                return said
            opened = _CAUSE.search(remark.text)
            if opened is None:
                continue
            before, told_as = remark.text[: opened.start()], opened["word"].casefold()
            if before and (told_as.startswith(("reason", "why")) or not only_slips(before)):
                continue
            why = remark.text[opened.start("word") :]
            if len(why.split()) <= _LONG_CAUSE:
                said = because(retold(why, phrasing, whole_clause=False), phrasing)
                told.tell(said, remark.spans)
                return said
        return None
    for fact in told.deal.details:
        if fact.value.kind == "cause" and not phrasing.private(fact.spans):
            said = because(fact.value.text, phrasing)
            if said and len(said.split()) <= _LONG_CAUSE:
                told.take(fact)
                told.spans.extend(fact.spans)
                return said
    return None


def only_slips(text: str) -> bool:
    """Tell whether words say no more than that a date has moved."""
    return lists().only_slips.fullmatch(text) is not None


def is_moved(deal: Deal, group: Group) -> bool:
    """Tell whether the lead already says that the date has moved, and with it the category."""
    return _lead_key(deal, group) in ("open.moved", "open.in")
