"""How an account is written and which forms go together: a candidate comes in, its name or account goes out."""

import re

from chains.reading.accounts.registry import Account, Registry, core, key
from chains.reading.accounts.weighing import Told
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import wordlists

_SPELT = re.compile(r"\b(?:[A-Z]\.){3,}")  # letters one by one, as a recording writes them down: I.S.D.
_CO_OP = re.compile(r"\bCo [Oo]p\b")  # as speech is written down
KINDS_OF_DEAL = frozenset(
    "renewal renewals expansion upsell upgrade add-on addon pilot rollout newbiz phase extension".split()
)


def account_of(registry: Registry, marked: Marked, candidate: Candidate, told: Told) -> Account | None:
    """Return the account that a candidate is a form of, or None where it is a new one."""
    tokens = marked.stream.tokens
    exact = registry.exact(candidate.text)
    if exact is not None:
        return exact
    hit = registry.resolve(tokens, candidate.first, candidate.last, head=candidate.where == "head")
    if (
        not hit
        or len(hit[0]) != 1
        or (tokens[candidate.last - 1].low in KINDS_OF_DEAL and candidate.where in ("head", "heading"))
    ):
        return None
    account = registry.accounts[hit[0][0]]
    rest = [t for t in tokens[hit[1] : candidate.last] if t.kind == "word"]
    named, said = core(key(account.name)), core(key(candidate.text))
    opened = candidate.where == "head" and tokens[candidate.first].start < account.order and len(said) > 1
    own = [w for w in named[len(said) :] if w not in wordlists()["company"]]
    facts = told.facts & {"money", "category", "date", "stage", "signed", "odds"}
    opened = opened and (len(facts) > 1 or ("category" in facts and _listed_before(marked, candidate, account)))
    if opened and own and named[: len(said)] == said and not account.exported:
        return None  # the shorter name heads a line of its own above: Lake Lab, and its sister Lake Lab North
    if not rest or said[: len(named)] == named or named[: len(said)] == said:
        # a longer name with words of its own is somebody else, unless the words only say what kind of firm it is
        company = wordlists()["company"]
        if rest and not all(t.low in company or not t.capital or _short(t, account) for t in rest):
            return None
        return account
    return account if all(_short(t, account) or not t.capital for t in rest) else None


def _listed_before(marked: Marked, candidate: Candidate, account: Account) -> bool:
    """Tell whether a name heads the item of a list right before the one that the account heads."""
    unit = marked.units[candidate.unit]
    if not unit.first.bullet or unit.index + 1 >= len(marked.units):
        return False
    below = marked.units[unit.index + 1]
    sibling = bool(below.first.bullet) and below.first.indent == unit.first.indent
    return sibling and below.start <= account.order < below.end


def _short(token: Token, account: Account) -> bool:
    """Tell whether a word is a word of the account's name with letters left out: Ptnrs for Partners."""
    for word in key(account.name):
        ends = len(token.low) == 2 and len(word) > 3 and word[-1] == token.low[-1]  # Pt for Point
        if word[:1] == token.low[:1] and (len(token.low) >= 3 or ends):
            letters = iter(word)
            if all(c in letters for c in token.low):
                return True
    return False


def take_fuller(registry: Registry, account: Account, candidate: Candidate) -> None:
    """Take the fuller of two forms for an account's name, the other for an alias."""
    mine, other = core(key(account.name)), core(key(candidate.text))
    if other == mine and key(candidate.text) == key(account.name):
        return
    longer = len(other) > len(mine) and other[: len(mine)] == mine
    named = longer and all(w in wordlists()["company"] for w in other[len(mine) :])
    if account.exported and not named:
        registry.alias(account, candidate.text)
    elif account.exported or (longer and candidate.text[:1].isupper()):
        registry.rename(account, candidate.text)
    elif key(candidate.text) != key(account.name):
        account.call(candidate.text)


def grow(registry: Registry, candidate: Candidate) -> None:
    """Take a fuller form that running text gives: Globex, later Globex Industries."""
    said = key(candidate.text)
    if len(said) < 2 or not candidate.text[:1].isupper() or candidate.where == "dictated":
        return
    for size in range(1, len(said)):
        account = registry.named(said[:size])
        if account is None or account.exported or said == key(account.name) or core(key(account.name)) != said[:size]:
            continue
        if all(w in wordlists()["company"] for w in said[size:]):
            registry.rename(account, candidate.text)
            return


def as_typed(marked: Marked, candidate: Candidate) -> str:
    """Return the name as it would be typed: dictated words get their capitals."""
    unit = marked.units[candidate.unit]
    sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
    if not sentence.dictated and not _spoken(marked, unit.start, unit.end) and not marked.clauses.spoken:
        name = " ".join(candidate.text.split()).strip("*_~ ")
        return _SPELT.sub(lambda m: m[0].replace(".", ""), name) if unit.first.speaker else name
    joining = wordlists()["joining"]
    run = marked.stream.tokens[candidate.first : candidate.last]
    typed = " ".join(t.text if t.low in joining or t.capital else t.text[:1].upper() + t.text[1:] for t in run)
    return _CO_OP.sub("Co-op", typed)


def _spoken(marked: Marked, start: int, end: int) -> bool:
    """Tell whether a unit was dictated: long, and with neither capitals nor digits."""
    text = marked.stream.notes[start:end]
    if len(text) <= 80 or text != text.lower() or any(c.isdigit() for c in text):
        return False
    return sum(text.count(c) for c in ",.;:") * 60 < len(text)


def learn_bracketed(registry: Registry, account: Account, marked: Marked, candidate: Candidate) -> None:
    """Learn an acronym in brackets behind a name, or the full name behind an acronym."""
    tokens = marked.stream.tokens
    i = candidate.last
    if i >= len(tokens) or tokens[i].low not in ("(", "["):
        return
    j = i + 1
    while j < len(tokens) and j - i < 9 and tokens[j].low not in (")", "]"):
        j += 1
    inside = marked.stream.text(i + 1, j)
    words = key(inside)
    if not words:
        return
    name = "".join(key(account.name))
    if len(words) == 1 and inside.isupper() and len(inside) >= 2:
        letters = iter(name)
        if all(c in letters for c in words[0]):
            registry.alias(account, inside)
    elif account.name.isupper() and len(words) >= 2:
        initials = "".join(w[0] for w in words if w not in ("and", "of", "the"))
        if initials == key(account.name)[0]:
            registry.rename(account, inside)
