"""Who is known to be at which account: marked notes and mentions come in, accounts by a person's first name go out.

"Spoke to Anna at Hooli ... Anna wants to sign": the second sentence is about Hooli. A name that two accounts share, or
that stands beside no account, leads nowhere.
"""

from collections.abc import Sequence

from chains.reading.accounts.contacts import Contacts
from chains.reading.accounts.mentions import FOREIGN, Mention
from chains.reading.layout.marked import Marked
from chains.reading.lexicon import wordlists

_BEFORE = frozenset("later today tomorrow then also and but so now update ps yesterday again oh ok".split())
_REACH = 5  # tokens of a sentence in which the person may open it


def people_at(marked: Marked, mentions: Sequence[Mention]) -> dict[str, int]:
    """Return the account of every person who is said to be at exactly one."""
    tokens, contacts = marked.stream.tokens, marked.once(Contacts)
    found: dict[str, set[int]] = {}
    for mention in mentions:
        led, opens = contacts.leads(mention.first)
        if led == "who" and _a_name(marked, opens):
            found.setdefault(tokens[opens].low, set()).add(mention.account)
        i = mention.last
        if i + 2 < len(tokens) and tokens[i].low == "(" and tokens[i + 2].low in (")", ",") and _a_name(marked, i + 1):
            found.setdefault(tokens[i + 1].low, set()).add(mention.account)
    return {name: next(iter(at)) for name, at in found.items() if len(at) == 1 and FOREIGN not in at}


def whose_turn(marked: Marked, first: int, last: int, people: dict[str, int]) -> int | None:
    """Return the account of the person with whom a sentence opens: Anna wants to sign."""
    if not people:
        return None
    tokens = marked.stream.tokens
    for i in range(first, min(first + _REACH, last - 1)):
        token = tokens[i]
        if token.low in people:
            goes_on = tokens[i + 1].kind == "word" and tokens[i + 1].low not in ("at", "from", "of", "s", "and", "or")
            return people[token.low] if goes_on else None
        if token.kind == "word" and token.low not in _BEFORE:
            return None
    return None


def _a_name(marked: Marked, i: int) -> bool:
    token = marked.stream.tokens[i]
    return token.kind == "word" and token.low in wordlists()["first_names"]
