"""Who is a person beyond doubt: marked notes come in, folded names that stand where only people stand go out.

Behind a title or a part in the deal, before a role or a team, in a mail's header, as a speaker.
"""

import itertools
from collections.abc import Sequence

from chains.reading.layout.marked import Marked
from chains.reading.layout.tokens import Token
from chains.reading.layout.units import Unit
from chains.reading.lexicon import wordlists

SPEAKS = frozenset(
    "says said told asks asked owes owed sends sent promised promises wrote calls called rang introduces introduced"
    " approved confirmed gives thinks thought mentioned loves likes hates wants knows runs joins".split()
)


def people_of(marked: Marked) -> frozenset[tuple[str, ...]]:
    """Return names that stand where only people stand: behind a title or a part in the deal, before a role."""
    tokens = marked.stream.tokens
    words = wordlists()
    titles, roles = words["titles"], words["roles"]
    found: set[tuple[str, ...]] = set()
    for unit in marked.units:
        if unit.first.header in ("from", "to", "cc", "von", "an", "de", "para"):
            within = marked.stream.within(unit.start, unit.end)
            inside = [t for t in _unbracketed(tokens[within.start : within.stop]) if t.kind == "word" and t.capital]
            found |= {(t.low,) for t in inside} | {(a.low, b.low) for a, b in itertools.pairwise(inside)}
        elif unit.first.keyed:
            found |= _named_in_row(marked, unit)
        elif unit.first.speaker:
            found.add(tuple(unit.first.speaker.casefold().split()))
    for i, token in enumerate(tokens):
        if token.kind != "word":
            continue
        if token.low in titles and i + 1 < len(tokens) and token.text[:1].isupper():
            j = i + 1 + (tokens[i + 1].low == ".")
            if j < len(tokens) and tokens[j].capital:
                found.add((tokens[j].low,))
        hit = marked.opening(i, "role")
        if hit:
            found |= _named_behind(marked, hit.last)
        if not token.capital:
            continue
        if _speaks_for_a_team(marked, i + 1):
            found.add((token.low,))
        if i + 2 < len(tokens) and tokens[i + 1].low in ("(", ","):
            j = i + 2 + (tokens[i + 2].low in ("our", "their", "the", "its"))
            if j < len(tokens) and (
                tokens[j].low in roles or marked.opening(j, "role") or _explained(marked, j) or _with_a_part(marked, i)
            ):
                found.add((token.low,))
                if i and tokens[i - 1].capital and tokens[i - 1].kind == "word":
                    found.add((tokens[i - 1].low, token.low))
    return frozenset(found)


def in_a_team(marked: Marked, i: int) -> bool:
    """Tell whether a name goes on with its team: Reto from our engineering, Mirka in legal."""
    tokens = marked.stream.tokens
    if i + 1 >= len(tokens) or tokens[i].low not in ("in", "from"):
        return False
    return marked.opening(i + 1 + (tokens[i + 1].low in ("our", "their", "the")), "team") is not None


_ROWS = frozenset(("E", "EB", "Ch", "CH", "C", "Champion", "Economic", "EB"))


def _named_in_row(marked: Marked, unit: Unit) -> set[tuple[str, ...]]:
    """Return the person whom a row of a qualification frame opens with: E – Geoff Tarn, signed off budget."""
    tokens = marked.stream.tokens
    within = marked.stream.within(unit.start, unit.end)
    if not within or tokens[within.start].text not in _ROWS:
        return set()
    j = within.start + 1
    while j < within.stop and (tokens[j].kind == "mark" or tokens[j].low == "buyer"):
        j += 1
    return _named_behind(marked, j) if j < within.stop else set()


def _speaks_for_a_team(marked: Marked, i: int) -> bool:
    """Tell whether a name goes on with its team and what it says: Mirka in legal says."""
    tokens = marked.stream.tokens
    if i + 2 >= len(tokens) or tokens[i].low not in ("in", "from"):
        return False
    team = marked.opening(i + 1 + (tokens[i + 1].low in ("our", "their")), "team")
    return team is not None and team.last < len(tokens) and tokens[team.last].low in SPEAKS


def _unbracketed(run: Sequence[Token]) -> list[Token]:
    """Return the tokens of a header without what stands in brackets: Dana Reyes (Globex) is Dana Reyes."""
    kept: list[Token] = []
    depth = 0
    for token in run:
        depth += (token.low == "(") - (token.low == ")")
        if depth <= 0:
            kept.append(token)
    return kept


def _explained(marked: Marked, j: int) -> bool:
    """Tell whether all that brackets hold is what a person is: (SE), (boss), (my peer), (CS)."""
    tokens = marked.stream.tokens
    team = marked.opening(j, "team")
    last = team.last if team else j + 1
    if team is None and tokens[j].low == "my" and j + 1 < len(tokens):
        last = j + 2
    closed = last < len(tokens) and tokens[last].low == ")" and tokens[j - 1].low in ("(", "our", "their", "the")
    return closed and (team is not None or tokens[last - 1].low in _STANDING)


def _with_a_part(marked: Marked, i: int) -> bool:
    """Tell whether a first and last name goes on with a part of several words: Helena Prado, financial director."""
    tokens, words = marked.stream.tokens, wordlists()
    if not (i and tokens[i - 1].low in words["first_names"] and tokens[i - 1].capital and tokens[i + 1].low in "(,"):
        return False
    said: list[Token] = []
    for token in tokens[i + 2 : i + 9]:
        if token.kind != "word":
            break
        said.append(token)
    ends = [t.low for t in said if t.low in words["roles"]]
    return bool(ends) and (said[-1].low in words["roles"] or "of" in {t.low for t in said})


_STANDING = frozenset(
    "boss peer colleague colleagues teammate me intern assistant pa ea spouse wife husband friend".split()
)


def _named_behind(marked: Marked, first: int) -> set[tuple[str, ...]]:
    """Return the name that stands behind a part in its sentence: champ Dana Reyes, EB = Martin Hale."""
    tokens, _sentence_of = marked.stream.tokens, marked.clauses.sentence_of
    j = first
    linking = ("=", ":", "is", "s", "-", "still", "(", "was", "*", "**", "–", "—", "->", '"', "[")
    while j < len(tokens) and j - first < 3 and tokens[j].low in linking:
        j += 1
    if (
        j >= len(tokens)
        or tokens[j].kind != "word"
        or not tokens[j].capital
        or tokens[j].low in wordlists()["function"]
    ):
        return set()
    found: set[tuple[str, ...]] = {(tokens[j].low,)}
    if j + 1 < len(tokens) and tokens[j + 1].capital and tokens[j + 1].kind == "word":
        found.add((tokens[j].low, tokens[j + 1].low))
    return found
