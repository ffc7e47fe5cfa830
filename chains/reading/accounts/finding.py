"""Which candidates are accounts: marked notes and the exports' accounts come in, a `Registry` and every mention go out.

No list of customers: a candidate is weighed by its shape and by what is said of it (`weighing.py`), against the signs
of a person, a competitor, a colleague's deal or a deal that is only an example (`against.py`). How much each sign is
worth beside the others is learned from labelled notes (`traits.py`, `odds.yaml`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from chains.reading.accounts.against import Doubts
from chains.reading.accounts.mentions import FOREIGN, Mention, mentions_of, numbered
from chains.reading.accounts.name_words import is_own_word
from chains.reading.accounts.names import candidates
from chains.reading.accounts.registry import Registry, core, key
from chains.reading.accounts.signs import firm, own_name
from chains.reading.accounts.spelling import KINDS_OF_DEAL, account_of, as_typed, grow, learn_bracketed, take_fuller
from chains.reading.accounts.titles import titles
from chains.reading.accounts.traits import traits_of
from chains.reading.accounts.weighing import ENOUGH, Scales, Weighed
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.odds import learned_odds
from chains.reading.people.known_people import people_of

BY_HAND = 0.5  # what a point by hand adds to the odds: it keeps what rules know of rare cases


def find_accounts(
    marked: Marked,
    exported: Sequence[tuple[str, Sequence[str]]],
    strangers: frozenset[int] = frozenset(),
    numbers: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Registry, list[Mention]]:
    """Weigh every candidate, gather the accounts and return where each is named.

    `strangers` are others' turns; `numbers` are the ids of an export's rows with their accounts.
    """
    registry = Registry()
    for name, aliases in exported:
        if registry.exact(name) is None:
            registry.add(name, [a for a in aliases if a and key(a) != key(name)], exported=True, order=-1)
    registry.tell_apart()
    found = apart(marked, candidates(marked))
    weighed = _judged(*weigh_all(marked, found, strangers, len(exported) > 1))
    heads: dict[int, int] = {}
    strong: set[int] = set()
    short = _short_forms(weighed)
    for one in sorted(weighed, key=lambda w: (w.candidate.first in short, *_priority(w))):
        candidate, told = one.candidate, one.told
        known = account_of(registry, marked, candidate, told)
        if known is not None:
            heads[candidate.first] = known.index
            take_fuller(registry, known, candidate)
            continue
        if (one.odds > 0 and not _denied(one)) or _plain(marked, one):
            account = registry.add(as_typed(marked, candidate), order=marked.stream.tokens[candidate.first].start)
            strong.add(candidate.first)
            learn_bracketed(registry, account, marked, candidate)
            heads[candidate.first] = account.index
        elif one.foreign:
            heads[candidate.first] = FOREIGN
    for one in _like_the_others(marked, weighed, heads):
        if account_of(registry, marked, one.candidate, one.told) is None:
            account = registry.add(
                as_typed(marked, one.candidate), order=marked.stream.tokens[one.candidate.first].start
            )
            heads[one.candidate.first] = account.index
    for place, candidate in enumerate(() if registry.accounts else titles(marked, weighed)):
        if not place:
            registry.add(as_typed(marked, candidate), order=marked.stream.tokens[candidate.first].start)
        heads[candidate.first] = 0
        strong.add(candidate.first)
    for candidate in found:
        if heads.get(candidate.first) != FOREIGN:
            grow(registry, candidate)
    registry.tell_apart(marked.once(people_of))
    return registry, mentions_of(marked, registry, found, heads, strong, numbered(marked, registry, numbers))


_LINE_MARKS = frozenset([":", "-", "–", "—", "|"])
_HABIT = 2  # lines that name an account in one way, from which it is how these notes do it


def _like_the_others(marked: Marked, weighed: Sequence[Weighed], heads: dict[int, int]) -> list[Weighed]:
    """Return the names that head a line just as the accounts beside it do, though nothing is told of them yet."""
    tokens = marked.stream.tokens

    def way(one: Weighed) -> tuple[object, ...]:
        line = marked.units[one.candidate.unit]
        opener = tokens[one.candidate.first - 1].low if one.candidate.first > marked.stream.at(line.start) else ""
        mark = one.candidate.last < len(tokens) and tokens[one.candidate.last].low in _LINE_MARKS
        lower = one.candidate.text.islower()
        return line.parent, line.heading_of, bool(line.first.bullet), line.first.indent, lower, opener, mark

    headed = [o for o in weighed if o.candidate.where == "head" and way(o)[-1]]
    ways = Counter(way(o) for o in headed if heads.get(o.candidate.first, FOREIGN) != FOREIGN)
    found: list[Weighed] = []
    for one in headed:
        run = [t for t in tokens[one.candidate.first : one.candidate.last] if t.kind == "word"]
        named = one.candidate.first not in heads and one.told.score == one.score and not one.foreign
        own = firm(run) if one.candidate.text.islower() else own_name(run) and all(t.capital for t in run)
        if named and own and ways[way(one)] >= _HABIT:
            found.append(one)
    return found


def _denied(one: Weighed) -> bool:
    """Tell whether nothing is told of a name, or much speaks against it: rules know more of such than notes teach."""
    return (not one.told.facts and one.odds < 2) or (one.told.score - one.score >= 3 and one.score < ENOUGH - 1)


_LEADS_TO = frozenset(["met", "topic", "who", "lost", "stage", "moved"])


def _plain(marked: Marked, one: Weighed) -> bool:
    """Tell whether plain talk leads to a name that nothing speaks against: too rare in labelled notes to be learned.

    Either a sentence turns to it, or it opens one of its own: "Dunmail 128k 9/10", "Sleat is a maybe for Q2".
    """
    if one.score < ENOUGH or one.told.score != one.score:
        return False
    if one.told.facts & _LEADS_TO:
        return True
    candidate, tokens = one.candidate, marked.stream.tokens
    sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
    if candidate.where != "prose" or candidate.first != sentence.first or candidate.last >= sentence.last:
        return False
    behind = tokens[candidate.last]
    return (behind.kind == "money" and not behind.bare) or (behind.low == "is" and "category" in one.told.facts)


def apart(marked: Marked, found: Sequence[Candidate]) -> list[Candidate]:
    """Keep two deals of one account apart where their lines say which is which: Acme renewal, Acme expansion."""
    tokens = marked.stream.tokens
    kinds: dict[tuple[str, ...], set[str]] = {}
    for candidate in found:
        if candidate.where in ("head", "heading"):
            following = tokens[candidate.last].low if candidate.last < len(tokens) else ""
            kinds.setdefault(core(key(candidate.text)), set()).add(following if following in KINDS_OF_DEAL else "")
    parted = {name for name, told in kinds.items() if len(told - {""}) > 1}
    kept: list[Candidate] = []
    for candidate in found:
        if (
            candidate.where in ("head", "heading")
            and core(key(candidate.text)) in parted
            and tokens[candidate.last].low in KINDS_OF_DEAL
        ):
            text = marked.stream.text(candidate.first, candidate.last + 1)
            candidate = replace(candidate, last=candidate.last + 1, text=text)
        kept.append(candidate)
    return kept


def weigh_all(
    marked: Marked, found: Sequence[Candidate], strangers: frozenset[int], exported: bool = False
) -> tuple[list[Weighed], Doubts]:
    """Weigh the candidates, those that head a line first; return them with what was looked up for it."""
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
    return weighed, doubts


def _judged(weighed: Sequence[Weighed], doubts: Doubts) -> list[Weighed]:
    """Return the candidates with the odds that each is an account: what is learned and what the points say, added."""
    odds = learned_odds("chains.reading.accounts", "odds.yaml")
    return [
        replace(one, odds=odds.of(traits) + BY_HAND * (one.score - ENOUGH))
        for one, traits in zip(weighed, traits_of(weighed, doubts), strict=True)
    ]


def _short_forms(weighed: Sequence[Weighed]) -> frozenset[int]:
    """Return the candidates that are only a part of a longer name told in full before them: Rift Valley, of Rift Valley
    Coaches; Jequitiba, of Banco Jequitiba.

    Words of which two longer names have the same ones stand for an account of their own, and so do several words that
    are told before the longer name.
    """
    strong = [(core(key(w.candidate.text)), w.candidate.first) for w in weighed if w.score >= ENOUGH]
    parts: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {}
    for words, first in strong:
        for opens in range(len(words)):
            for size in range(1, len(words) - opens + (opens > 0)):
                if opens and not any(is_own_word(w) for w in words[opens : opens + size]):
                    continue
                known = parts.setdefault(words[opens : opens + size], {})
                known[words] = min(first, known.get(words, first))
    found: set[int] = set()
    for one in weighed:
        said = core(key(one.candidate.text))
        longer = parts.get(said, {})
        if len(longer) == 1 and (len(said) == 1 or min(longer.values()) < one.candidate.first):
            found.add(one.candidate.first)
    return frozenset(found)


def _priority(one: Weighed) -> tuple[bool, bool, float, int]:
    """Full names before acronyms, heads before running text, the better told first."""
    text = one.candidate.text
    acronym = text.isupper() and len(text.replace(" ", "")) <= 6
    return acronym, one.candidate.where not in ("heading", "head"), -one.score, one.candidate.first
