"""What can be seen of a candidate: the weighed candidates of the notes come in, named traits of each go out.

A trait is a word and a number between 0 and 1 (or a little over), so that `odds.py` can weigh it; none of them is a
name that only some notes hold.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chains.reading.accounts.against import Doubts
from chains.reading.accounts.registry import core, key
from chains.reading.accounts.signs import firm, is_unknown
from chains.reading.accounts.weighing import ENOUGH, Weighed
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.layout.tokens import Token
from chains.reading.layout.units import Unit
from chains.reading.lexicon import wordlists

_LISTS = ("function", "ordinary", "first_names", "company", "labels", "roles", "topics", "titles", "joining")
_LINE = ("bullet", "heading", "keyed", "quoted", "speaker", "after_blank", "header", "section")
_GROUPS = tuple(
    "category stage role step unpriced signed lost_to risk date_cue frame private number_cue machine customer".split()
)
_BESIDE = (("one before", -1), ("two before", -2), ("one behind", 0), ("two behind", 1), ("three behind", 2))
_MOST_WORDS = 5
_STEP = 1.5  # points


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Hold what has to be counted over all candidates."""

    by_name: Mapping[tuple[str, ...], Sequence[Weighed]]
    longer: Mapping[tuple[str, ...], Sequence[Weighed]]  # candidates whose names hold all words of one and more
    by_way: Mapping[tuple[object, ...], Sequence[Weighed]]  # heads of lines, by how the line stands


def traits_of(weighed: Sequence[Weighed], doubts: Doubts) -> Iterator[dict[str, float]]:
    """Yield the traits of each candidate."""
    marked = doubts.marked
    crowd = _crowd(marked, weighed)
    for one in weighed:
        found: dict[str, float] = {}
        _told(found, one, doubts)
        _name(found, one.candidate, marked)
        _place(found, one.candidate, marked)
        _beside(found, one.candidate, marked)
        _around(found, one.candidate, marked)
        _among(found, one, marked, crowd)
        yield found


def _crowd(marked: Marked, weighed: Sequence[Weighed]) -> _Crowd:
    by_name: dict[tuple[str, ...], list[Weighed]] = defaultdict(list)
    by_way: dict[tuple[object, ...], list[Weighed]] = defaultdict(list)
    by_word: dict[str, list[Weighed]] = defaultdict(list)
    for one in weighed:
        name = core(key(one.candidate.text))
        by_name[name].append(one)
        for word in set(name):
            by_word[word].append(one)
        if _heads(one.candidate):
            by_way[_way(marked.units[one.candidate.unit])].append(one)
    longer = {
        name: [o for o in by_word[name[0]] if set(core(key(o.candidate.text))) > set(name)] for name in by_name if name
    }
    return _Crowd(by_name, longer, by_way)


def _heads(candidate: Candidate) -> bool:
    return candidate.where in ("head", "heading")


def _way(unit: Unit) -> tuple[object, ...]:
    return unit.parent, unit.heading_of, bool(unit.first.bullet), unit.first.indent


def _told(found: dict[str, float], one: Weighed, doubts: Doubts) -> None:
    """Add what the notes tell of a candidate and what speaks against it."""
    scales, first = doubts.scales, one.candidate.first
    found["for"] = one.told.score / 10
    found["against"] = (one.told.score - one.score) / 10
    found[f"against {_step(one.told.score - one.score)}"] = found[f"balance {_step(one.score)}"] = 1.0
    found["foreign"] = float(one.foreign)
    for fact in one.told.facts:
        found[f"told {fact}"] = 1.0
    found[f"priced {scales.priced[first] or 'not'}"] = 1.0
    found[f"spoken of {scales.contact[first] or 'not'}"] = 1.0
    found["a stranger's"] = float(one.candidate.unit in scales.strangers)
    found["a person"] = float(tuple(t.low for t in _run(doubts.marked, one.candidate)) in doubts.people)
    found["a rival"] = float(key(one.candidate.text) in doubts.rivals)


def _step(points: float) -> int:
    """Return the step of a scale that is open at both ends: a point more does not mean the same everywhere."""
    return max(-2, min(6, int(points // _STEP)))


def _run(marked: Marked, candidate: Candidate) -> Sequence[Token]:
    tokens = marked.stream.tokens[candidate.first : candidate.last]
    return [t for t in tokens if t.kind == "word"] or tokens


def _name(found: dict[str, float], candidate: Candidate, marked: Marked) -> None:
    """Add what the name looks like."""
    words, run = wordlists(), _run(marked, candidate)
    capitals, unknown = sum(t.capital for t in run), sum(is_unknown(t) for t in run)
    found[f"words {min(len(run), _MOST_WORDS)}"] = 1.0
    found["capitals " + ("all" if capitals == len(run) else "some" if capitals else "none")] = 1.0
    found["shouted"] = float(all(t.text.isupper() for t in run))
    found["capital inside"] = float(any(any(map(str.isupper, t.text[1:])) and not t.text.isupper() for t in run))
    found["digit"] = float(any(any(map(str.isdigit, t.text)) for t in run))
    found["ampersand"] = float(any(t.low == "&" for t in marked.stream.tokens[candidate.first : candidate.last]))
    found["firm"] = float(firm(run))
    found["letters"] = min(sum(len(t.text) for t in run), 30) / 30
    found["unknown any"] = float(unknown > 0)
    found["unknown share"] = unknown / len(run)
    found["unknown last"] = float(is_unknown(run[-1]))
    for name in _LISTS:
        inside = [t.low in words[name] for t in run]
        found[f"{name} any"], found[f"{name} all"] = float(any(inside)), float(all(inside))
        found[f"{name} first"], found[f"{name} last"] = float(inside[0]), float(inside[-1])


def _place(found: dict[str, float], candidate: Candidate, marked: Marked) -> None:
    """Add where the name stands."""
    unit = marked.units[candidate.unit]
    opening = marked.stream.at(unit.start)
    sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
    found[f"where {candidate.where}"] = 1.0
    found["opens the unit"] = float(candidate.first == opening)
    found["opens the sentence"] = float(candidate.first == sentence.first)
    found["far in"] = min(candidate.first - opening, 20) / 20
    found["indent"] = min(unit.first.indent, 8) / 8
    for name in _LINE:
        found[f"line {name}"] = float(bool(getattr(unit.first, name)))


def _beside(found: dict[str, float], candidate: Candidate, marked: Marked) -> None:
    """Add which kinds of words stand right before and behind the name, in its unit."""
    tokens, words, unit = marked.stream.tokens, wordlists(), marked.units[candidate.unit]
    within = marked.stream.within(unit.start, unit.end)
    for name, step in _BESIDE:
        i = candidate.first + step if step < 0 else candidate.last + step
        if not within.start <= i < within.stop:
            found[f"{name}: edge"] = 1.0
            continue
        token = tokens[i]
        found[f"{name}: {token.kind}"] = 1.0
        if token.kind == "mark" or token.low in words["function"]:
            found[f"{name}: {token.low}"] = 1.0
        elif token.kind == "word" and token.capital:
            found[f"{name}: capital"] = 1.0
        for listed in ("first_names", "roles"):
            if token.low in words[listed]:
                found[f"{name}: {listed}"] = 1.0
        for hit in marked.at.get(i, ()):
            found[f"{name}: cue {hit.group}"] = 1.0


def _around(found: dict[str, float], candidate: Candidate, marked: Marked) -> None:
    """Add which cues and figures its unit and its sentence hold."""
    tokens, unit = marked.stream.tokens, marked.units[candidate.unit]
    sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
    within = marked.stream.within(unit.start, unit.end)
    for name, first, last in (("unit", within.start, within.stop), ("sentence", sentence.first, sentence.last)):
        for hit in marked.between(first, last, *_GROUPS):
            found[f"{name}: cue {hit.group}"] = 1.0
        kinds = {t.kind for t in tokens[first:last]}
        found[f"{name}: money"], found[f"{name}: date"] = float("money" in kinds), float("date" in kinds)


def _among(found: dict[str, float], one: Weighed, marked: Marked, crowd: _Crowd) -> None:
    """Add how the candidate stands among the others: named again, part of a longer name, like its neighbours."""
    name = core(key(one.candidate.text))
    same, longer = crowd.by_name[name], crowd.longer.get(name, ())
    found["named again"] = min(len(same), 5) / 5
    found["best of the same"] = max(o.score for o in same) / 10
    found["heads once"] = float(any(_heads(o.candidate) for o in same))
    found["in a longer name"] = min(len(longer), 4) / 4
    found["best of the longer"] = max((o.score for o in longer), default=0.0) / 10
    peers = [o for o in crowd.by_way.get(_way(marked.units[one.candidate.unit]), ()) if o is not one]
    counts = Counter(("money" in o.told.facts, o.score >= ENOUGH) for o in peers)
    priced, strong = sum(n for (m, _), n in counts.items() if m), sum(n for (_, s), n in counts.items() if s)
    found["peers"] = min(len(peers), 8) / 8
    found["peers priced"], found["peers strong"] = priced / max(1, len(peers)), strong / max(1, len(peers))
    if _heads(one.candidate):
        found["head, peers priced"], found["head, peers strong"] = found["peers priced"], found["peers strong"]
