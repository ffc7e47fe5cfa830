"""Who does it: a stretch of tokens comes in; its owner and the token at which the doing opens go out.

An owner is the rep, a named person, one of our teams or nobody that is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chains.deals import ME
from chains.periods import Period
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import base_verbs, wordlists
from chains.reading.people.persons import Named, person_at
from chains.reading.steps.acting import group_at, our_own, past_company, small_name

ME_WORDS = frozenset("i me myself ich".split())


_AFTER_ME = frozenset(
    ["am", "will", "need", "to", "must", "should", "got", "going", "do", ":", ",", "-", "just", "still", "then", "also"]
)


_AFTER_HER = frozenset("is s are just still will then also now there over".split())


MODAL = frozenset("to will must should shall needs need has have would going".split())


MORE_VERBS = frozenset(
    (
        "circle touch loop swing dial nail line host arrange prepare finalise finalize organise circulate polish "
        "drive fly see try put get set sit catch revisit scope write type key dig bring pull sort ship repair patch "
        "cost price walk redraft"
    ).split()
)
_STATIVE = frozenset(
    "am is are was were have has had think thinks thought know knows knew guess hope hopes heard said says say "
    "can could"
    " would do did not feel mean like want wants love sees saw counted moved put".split()
)


_TEAM_WORDS = 7  # between a person and what their team does


@dataclass(frozen=True, slots=True)
class Owner:
    """Hold who does something (`me`, a name, a team or None) and the token at which the doing opens."""

    name: str | None
    rest: int
    stop: int | None = None  # where the doing ends, if not with the clause
    verb: str = ""  # what is done, where no verb opens the doing
    sure: bool = False  # whether the words leave no doubt that something is to be done


def owner_at(ground: Ground, piece: Piece, first: int, last: int, everybody: Sequence[Named]) -> Owner:
    """Return who does what opens at token `first`."""
    tokens, words = ground.tokens, wordlists()
    if first >= last:
        return Owner(None, first)
    token = tokens[first]
    if token.low == "on" and first + 2 < last and tokens[first + 1].low in ("me", "us"):
        return Owner(ME, first + 2 + (tokens[first + 2].low in (":", "-", ",")))
    if token.low in ME_WORDS or token.low in ("we", "us"):
        j = first + 1
        while j < last and (tokens[j].low in _AFTER_ME or (tokens[j].low == "have" and tokens[j + 1].low == "to")):
            j += 1
        return Owner(ME, j)
    if token.low in ("he", "she"):
        person = next((p for p in reversed(everybody) if p.last <= first), None)
        return Owner(person.name if person else None, _over(ground, first + 1, last))
    colleague = _of_team(ground, first, last)
    if colleague is not None:
        return colleague
    flat = ground.marked.clauses.sentences[piece.sentence].dictated
    mine = our_own(ground, first, last) or small_name(ground, piece, first, last)
    if mine is not None:
        behind = past_company(ground, mine.last, last)
        behind = behind if behind > mine.last else _behind_title(ground, mine.last, last, flat)
        return Owner(mine.name, _over(ground, behind, last))
    known = next((p for p in everybody if p.first == first), None)
    named = known or person_at(ground.marked, first, last, ground.named)
    surely = token.low in words["first_names"] or token.low in words["titles"] or known is not None
    if named is not None and (surely or any(_same(named.name, p.name) for p in everybody)):
        return Owner(named.name, _over(ground, _behind_title(ground, named.last, last, flat), last))
    j = first + (token.low in ("our", "the", "own", "ours"))
    hit = next((h for h in ground.marked.at.get(j, ()) if h.group == "team"), None)
    if (
        hit is not None
        and hit.last < last
        and "their" not in [t.low for t in tokens[max(piece.first, first - 2) : first]]
    ):
        behind = _behind_brackets(ground, hit.last, last)
        person = person_at(ground.marked, behind, last, ground.named) if behind < last else None
        if person is not None and person.last < last:
            then = _over(ground, _behind_brackets(ground, person.last, last), last)
            if then < last and (said_of_another(tokens[then]) or tokens[then].low in MODAL or going_on(tokens[then])):
                return Owner(person.name, then)  # our counsel Bea answers Monday
        following = tokens[behind] if behind < last else None
        inside = next((p for p in everybody if hit.last < p.first < behind), None)
        acts = following is not None and (
            (following.low in MODAL and not any(h.group == "team" for h in ground.marked.at.get(behind + 1, ())))
            or following.low in base_verbs()
            or (
                following.low.endswith("s")
                and following.kind == "word"
                and following.low not in words["function"]
                and following.low not in words["ordinary"]
            )
            or following.low in (":", ",", "-")
        )
        if acts:
            return Owner(inside.name if inside else ground.marked.stream.text(j, hit.last), behind)
    group = group_at(ground, first, last)
    if group is not None:
        return Owner(ground.marked.stream.text(*group), group[1])
    return Owner(None, first)


_IN_TEAM = frozenset("s from in of at on our the people crew team lot guys folks lads side ( )".split())


def _of_team(ground: Ground, first: int, last: int) -> Owner | None:
    """Return whose team does it, or who of a team: Boyet's install crew gives ..., Wei Ling from presales demos on."""
    tokens = ground.tokens
    if not tokens[first].capital or first in ground.named:
        return None
    person = person_at(ground.marked, first, last, ground.named)
    if person is None or person.last >= last or tokens[person.last].low not in ("s", "from", "in", "of"):
        return None
    i, seen = person.last, False
    while i < min(last, person.last + _TEAM_WORDS):
        hit = next((h for h in ground.marked.at.get(i, ()) if h.group == "team"), None)
        if hit is not None and not (seen and tokens[i].low in base_verbs()):
            i, seen = hit.last, True
        elif tokens[i].low in _IN_TEAM:
            i += 1
        else:
            break
    acts = seen and i < last and (tokens[i].low in base_verbs() or tokens[i].low in MODAL or said_of_another(tokens[i]))
    return Owner(person.name, i) if acts else None


def said_of_another(token: Token) -> bool:
    """Tell whether a word has the form of a verb said of somebody else: repairs, costs, digs."""
    low = token.low
    if token.kind != "word" or not token.text.islower() or not low.endswith("s") or low.endswith(("ss", "us", "is")):
        return False
    words = wordlists()
    return len(low) > 3 and (low in base_verbs() or not any(low in words[name] for name in ("function", "roles")))


def going_on(token: Token) -> bool:
    """Tell whether a word has the form of a doing that goes on: sending, lining, putting."""
    return token.kind == "word" and token.low.endswith("ing") and len(token.low) > 5 and token.text.islower()


def base_form(low: str) -> str:
    """Return the base form of a verb: repairs -> repair, carries -> carry, putting -> put, lining -> line."""
    if low in base_verbs():
        return base_verbs()[low]
    if low.endswith("ing"):
        stem = low[:-3]
        known = set(base_verbs().values()) | MORE_VERBS
        short = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl" else stem
        silent = stem.endswith(("v", "c", "z", "u", "dg"))  # having, advancing, organizing, queueing, bridging
        return next((v for v in (stem, stem + "e", short) if v in known), stem + "e" if silent else short)
    if low.endswith("ies"):
        return low[:-3] + "y"
    return low[:-2] if low.endswith(("shes", "ches", "xes", "sses", "zzes", "oes")) else low[:-1]


def _over(ground: Ground, j: int, last: int) -> int:
    """Step over the small words between a person and the verb, but not over a modal that stands alone."""
    tokens = ground.tokens
    while (
        j < last
        and tokens[j].low in _AFTER_HER
        and not (tokens[j].low in MODAL and j + 1 < last and tokens[j + 1].low in ("not", "be"))
    ):
        j += 1
    return j


def _behind_title(ground: Ground, j: int, last: int, flat: bool) -> int:
    """Return where the doing opens behind a name: over brackets, "in legal", "from our PS team", "their COO"."""
    tokens = ground.tokens
    if j < last and tokens[j].low == "s":
        return j + 1
    j = _behind_brackets(ground, j, last)
    if j < last and tokens[j].low in ("in", "from", "over", "at", "on", "the", "their", "our") + (
        (",",) if flat else ()
    ):
        k = j
        while (
            k < last
            and k - j < 6
            and not (
                tokens[k].low in base_verbs()
                and base_verbs()[tokens[k].low] != tokens[k].low
                and not (k + 1 < last and tokens[k + 1].low in wordlists()["roles"])  # their works manager
            )
            and not (
                k > j + 1 and said_of_another(tokens[k]) and all(h.group == "work" for h in ground.marked.at.get(k, ()))
            )
            and tokens[k].low not in MODAL
        ):
            k += 1
        j = k if k < last and k - j < 6 else j
    return j


def _behind_brackets(ground: Ground, j: int, last: int) -> int:
    tokens = ground.tokens
    if j < last and tokens[j].low == "(":
        k = j
        while k < last and tokens[k].low != ")":
            k += 1
        return min(k + 1, last)
    return j


def owner_behind(ground: Ground, piece: Piece, first: int, last: int, everybody: Sequence[Named]) -> tuple[Owner, int]:
    """Find an owner behind a step: demo 3/5, Jamal runs it; check-in call Thu (me). Return where the step ends, too."""
    tokens, words = ground.tokens, wordlists()
    for i in range(last - 1, first, -1):
        marked = tokens[i - 1].kind == "mark" and tokens[i - 1].low != "."
        if tokens[i].low in ME_WORDS and (
            marked or (i + 1 < last and tokens[i + 1].low in ("run", "do", "handle", "lead", "send"))
        ):
            return Owner(ME, first), i
        if marked and tokens[i].kind == "word":
            named = person_at(ground.marked, i, last, ground.named)
            sure = named is not None and (
                tokens[i].low in words["first_names"] or any(_same(named.name, p.name) for p in everybody)
            )
            if sure and named is not None:
                return Owner(named.name, first), _bracket_before(ground, first, i)
    if any(tokens[i].low in ME_WORDS for i in range(first + 1, last)):
        return Owner(ME, first), last
    hit = next(
        (
            h
            for i in range(first, last)
            for h in ground.marked.at.get(i, ())
            if h.group == "team" and tokens[i - 1].low in ("our", "ours", "in")
        ),
        None,
    )
    person = (
        next((p for p in everybody if first <= p.first < last and ground.tokens[p.last].low == "s"), None)
        if everybody
        else None
    )
    if person is not None:
        return Owner(person.name, first), last
    return Owner(ground.marked.stream.text(hit.first, hit.last) if hit else None, first), last


def _bracket_before(ground: Ground, first: int, i: int) -> int:
    """Return where the brackets open that a token stands in, else the token."""
    for j in range(i - 1, first, -1):
        if ground.tokens[j].low == ")":
            return i
        if ground.tokens[j].low == "(":
            return j
    return i


def _by_a_day(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a thing is promised for a day: has a fix by 7/22, says yes/no by Mon."""
    tokens = ground.tokens
    return any(
        tokens[i].kind == "date" and tokens[i - 1].low in ("by", "until", "till", "latest", "bis")
        for i in range(first + 1, last)
    )


def _to_come(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a day to come stands among these words."""
    days = (
        t.value.end if isinstance(t.value, Period) else t.value for t in ground.tokens[first:last] if t.kind == "date"
    )
    return any(isinstance(day, date) and day > ground.conventions.as_of for day in days)


_WAITS = frozenset("waiting hoping looking leaving closing pending thinking wanting needing".split())
_RUNS_BY_ITSELF = frozenset("going asking running getting starting moving".split())


def is_verb(ground: Ground, owner: Owner, last: int) -> bool:
    """Tell whether what follows an owner is a doing that is still to come."""
    tokens, words = ground.tokens, wordlists()
    i = owner.rest
    if i >= last:
        return False
    low = tokens[i].low
    before = tokens[i - 1].low
    if before in MODAL or before in ("owe", "owes"):
        return low not in _STATIVE
    if low == "put" and (_by_a_day(ground, i + 1, last) if owner.name == ME else _to_come(ground, i + 1, last)):
        return True  # I put that to deal desk by Thursday, luis and the boys put it up 9 March
    if owner.name == ME and low == "on" and i + 1 < last and tokens[i + 1].low in ("with", "the", "a"):
        return True
    if owner.name == ME and before == "do" and low in ("the", "a", "an", "my", "our"):
        return True  # I do the final pitch 9/3
    if going_on(tokens[i]) and before in ("is", "am", "are", "m", "s", "re", "still", "i"):
        for_us = low == "getting" and i + 1 < last and tokens[i + 1].low in ("me", "us")
        idle = low in _WAITS or (owner.name != ME and low in _RUNS_BY_ITSELF and not for_us)
        return not idle and (owner.name == ME or any(t.kind == "date" for t in tokens[i:last]))
    if low in ("has", "have") and i + 1 < last and tokens[i + 1].low in ("until", "till"):
        return True
    hits = [h for j in range(i, min(i + 2, last)) for h in ground.marked.at.get(j, ()) if h.group == "verb"]
    if any(h.name == "past" and h.first == i and low != "promised" for h in hits):
        return False
    if low in base_verbs() and low not in _STATIVE:
        return True
    if (
        low in ("has", "have")
        and owner.name != ME
        and i + 1 < last
        and tokens[i + 1].low in ("it", "that", "to", "this")
    ):
        return True
    if low in ("has", "have", "say", "says") and owner.name != ME and _by_a_day(ground, i + 1, last):
        return True
    if low in MODAL:
        return (
            i + 1 < last
            and tokens[i + 1].low not in ("not", "been", "no")
            and (low not in ("has", "have") or tokens[i + 1].low == "to")
        )
    if owner.name == ME:
        return (
            tokens[i].kind == "word"
            and low not in _STATIVE
            and low not in words["function"]
            and not low.endswith("ed")
            and tokens[i].text.islower()
        )
    third = len(low) > 3 and low.endswith("s") and not low.endswith("ss") and tokens[i].text.islower()
    return third and low not in words["function"] and low not in _STATIVE


def _same(one: str, other: str) -> bool:
    return bool(set(one.casefold().split()) & set(other.casefold().split()))


_PEOPLE = frozenset("team crew people lot guys folks lads".split())


def whose_team(ground: Ground, first: int, last: int) -> str | None:
    """Return whose people do it: Implementation starts 6/4, Dinesh's team."""
    tokens = ground.tokens
    for i in range(first + 1, last - 2):
        named = tokens[i].capital and tokens[i].kind == "word" and i not in ground.named
        if named and tokens[i + 1].low == "s" and tokens[i + 2].low in _PEOPLE:
            return tokens[i].text
    return None
