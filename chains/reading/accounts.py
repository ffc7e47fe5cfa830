"""Which candidates are accounts: marked notes and the exports' accounts come in, a `Registry` and every mention go out.

No list of customers: a candidate is weighed by its shape and by what is said of it (`weighing.py`), against the signs
of a person, a competitor, a colleague's deal or a deal that is only an example (`against.py`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chains.reading.against import Doubts, people_of
from chains.reading.contacts import Contacts
from chains.reading.lexicon import wordlists
from chains.reading.marked import Candidate, Marked
from chains.reading.names import candidates
from chains.reading.registry import Account, Registry, core, key
from chains.reading.tokens import Token
from chains.reading.weighing import Scales, Told, firm, order_before, own_name

ENOUGH = 4.5
ENOUGH_OF = frozenset("introduced money category signed lost section stage date odds unpriced topic".split())
_SPELT = re.compile(r"\b(?:[A-Z]\.){3,}")  # letters one by one, as a recording writes them down: I.S.D.
_CO_OP = re.compile(r"\bCo [Oo]p\b")  # as speech is written down
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


@dataclass(frozen=True, slots=True)
class Weighed:
    """Hold a candidate with what was told of it and the balance of points."""

    candidate: Candidate
    told: Told
    score: float
    foreign: bool


def find_accounts(
    marked: Marked, exported: Sequence[tuple[str, Sequence[str]]], strangers: frozenset[int] = frozenset()
) -> tuple[Registry, list[Mention]]:
    """Weigh every candidate, gather the accounts and return where each is named; `strangers` are others' turns."""
    registry = Registry()
    for name, aliases in exported:
        if registry.exact(name) is None:
            registry.add(name, [a for a in aliases if a and key(a) != key(name)], exported=True, order=-1)
    registry.tell_apart()
    found = _apart(marked, candidates(marked))
    weighed = weigh_all(marked, found, strangers, len(exported) > 1)
    heads: dict[int, int] = {}
    strong: set[int] = set()
    short = _short_forms(weighed)
    for one in sorted(weighed, key=lambda w: (w.candidate.first in short, *_priority(w))):
        candidate, told = one.candidate, one.told
        known = _known(registry, marked, candidate, told)
        if known is not None:
            heads[candidate.first] = known.index
            _fuller(registry, known, candidate)
            continue
        listed = told.facts != {"section"} or marked.units[candidate.unit].first.bullet
        if one.score >= ENOUGH and (told.facts & ENOUGH_OF or _met(marked, one)) and listed:
            account = registry.add(_typed(marked, candidate), order=marked.stream.tokens[candidate.first].start)
            strong.add(candidate.first)
            _bracketed(registry, account, marked, candidate)
            heads[candidate.first] = account.index
        elif one.foreign:
            heads[candidate.first] = FOREIGN
    for one in _like_the_others(marked, weighed, heads):
        if _known(registry, marked, one.candidate, one.told) is None:
            account = registry.add(_typed(marked, one.candidate), order=marked.stream.tokens[one.candidate.first].start)
            heads[one.candidate.first] = account.index
    if not registry.accounts:
        _title(marked, registry, weighed, heads, strong)
    for candidate in found:
        if heads.get(candidate.first) != FOREIGN:
            _grown(registry, candidate)
    registry.tell_apart(people_of(marked))
    return registry, _mentions(marked, registry, found, heads, strong)


_LINE_MARKS = frozenset([":", "-", "–", "—", "|"])
_HABIT = 2  # lines that name an account in one way, from which it is how these notes do it


def _like_the_others(marked: Marked, weighed: Sequence[Weighed], heads: dict[int, int]) -> list[Weighed]:
    """Return the names that head a line just as the accounts beside it do, though nothing is told of them yet."""
    tokens = marked.stream.tokens

    def way(one: Weighed) -> tuple[object, ...]:
        line = marked.units[one.candidate.unit]
        opener = tokens[one.candidate.first - 1].low if one.candidate.first > marked.stream.at(line.start) else ""
        mark = one.candidate.last < len(tokens) and tokens[one.candidate.last].low in _LINE_MARKS
        return line.parent, line.heading_of, bool(line.first.bullet), line.first.indent, opener, mark

    headed = [o for o in weighed if o.candidate.where == "head" and way(o)[-1]]
    ways = Counter(way(o) for o in headed if heads.get(o.candidate.first, FOREIGN) != FOREIGN)
    found: list[Weighed] = []
    for one in headed:
        run = [t for t in tokens[one.candidate.first : one.candidate.last] if t.kind == "word"]
        named = one.candidate.first not in heads and one.told.score == one.score and not one.foreign
        if named and ways[way(one)] >= _HABIT and all(t.capital for t in run) and own_name(run):
            found.append(one)
    return found


def _title(
    marked: Marked, registry: Registry, weighed: Sequence[Weighed], heads: dict[int, int], strong: set[int]
) -> None:
    """Take the firm that heads the notes for the one deal they tell of, where none of its facts stands on that line."""
    for one in weighed:
        candidate = one.candidate
        run = [t for t in marked.stream.tokens[candidate.first : candidate.last] if t.kind == "word"]
        titled = candidate.unit == 0 and candidate.where in ("head", "heading") and not one.foreign
        if titled and one.score >= ENOUGH and firm(run) and len(run) > 1:
            account = registry.add(_typed(marked, candidate), order=marked.stream.tokens[candidate.first].start)
            heads[candidate.first] = account.index
            strong.add(candidate.first)
            return


def _met(marked: Marked, one: Weighed) -> bool:
    """Tell whether a firm by its name was met, or somebody of a firm and something of a deal is told."""
    run = [t for t in marked.stream.tokens[one.candidate.first : one.candidate.last] if t.kind == "word"]
    spoken_of = one.told.facts & {"met", "who"}
    return bool(spoken_of) and (firm(run) or (len(one.told.facts) > 1 and "who" in spoken_of))


_KINDS_OF_DEAL = frozenset(
    "renewal renewals expansion upsell upgrade add-on addon pilot rollout newbiz phase extension".split()
)


def _apart(marked: Marked, found: Sequence[Candidate]) -> list[Candidate]:
    """Keep two deals of one account apart where their lines say which is which: Acme renewal, Acme expansion."""
    tokens = marked.stream.tokens
    kinds: dict[tuple[str, ...], set[str]] = {}
    for candidate in found:
        if candidate.where in ("head", "heading"):
            following = tokens[candidate.last].low if candidate.last < len(tokens) else ""
            kinds.setdefault(core(key(candidate.text)), set()).add(following if following in _KINDS_OF_DEAL else "")
    parted = {name for name, told in kinds.items() if len(told - {""}) > 1}
    kept: list[Candidate] = []
    for candidate in found:
        if (
            candidate.where in ("head", "heading")
            and core(key(candidate.text)) in parted
            and tokens[candidate.last].low in _KINDS_OF_DEAL
        ):
            text = marked.stream.text(candidate.first, candidate.last + 1)
            candidate = replace(candidate, last=candidate.last + 1, text=text)
        kept.append(candidate)
    return kept


def weigh_all(
    marked: Marked, found: Sequence[Candidate], strangers: frozenset[int], exported: bool = False
) -> list[Weighed]:
    """Weigh the candidates, those that head a line first."""
    scales = Scales(marked, found, strangers)
    doubts = Doubts(scales, found, exported)
    weighed: list[Weighed] = []
    headed: set[int] = set()
    for candidate in sorted(found, key=lambda c: (c.where not in ("heading", "head"), c.first)):
        told = scales.weigh(candidate)
        against = doubts.weigh(candidate, told, frozenset(headed) if len(headed) < 2000 else frozenset())
        weighed.append(Weighed(candidate, told, told.score - against.points, against.foreign))
        if candidate.where in ("heading", "head") and told.score - against.points >= ENOUGH:
            headed.add(candidate.unit)
    return weighed


def _short_forms(weighed: Sequence[Weighed]) -> frozenset[int]:
    """Return the candidates that only open a longer name told in full before them: Rift Valley, of Rift Valley Coaches.

    They stand as one account where they are told first, or where two longer names open with the same words.
    """
    strong = [(core(key(w.candidate.text)), w.candidate.first) for w in weighed if w.score >= ENOUGH]
    openings: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {}
    for words, first in strong:
        for size in range(1, len(words)):
            known = openings.setdefault(words[:size], {})
            known[words] = min(first, known.get(words, first))
    found: set[int] = set()
    for one in weighed:
        longer = openings.get(core(key(one.candidate.text)), {})
        if len(longer) == 1 and min(longer.values()) < one.candidate.first:
            found.add(one.candidate.first)
    return frozenset(found)


def _priority(one: Weighed) -> tuple[bool, bool, float, int]:
    """Full names before acronyms, heads before running text, the better told first."""
    text = one.candidate.text
    acronym = text.isupper() and len(text.replace(" ", "")) <= 6
    return acronym, one.candidate.where not in ("heading", "head"), -one.score, one.candidate.first


def _known(registry: Registry, marked: Marked, candidate: Candidate, told: Told) -> Account | None:
    tokens = marked.stream.tokens
    exact = registry.exact(candidate.text)
    if exact is not None:
        return exact
    hit = registry.resolve(tokens, candidate.first, candidate.last, head=candidate.where == "head")
    if (
        not hit
        or len(hit[0]) != 1
        or (tokens[candidate.last - 1].low in _KINDS_OF_DEAL and candidate.where in ("head", "heading"))
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


def _fuller(registry: Registry, account: Account, candidate: Candidate) -> None:
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


def _grown(registry: Registry, candidate: Candidate) -> None:
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


def _typed(marked: Marked, candidate: Candidate) -> str:
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


def _bracketed(registry: Registry, account: Account, marked: Marked, candidate: Candidate) -> None:
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


def _mentions(
    marked: Marked, registry: Registry, found: Sequence[Candidate], heads: dict[int, int], strong: set[int]
) -> list[Mention]:
    tokens = marked.stream.tokens
    by_first = {c.first: c for c in found}
    mentions: list[Mention] = []
    recent: list[int] = []
    contacts = Contacts(marked)
    for sentence in marked.clauses.sentences:
        if marked.units[sentence.unit].first.header in ("from", "to", "cc", "sent", "date", "von", "an"):
            continue
        said = [t for t in tokens[sentence.first : sentence.last] if t.kind == "word"]
        flat = len(said) > 6 and sum(1 for t in said if t.text[0].isupper()) * 8 <= len(said)
        i = sentence.first
        while i < sentence.last:
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
