"""Who does what by when: a stretch of tokens comes in; the owner, the due day and the action in plain words go out.

The action is not a quotation: shorthand is spelled out, a verb stands in its base form, "it" and "her" are named where
the notes name them just before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chains.deals import ME
from chains.periods import Period
from chains.reading.ground import Ground
from chains.reading.lexicon import base_verbs, spellings, wordlists
from chains.reading.people import Named, person_at
from chains.reading.scopes import Piece

ME_WORDS = frozenset("i me myself ich".split())
TRIM = frozenset(
    [
        ",",
        ":",
        "-",
        "–",
        "—",
        "--",
        ".",
        ";",
        "->",
        "→",
        "=>",
        "!",
        "(",
        ")",
        "=",
        "/",
        "|",
        "**",
        "*",
        "_",
        "~",
        "[",
        "]",
        "~~",
    ]
)
_DUE = frozenset("by until till on due before for next at bis am the from".split())
_LEAD = frozenset(
    "to and is s will then so that just still should must has have had need needs going gets would".split()
)
_AFTER_ME = frozenset(
    ["am", "will", "need", "to", "must", "should", "got", "going", "do", ":", ",", "-", "just", "still", "then", "also"]
)
_AFTER_HER = frozenset("is s are just still will then also now".split())
_MODAL = frozenset("to will must should shall needs need has have would going".split())
_STATIVE = frozenset(
    "am is are was were have has had think thinks thought know knows knew guess hope hopes heard said says say "
    "can could"
    " would do did not feel mean like want wants love sees saw counted moved put".split()
)
_THINGS = frozenset(
    "redlines contract msa dpa agreement order form questionnaire package report list quote proposal offer clause "
    "budget"
    " answer pricing price po invoice deck doc document date schedule data plan model paper sow nda addendum sandbox"
    "demo call meeting readout trial poc test pilot review walkthrough security references reference case terms "
    "license"
    " opt-out signature docusign approval number numbers business".split()
)
_TEAM_WORDS = 7  # between a person and what their team does
_REACH = 45  # tokens to look back for what "it" is


@dataclass(frozen=True, slots=True)
class Owner:
    """Hold who does something (`me`, a name, a team or None) and the token at which the doing opens."""

    name: str | None
    rest: int


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
        following = tokens[behind] if behind < last else None
        inside = next((p for p in everybody if hit.last < p.first < behind), None)
        acts = following is not None and (
            (following.low in _MODAL and not any(h.group == "team" for h in ground.marked.at.get(behind + 1, ())))
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
    return Owner(None, first)


_IN_TEAM = frozenset("s from in of at on our the people crew team lot guys folks lads side".split())


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
    acts = seen and i < last and (tokens[i].low in base_verbs() or tokens[i].low in _MODAL)
    return Owner(person.name, i) if acts else None


def _over(ground: Ground, j: int, last: int) -> int:
    """Step over the small words between a person and the verb, but not over a modal that stands alone."""
    tokens = ground.tokens
    while (
        j < last
        and tokens[j].low in _AFTER_HER
        and not (tokens[j].low in _MODAL and j + 1 < last and tokens[j + 1].low in ("not", "be"))
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
            and not (tokens[k].low in base_verbs() and base_verbs()[tokens[k].low] != tokens[k].low)
            and tokens[k].low not in _MODAL
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


def is_verb(ground: Ground, owner: Owner, last: int) -> bool:
    """Tell whether what follows an owner is a doing that is still to come."""
    tokens, words = ground.tokens, wordlists()
    i = owner.rest
    if i >= last:
        return False
    low = tokens[i].low
    before = tokens[i - 1].low
    if before in _MODAL or before in ("owe", "owes"):
        return low not in _STATIVE
    if owner.name == ME and low == "on" and i + 1 < last and tokens[i + 1].low in ("with", "the"):
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
    if low in _MODAL:
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
    third = low.endswith("s") and not low.endswith("ss") and tokens[i].text.islower()
    return third and low not in words["function"] and low not in _STATIVE


def due_in(ground: Ground, first: int, last: int) -> tuple[date | None, set[int]]:
    """Return the day a stretch is due and the tokens that say so; the last date counts."""
    tokens = ground.tokens
    used: set[int] = set()
    due: date | None = None
    for i in range(first, last):
        value = tokens[i].value
        if tokens[i].kind != "date" or (isinstance(value, Period) and value.label.casefold().startswith("last")):
            continue
        due = value.end if isinstance(value, Period) else value
        used = {i}
        j = i - 1
        while j >= first and (tokens[j].low in _DUE or tokens[j].low in TRIM or not tokens[j].text.isascii()):
            used.add(j)
            j -= 1
    return due, used


def thing_before(ground: Ground, piece: Piece, i: int) -> str:
    """Return the thing that "it" stands for: the nearest paper, meeting or the like named before, with its words."""
    tokens, words = ground.tokens, wordlists()
    since = max(ground.pieces[0].first if ground.pieces else 0, i - _REACH)
    for j in range(i - 1, since - 1, -1):
        if tokens[j].low not in _THINGS or tokens[j].kind != "word":
            continue
        first = j
        while first > since and first > j - 3 and tokens[first - 1].kind == "word" and first - 1 not in ground.named:
            low = tokens[first - 1].low
            if low in words["function"] or low in base_verbs():
                break
            first -= 1
        if first > since + 1 and tokens[first - 1].low == "-" and tokens[first - 2].low in ("opt", "sign", "kick"):
            first -= 2
        return _spelled(ground, first, j + 1)
    return ""


def action_text(
    ground: Ground, piece: Piece, first: int, last: int, without: set[int], everybody: Sequence[Named]
) -> str:
    """Return what is done in plain words, without the tokens that only say when."""
    tokens = ground.tokens
    while first < last and (first in without or tokens[first].low in TRIM or tokens[first].low in _LEAD):
        first += 1
    while last > first and (last - 1 in without or tokens[last - 1].low in TRIM):
        last -= 1
    parts: list[str] = []
    for i in range(first, last):
        if i in without:
            continue
        token = tokens[i]
        word = token.text
        if token.kind == "word":
            plain = spellings().get(token.text.casefold().strip("."), "")
            word = word if token.text.isupper() or plain in wordlists()["roles"] else plain or word
            if i == first:
                word = "send" if token.low in ("owe", "owes") else base_verbs().get(token.low, word)
                if token.low in ("it", "them", "em"):
                    thing = thing_before(ground, piece, first)
                    word = (
                        f"get back the {thing}"
                        if thing and i + 1 < last and tokens[i + 1].low == "back"
                        else f"get the {thing} done"
                        if thing
                        else ""
                    )
            elif (
                token.low in ("it", "them", "em", "that")
                and i - first <= 2
                and (
                    i + 1 >= last
                    or i + 1 in without
                    or tokens[i + 1].low in ("by", "back", "to", "over", "in", "for", "on")
                )
            ):
                thing = thing_before(ground, piece, first)
                word = f"the {thing}" if thing else word
            elif (
                token.low in ("him", "her")
                and i - first <= 2
                and (
                    i + 1 >= last
                    or i + 1 in without
                    or (tokens[i + 1].low not in ("boss", "team") and token.low == "him")
                    or _object(ground, i, last)
                )
            ):
                person = next((p for p in reversed(everybody) if p.last <= first), None)
                word = person.name if person else word
        glued = i > first and i - 1 not in without and tokens[i - 1].end == token.start
        if parts and glued:
            parts[-1] += word
        else:
            parts.append(word)
    text = " ".join(" ".join(parts).split()).strip(" ,;:-–()")
    if text.count("(") > text.count(")"):
        text += ")"
    return "kickoff" if text in ("kick off", "kicks off") else text


def _object(ground: Ground, i: int, last: int) -> bool:
    """Tell whether "her" is the one something is done to, and owns nothing: ring her Monday, send her the deck."""
    following = ground.tokens[i + 1] if i + 1 < last else None
    return following is None or following.kind != "word" or following.low in wordlists()["function"]


def _spelled(ground: Ground, first: int, last: int) -> str:
    words = [
        spellings().get(t.text.casefold(), t.text) if t.kind == "word" else t.text for t in ground.tokens[first:last]
    ]
    return " ".join(words).replace(" - ", "-")


def _same(one: str, other: str) -> bool:
    return bool(set(one.casefold().split()) & set(other.casefold().split()))
