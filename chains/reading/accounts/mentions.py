"""Where accounts are named: candidates and the registry come in, every mention in the order of the notes goes out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chains.reading.accounts.contacts import Contacts
from chains.reading.accounts.registry import Account, Registry, key
from chains.reading.accounts.signs import order_before
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.lexicon import wordlists

_ID = re.compile(r"[\w/-]*\w")
_ID_LENGTH = 3
_NUMBER_SIGNS = frozenset("# no nr id row deal opp opportunity number".split())
FOREIGN = -1  # the account of a mention whose deal is somebody else's or only an example


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold tokens `first` up to and without `last` that name an account; `head` where they open their unit."""

    first: int
    last: int
    account: int
    head: bool = False
    told: bool = False  # what is said behind it made it an account
    opens: int = -1  # where the words open that lead to it: "the team at", "Anna from"


def mentions_of(
    marked: Marked,
    registry: Registry,
    found: Sequence[Candidate],
    heads: dict[int, int],
    strong: set[int],
    by_number: Mapping[int, Mention],
) -> list[Mention]:
    """Return where accounts are named: by candidates that became accounts, by forms known of them, by rows' numbers."""
    tokens = marked.stream.tokens
    by_first = {c.first: c for c in found}
    mentions: list[Mention] = []
    recent: list[int] = []
    contacts = marked.once(Contacts)
    for sentence in marked.clauses.sentences:
        if marked.units[sentence.unit].first.header in ("from", "to", "cc", "sent", "date", "von", "an"):
            continue
        said = [t for t in tokens[sentence.first : sentence.last] if t.kind == "word"]
        flat = len(said) > 6 and sum(1 for t in said if t.text[0].isupper()) * 8 <= len(said)
        i = sentence.first
        while i < sentence.last:
            if i in by_number:
                mentions.append(by_number[i])
                recent.append(by_number[i].account)
                i = by_number[i].last
                continue
            candidate = by_first.get(i)
            head = candidate is not None and candidate.where in ("head", "heading")
            if candidate is not None and i in heads:
                hit = registry.resolve(tokens, i, sentence.last, head=head)
                last = max(candidate.last, hit[1]) if hit and heads[i] in hit[0] else candidate.last
                if heads[i] != FOREIGN:
                    last = _fuller_end(registry, marked, registry.accounts[heads[i]], last, sentence.last)
                opens = _opens(contacts, i)
                mentions.append(Mention(i, last, heads[i], head, i in strong or heads[i] == FOREIGN, opens))
                recent.append(heads[i])
                i = last
                continue
            hit = None if tokens[i].kind == "mark" else registry.resolve(tokens, i, sentence.last, flat=flat)
            if hit is None or _part_of_longer(marked, hit[1], candidate):
                i += 1
                continue
            indices, end = hit
            index = indices[0] if len(indices) == 1 else next((r for r in reversed(recent) if r in indices), indices[0])
            account = registry.accounts[index]
            end = _fuller_end(registry, marked, account, end, sentence.last)
            text = marked.stream.text(i, end)
            if key(text) != key(account.name):
                account.call(text)
            mentions.append(Mention(i, end, index, head, opens=_opens(contacts, i)))
            recent = [*recent[-20:], index]
            i = end
    return mentions


def numbered(marked: Marked, registry: Registry, numbers: Mapping[str, str]) -> dict[int, Mention]:
    """Return the lines that open with the id of an export's row, "2201: they left out a wing", by their first token."""
    found: dict[int, Mention] = {}
    if not any(_tells(number) for number in numbers):
        return found
    stream = marked.stream
    for unit in marked.units:
        within = stream.within(unit.start, unit.end)
        if unit.index in marked.cells or not within:
            continue
        first = within.start + (within.stop > within.start + 1 and stream.tokens[within.start].low in _NUMBER_SIGNS)
        opening = _ID.match(stream.notes, stream.tokens[first].start)
        name = numbers.get(opening[0].casefold()) if opening and _tells(opening[0]) else None
        account = registry.exact(name) if name else None
        if account is None or opening is None:
            continue
        last = next((i for i in range(first, within.stop) if stream.tokens[i].start >= opening.end()), within.stop)
        found[first] = Mention(first, last, account.index, head=True, told=True)
    return found


def _tells(number: str) -> bool:
    """Tell whether an id is more than the count of a row or of a list's item."""
    return len(number) >= _ID_LENGTH and any(map(str.isdigit, number))


def _opens(contacts: Contacts, i: int) -> int:
    """Return where the words open that lead to a customer's name at token `i`, -1 where none do."""
    led, first = contacts.leads(i)
    return first if led else order_before(contacts.marked, i)


def _fuller_end(registry: Registry, marked: Marked, account: Account, end: int, last: int) -> int:
    """Take the words behind a short form that say what kind of firm it is: Slaney, later the Slaney Dairies date."""
    tokens, company = marked.stream.tokens, wordlists()["company"]
    stop = end
    lower = account.name == account.name.lower()
    while stop < last and tokens[stop].low in company and (tokens[stop].capital or lower):
        stop += 1
    if stop == end:
        return end
    fuller = f"{account.name} {marked.stream.text(end, stop)}"
    if not set(key(marked.stream.text(end, stop))) & set(key(account.name)):
        registry.rename(account, fuller)
    return stop


def _part_of_longer(marked: Marked, end: int, candidate: Candidate | None) -> bool:
    """Tell whether a short form is only the start of another, longer name: Kelly in Kelly Services."""
    if candidate is None or candidate.last <= end or candidate.where == "dictated":
        return False
    words = wordlists()
    rest = [t for t in marked.stream.tokens[end : candidate.last] if t.kind == "word"]
    return bool(rest) and all(
        t.capital and not t.text.isupper() and t.low not in words["ordinary"] and t.low not in words["function"]
        for t in rest
    )
