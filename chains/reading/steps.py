"""What happens next in a deal: its ground and the people in it come in, the next step and its tokens go out.

A step that the notes mark as one (NS, next step) counts first; otherwise what the rep, a named person or one of our
teams does until a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chains.deals import ME, Fact, NextStep
from chains.periods import Period
from chains.reading.ground import Ground
from chains.reading.lexicon import wordlists
from chains.reading.people import Named, person_at
from chains.reading.scopes import Piece

_DUE = frozenset("by until till on due before for next at bis am".split())
_BARE_VERBS = frozenset(
    "send call email mail chase follow get book set schedule prepare prep finish review share draft write ping present meet visit ask push confirm ring nudge build deliver submit resend revise escalate loop bring find check talk speak reach arrange organise organize redo update close introduce propose offer negotiate".split()
)
_ME = frozenset("i me myself ich".split())
_TRIM = frozenset(
    [",", ":", "-", "–", "—", "--", ".", ";", "->", "→", "=>", "!", "(", ")", "=", "/", "|", "**", "*", "_", "~"]
)
_LEAD = frozenset(
    "to and is s will then so that just still should must has have need needs needs going gets get'll".split()
)
_TEAM_NAMES = {
    "customer_success": "customer success", "deal_desk": "deal desk", "executive": "executive",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """Hold a next step with how sure it is, and where it stands."""

    step: NextStep
    first: int
    last: int
    score: float


def step_tokens(ground: Ground) -> frozenset[int]:
    """Return the tokens of marked next steps: their dates are no close dates."""
    found: set[int] = set()
    for piece, hit in ground.hits("step", lent=True):
        if hit.name == "marker" and _is_marker(ground, piece, hit.first, hit.last):
            sentence = ground.marked.clauses.sentences[piece.sentence]
            found.update(range(hit.last, min(sentence.last, piece.last)))
    return frozenset(found)


def read_step(
    ground: Ground, everybody: Sequence[Named], exported: Fact[NextStep] | None, closed: bool
) -> Fact[NextStep] | None:
    """Return the next step, or None where none is told."""
    found: list[Step] = []
    for piece in ground.pieces:
        if not piece.rep:
            continue
        found += _marked(ground, piece, everybody)
        if not closed or True:
            found += _told(ground, piece, everybody)
    if not found:
        return exported
    best = max(found, key=lambda s: (s.score, -s.first))
    if exported is not None and best.score < 3:
        return exported
    if any(h.name == "none" for _, h in ground.hits("step", lent=True)) and best.score < 5:
        return None
    return ground.fact(best.step, best.first, best.last)


def _is_marker(ground: Ground, piece: Piece, first: int, last: int) -> bool:
    tokens = ground.tokens
    low = tokens[first].low
    following = tokens[last].low if last < piece.last else ""
    if any(
        h.name == "none" and h.first <= first < h.last
        for h in ground.marked.between(max(piece.first, first - 1), last + 3, "step")
    ):
        return False
    if low in ("ns", "n/s", "nächster", "próximo", "prochaine"):
        return True
    if low == "next" and last - first == 1:
        return following in (":", "=", "-", "–")
    if low == "next":
        return True
    return following in (":", "=", "-", "–", "is") and (first == piece.first or tokens[first - 1].kind == "mark")


def _marked(ground: Ground, piece: Piece, everybody: Sequence[Named]) -> list[Step]:
    found = []
    for i in range(piece.first, piece.last):
        for hit in ground.marked.at.get(i, ()):
            if hit.group != "step" or hit.name != "marker" or not _is_marker(ground, piece, hit.first, hit.last):
                continue
            first = hit.last
            while first < piece.last and (ground.tokens[first].low in _TRIM or ground.tokens[first].low in ("is", "s")):
                first += 1
            last = piece.last
            if last > first:
                step = _parsed(ground, piece, first, last, everybody)
                if step is not None:
                    found.append(Step(step, first, last, 10.0 - (1.0 if piece.lent else 0.0)))
    return found


def _parsed(ground: Ground, piece: Piece, first: int, last: int, everybody: Sequence[Named]) -> NextStep | None:
    """Part a marked step into its owner, what is done and by when."""
    tokens = ground.tokens
    due, due_tokens = _due(ground, first, last)
    owner, rest = _owner(ground, piece, first, last, everybody)
    if owner is None:
        owner, cut = _owner_behind(ground, piece, rest, last, everybody)
        last = cut
    action = _text(ground, rest, last, due_tokens)
    if owner is None and tokens[rest].low in _BARE_VERBS:
        owner = ME  # an order to oneself: "NS: send the quote"
    if not action:
        action = _text(ground, first, last, due_tokens)
    if not action or action in ("?", "tbd", "none", "n/a", "-"):
        return None
    if all(not c.isalnum() for c in action) or tokens[first].low in ("none", "tbd", "?", "no", "unclear"):
        return None
    return NextStep(action, owner, due)


def _due(ground: Ground, first: int, last: int) -> tuple[date | None, set[int]]:
    """Return the day a step is due and the tokens that say so; the last date counts."""
    tokens = ground.tokens
    used: set[int] = set()
    due: date | None = None
    for i in range(first, last):
        token = tokens[i]
        if token.kind != "date":
            continue
        value = token.value
        if isinstance(value, Period) and value.label.casefold().startswith("last"):
            continue
        due = value.end if isinstance(value, Period) else value
        used = {i}
        j = i - 1
        while j >= first and (tokens[j].low in _DUE or tokens[j].low in _TRIM):
            used.add(j)
            j -= 1
    return due, used


def _text(ground: Ground, first: int, last: int, without: set[int]) -> str:
    tokens = ground.tokens
    while first < last and (first in without or tokens[first].low in _TRIM or tokens[first].low in _LEAD):
        first += 1
    while last > first and (last - 1 in without or tokens[last - 1].low in _TRIM):
        last -= 1
    if first >= last:
        return ""
    notes = ground.marked.stream.notes
    parts: list[str] = []
    run = first
    for i in range(first, last + 1):
        if i == last or i in without:
            if i > run:
                parts.append(notes[tokens[run].start : tokens[i - 1].end].strip(" ,;:-"))
            run = i + 1
    return " ".join(" ".join(p.split()) for p in parts if p)


def _owner(ground: Ground, piece: Piece, first: int, last: int, everybody: Sequence[Named]) -> tuple[str | None, int]:
    """Return who does what opens at `first`, and where the doing opens."""
    tokens = ground.tokens
    words = wordlists()
    if first >= last:
        return None, first
    token = tokens[first]
    if token.low in _ME:
        j = first + 1
        while j < last and tokens[j].low in (
            "am",
            "will",
            "have",
            "need",
            "to",
            "owe",
            "must",
            "should",
            "got",
            "has",
            "going",
            "do",
            ":",
            ",",
            "-",
        ):
            j += 1
        return ME, j
    if token.low in ("we", "us"):
        return ME, first + 1
    if token.low in ("he", "she"):
        person = next((p for p in reversed(everybody) if p.last <= first), None)
        return (person.name if person else None), first + 1
    named = person_at(ground.marked, first, last, ground.named)
    if named is not None and (
        token.low in words["first_names"]
        or token.low in words["titles"]
        or any(_same(named.name, p.name) for p in everybody)
    ):
        j = named.last
        if j < last and tokens[j].low == "s":
            return named.name, j + 1
        if j < last and tokens[j].low == "(":
            while j < last and tokens[j].low != ")":
                j += 1
            j += 1
        if j < last and tokens[j].low in ("in", "from", "over", "at"):
            k = j
            while k < last and not any(h.group == "verb" for h in ground.marked.at.get(k, ())) and k - j < 5:
                k += 1
            j = k if k < last and k - j < 5 else j
        return named.name, j
    j = first
    if token.low in ("our", "the", "own"):
        j += 1
    hit = next((h for h in ground.marked.at.get(j, ()) if h.group == "team"), None)
    if (
        hit is not None
        and hit.last < last
        and tokens[hit.last].low not in ("review", "form", "call", "redlines", "questionnaire", "team's")
    ):
        following = tokens[hit.last]
        if following.kind == "word" and (
            any(h.group in ("verb", "must") for h in ground.marked.at.get(hit.last, ()))
            or following.low in ("to", "has", "must", "will")
        ):
            return ground.marked.stream.text(j, hit.last), hit.last
        if following.low in (":", ",", "-"):
            return ground.marked.stream.text(j, hit.last), hit.last
    return None, first


def _owner_behind(
    ground: Ground, piece: Piece, first: int, last: int, everybody: Sequence[Named]
) -> tuple[str | None, int]:
    """Find an owner behind the step: demo 3/5, Jamal runs it; check-in call Thu (me); form back, me."""
    tokens = ground.tokens
    for i in range(last - 1, first, -1):
        low = tokens[i].low
        if low in _ME and (
            tokens[i - 1].kind == "mark"
            or (i + 1 < last and tokens[i + 1].low in ("run", "do", "handle", "lead", "send"))
        ):
            return ME, i
        if tokens[i - 1].kind == "mark" and tokens[i - 1].low != "." and tokens[i].kind == "word":
            named = person_at(ground.marked, i, last, ground.named)
            if named is not None and (
                tokens[i].low in wordlists()["first_names"] or any(_same(named.name, p.name) for p in everybody)
            ):
                return named.name, i
    for i in range(first, last):
        if tokens[i].low in _ME and i > first:
            return ME, last
    # "<team's> lot in services booking the commissioning"
    return None, last


def _same(one: str, other: str) -> bool:
    return bool(set(one.casefold().split()) & set(other.casefold().split()))


def _told(ground: Ground, piece: Piece, everybody: Sequence[Named]) -> list[Step]:
    """Find a step that running text tells: who, does what, by when."""
    tokens, marked = ground.tokens, ground.marked
    found: list[Step] = []
    clauses = _clauses(ground, piece)
    for place, (first, last) in enumerate(clauses):
        start = first
        while start < last and (
            tokens[start].kind == "mark"
            or tokens[start].low in ("and", "so", "but", "then", "also", "now", "oh", "next", "because")
        ):
            start += 1
        if start >= last:
            continue
        owner, rest = _owner(ground, piece, start, last, everybody)
        bracket_me = _in_brackets(ground, start, last, piece)
        score = 0.0
        if owner is not None:
            verb = next(
                (h for i in range(rest, min(rest + 3, last)) for h in marked.at.get(i, ()) if h.group == "verb"), None
            )
            past = verb is not None and verb.name == "past" and tokens[verb.first].low not in ("promised",)
            if (
                verb is None
                and tokens[rest - 1].low not in ("owe", "owes")
                and not (owner == ME and rest < last and tokens[rest].low in ("on", "with", "with"))
            ):
                continue
            if past:
                continue
            score = 2.0
        elif bracket_me:
            owner, score = ME, 2.5
        else:
            continue
        due, used = _due(ground, start, last)
        stretch = last
        if due is None and place + 1 < len(clauses):
            following = clauses[place + 1]
            due, used = _due(ground, following[0], following[1])
            if due is not None and _only_due(ground, following[0], following[1]):
                stretch = following[1]
            else:
                due, used = None, set()
        lead = start
        if due is None and place and _refers_back(ground, rest, last):
            earlier = clauses[place - 1]
            due, used = _due(ground, *earlier)
        if due is None:
            if owner == ME and any(t.low in ("owe", "owes") for t in tokens[start:last]):
                score += 1.0
            else:
                score -= 1.0
        else:
            score += 2.0
        if any(t.low in ("not", "never") for t in tokens[start : rest + 2]):
            score -= 2.0
        if marked.clauses.sentences[piece.sentence].dictated and owner == ME:
            score -= 1.0
        if any(h.name == "proof" for h in marked.between(piece.first, last, "frame")) or piece.lent:
            score -= 1.5
        if score < 3.0:
            continue
        action = _text(ground, rest if rest < stretch else start, stretch, used)
        if _refers_back(ground, rest, last) and place:
            back = _text(ground, *clauses[place - 1], _due(ground, *clauses[place - 1])[1])
            action = f"{back}, {action}" if action else back
            lead = clauses[place - 1][0]
        if bracket_me and place and len(action.split()) < 2:
            action = _text(ground, *clauses[place - 1], set()) or action
        if action:
            found.append(Step(NextStep(action, owner, due), lead, stretch, score))
    return found


def _clauses(ground: Ground, piece: Piece) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    i = piece.first
    clause_of = ground.marked.clauses.clause_of
    while i < piece.last:
        j = i
        while j < piece.last and clause_of[j] == clause_of[i]:
            j += 1
        found.append((i, j))
        i = j
    # brackets that explain who somebody is belong to the clause they stand in
    merged: list[tuple[int, int]] = []
    for first, last in found:
        opener = ground.tokens[first].low
        if merged and (opener == "(" or (opener == ")" and merged)) and last - first <= 6:
            merged[-1] = (merged[-1][0], last)
        elif merged and opener == ")":
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return merged


def _only_due(ground: Ground, first: int, last: int) -> bool:
    return all(t.kind in ("mark", "date", "count") or t.low in _DUE for t in ground.tokens[first:last])


def _refers_back(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a clause is about what the one before it named: I run it; he chases that."""
    lows = [t.low for t in ground.tokens[first:last] if t.kind == "word"]
    return 0 < len(lows) <= 6 and any(w in ("it", "that", "this", "them", "those") for w in lows[:3])


def _in_brackets(ground: Ground, first: int, last: int, piece: Piece) -> bool:
    tokens = ground.tokens
    return any(
        tokens[i].low in _ME and tokens[i - 1].low == "(" and i + 1 < piece.last and tokens[i + 1].low == ")"
        for i in range(max(first, piece.first + 1), min(last + 2, piece.last))
    )
