"""Who does it where the clause does not open with them: a clause and the people of a deal come in, its owner goes out.

"Ursina, our country manager, countersigns", "Joseph's patch is due 05/08", "the third form I upload tomorrow", "he
wants Denise to phone him", "the order form goes to them tomorrow".
"""

from collections.abc import Sequence

from chains.deals import ME
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import base_verbs, wordlists
from chains.reading.people.persons import Named
from chains.reading.steps.acting import given_by, needed_from, one_asked
from chains.reading.steps.owners import MODAL, MORE_VERBS, Owner, owner_at, said_of_another

_FAR = 9  # tokens between a name and its verb, brackets and appositions left out
_BE = frozenset("is are was were has have had s".split())
_OUR_PAPERS = frozenset(
    "order form quote offer proposal contract paper papers paperwork redlines answers questionnaire deck draft msa dpa "
    "agreement docs documents report invoice reply response sow pricing".split()
)
_TO_THEM = frozenset("to out over back across off".split())


def subject_of(ground: Ground, piece: Piece, start: int, last: int, everybody: Sequence[Named]) -> Owner | None:
    """Return who does what a clause tells that opens with no name of an owner, or None."""
    return (
        _before_verb(ground, piece, start, last, everybody)
        or _in_brackets(ground, start, last, everybody)
        or _asked_for(ground, piece, start, last, everybody)
        or _has_left_to_do(ground, piece, start, last, everybody)
        or _left_out(ground, piece, start, last)
        or _behind_when(ground, start, last)
        or _awaited(ground, start, last, everybody)
        or _possessor(ground, start, last, everybody)
        or _behind_object(ground, start, last)
        or _told_to(ground, start, last, everybody)
        or _goes_out(ground, start, last)
    )


def _before_verb(ground: Ground, piece: Piece, start: int, last: int, everybody: Sequence[Named]) -> Owner | None:
    """Find the person before a clause that opens with the verb: Gunnar Ekdahl, the chairman, signs 28/9."""
    tokens = ground.tokens
    if not (said_of_another(tokens[start]) or tokens[start].low == "does") or tokens[start].low in _NO_DOING:
        return None
    person = next((p for p in reversed(everybody) if p.last <= start), None)
    opening = ground.marked.clauses.sentences[piece.sentence].first
    if person is None or person.first < max(piece.first, opening):
        return None
    depth = words = aside = 0
    for i in range(person.last, start):
        low = tokens[i].low
        depth += (low == "(") - (low == ")")
        aside += low == "("
        if depth > 0 or tokens[i].kind == "mark":
            continue
        words += 1
        if low in ("has", "have") and tokens[i + 1].low == "not":
            continue  # Hal in our finance has not yet, does it Friday
        if low in _BE or low in MODAL or low in base_verbs() or low in ("and", "but", "so") or words > _FAR:
            return None
    named_so = ground.marked.between(max(opening, person.first - 4), person.first, "team", "role")
    explained = (
        words > 0 or aside > 0 or (bool(named_so) and tokens[person.first - 1].low == ",")
    )  # a name alone before a comma is spoken to: Guillaume, numbers please
    return Owner(person.name, start) if explained and tokens[start - 1].kind == "mark" else None


_NO_DOING = frozenset(
    "says needs wants hopes thinks costs closes means loves looks seems stays goes comes runs".split()
)


def _in_brackets(ground: Ground, start: int, last: int, everybody: Sequence[Named]) -> Owner | None:
    """Find a name in brackets right before the verb: the payables lady (Mrs Dunn) keys it in on the 18th."""
    tokens = ground.tokens
    for person in everybody:
        i = person.last
        if start < person.first and i + 1 < last and tokens[i].low == ")" and tokens[person.first - 1].low == "(":
            verb = tokens[i + 1]
            if (said_of_another(verb) and verb.low not in _NO_DOING) or verb.low in ("will", "has"):
                return Owner(person.name, i + 1)
    return None


def _asked_for(ground: Ground, piece: Piece, start: int, last: int, everybody: Sequence[Named]) -> Owner | None:
    """Find who has to give what is needed: need deal desk's number by the 9th, the drawings from Marek due Monday."""
    needed = needed_from(ground, piece, start, last, everybody)
    if needed is not None:
        name, opens, verb = needed
        return Owner(name, opens, verb=verb, sure=True)
    given = given_by(ground, piece, start, last, everybody)
    return Owner(given[0], given[1], given[2], "give", sure=True) if given else None


_HOLDS = frozenset("have has ve s got".split())
_ENCOUNTERS = frozenset("hour half slot appointment time minutes mins <duration>".split())


def _has_left_to_do(ground: Ground, piece: Piece, start: int, last: int, everybody: Sequence[Named]) -> Owner | None:
    """Find what somebody still has to do with a thing they have: I've the last answers to send, an hour with her."""
    tokens = ground.tokens
    owner = owner_at(ground, piece, start, last, everybody)
    if owner.name is None and tokens[start].low in ("got", "have"):
        owner = Owner(ME, start)  # got half an hour with the chairman
    i = owner.rest
    if owner.name is None or i >= last or tokens[i].low.lstrip("'’") not in _HOLDS:
        return None
    while i < last and tokens[i].low.lstrip("'’") in _HOLDS:
        i += 1
    for j in range(i + 1, min(i + _THING, last - 1)):
        if tokens[j].low == "to" and base_verbs().get(tokens[j + 1].low) == tokens[j + 1].low:
            k = j + 2
            k += k < last and tokens[k].low in _PARTICLES
            ends = k >= last or tokens[k].kind in ("date", "mark") or tokens[k].low in ("by", "on", "until")
            if ends and tokens[i].low != "to":
                return Owner(owner.name, i, j, " ".join(t.low for t in tokens[j + 1 : k]), sure=True)
            return None
        if owner.name == ME and tokens[j].low == "with" and {t.low for t in tokens[i:j]} & _ENCOUNTERS:
            return Owner(ME, j, verb="meet", sure=True)
        if tokens[j].kind == "mark" and tokens[j].low not in ("-", "/"):
            return None
    return None


_PARTICLES = frozenset("off out in over back up round through".split())
_THING = 8  # words of the thing that somebody has
_LED = frozenset("need must gotta have should plan planning going will got".split())
_OWN_DOINGS = frozenset(
    "sending calling ringing emailing mailing chasing meeting seeing visiting trying presenting delivering submitting "
    "writing drafting preparing talking speaking walking flying driving pinging circling checking booking following "
    "heading going catching demoing asking getting setting revisiting hosting taking".split()
)


def _left_out(ground: Ground, piece: Piece, start: int, last: int) -> Owner | None:
    """Find the rep where notes leave out the "I": need to circle back Monday, trying again Thursday."""
    tokens = ground.tokens
    if start > piece.first and not (tokens[start - 1].kind == "mark" or tokens[start - 1].kind == "date"):
        return None
    dated = any(t.kind == "date" for t in tokens[start:last])
    i = start
    if tokens[i].low == "promised" and dated and i + 2 < last:
        return Owner(ME, i + 1, verb="send", sure=True)  # promised Walt a revised quote by Monday
    if tokens[i].low in _LED:
        while i < last and tokens[i].low in _LED | {"to"}:
            i += 1
        acts = i < last and (base_verbs().get(tokens[i].low) == tokens[i].low or tokens[i].low in MORE_VERBS)
        to = tokens[i - 1].low == "to" or tokens[start].low in ("must", "will", "should", "gotta")
        if acts and to and dated and tokens[i].low not in ("sign", "say", "do"):
            return Owner(ME, i, sure=True)
        i = start
    return Owner(ME, start, sure=True) if dated and tokens[i].low in _OWN_DOINGS else None


def _behind_when(ground: Ground, start: int, last: int) -> Owner | None:
    """Find the rep behind a condition of time: once legal's done I send the paper."""
    tokens = ground.tokens
    if tokens[start].low not in ("once", "when", "after", "then", "as"):
        return None
    for i in range(start + 2, min(last - 1, start + 10)):
        if tokens[i].low in ("i", "we"):
            j = i + 1 + (tokens[i + 1].low in ("will", "can", "then"))
            acts = j < last and base_verbs().get(tokens[j].low) == tokens[j].low
            return Owner(ME, j, sure=True) if acts else None
    return None


def _awaited(ground: Ground, start: int, last: int, everybody: Sequence[Named]) -> Owner | None:
    """Find who was asked for a thing: waiting on Dave in deal desk for the sign-off, promised for Thursday."""
    tokens = ground.tokens
    for i in range(start, min(last - 1, start + 4)):
        waits = tokens[i].low in ("waiting", "wait") and tokens[i + 1].low in ("on", "for")
        if not (tokens[i].low in ("asked", "asking") or waits):
            continue
        who = one_asked(ground, i + 1 + waits, last, everybody)
        if who is None:
            return None
        name, behind = who
        if not waits and all(t.kind in ("mark", "date") for t in tokens[behind:last]):
            return Owner(name, behind, verb="answer", sure=True)  # I asked deal desk, answer due Monday
        if tokens[behind].low in ("if", "whether") and behind + 2 < last:
            return Owner(name, behind, verb="answer", sure=True)
        thing = next((j for j in range(behind, last) if tokens[j].low in ("for", "about", "to")), None)
        if thing is None or thing + 1 >= last or thing - behind > 5:
            return None
        verb = {"for": "deliver", "about": "answer on", "to": ""}[tokens[thing].low]
        return Owner(name, thing + 1, verb=verb, sure=True)
    return None


def _possessor(ground: Ground, start: int, last: int, everybody: Sequence[Named]) -> Owner | None:
    """Find whose thing is due: Joseph's patch is due 05/08."""
    tokens = ground.tokens
    person = next((p for p in everybody if p.first == start), None)
    if person is None or person.last + 1 >= last or tokens[person.last].low != "s":
        return None
    due = next((i for i in range(person.last + 1, min(last, person.last + 7)) if tokens[i].low == "due"), None)
    if due is None:
        return None
    stop = due - 1 if tokens[due - 1].low in ("is", "s") else due
    return Owner(person.name, person.last + 1, stop, sure=True)


def _behind_object(ground: Ground, start: int, last: int) -> Owner | None:
    """Find the rep behind what is done: the third form I upload tomorrow."""
    tokens, words = ground.tokens, wordlists()
    for i in range(start + 1, min(last - 1, start + 6)):
        if tokens[i].low in ("i", "we") and i + 1 < last:
            low = tokens[i + 1].low
            acts = tokens[i + 1].text.islower() and low not in words["function"] and not low.endswith("ed")
            known = low in _BE or low in _KNOWS or low in MODAL
            return Owner(ME, start, i, low, sure=True) if acts and not known else None
        if tokens[i].kind not in ("word", "count") or tokens[i].low in base_verbs() or tokens[i].low in _BE:
            return None
    return None


_KNOWS = frozenset(
    "think know guess hope mean see had said told met want need like love feel say call put expect believe commit got "
    "took lost won sent gave".split()
)


def _told_to(ground: Ground, start: int, last: int, everybody: Sequence[Named]) -> Owner | None:
    """Find whom somebody wants to do it: he wants Denise to phone him before the vote."""
    tokens = ground.tokens
    for person in everybody:
        if not start < person.first < last - 2 or tokens[person.last].low != "to":
            continue
        asked = tokens[person.first - 1].low in ("wants", "want", "needs", "need", "asked", "asks", "expects", "get")
        if asked and tokens[person.last + 1].kind == "word":
            return Owner(person.name, person.last + 1)
    return None


def _goes_out(ground: Ground, start: int, last: int) -> Owner | None:
    """Find a paper of ours on its way: the order form goes to them tomorrow."""
    tokens = ground.tokens
    for i in range(start + 1, min(last - 1, start + 5)):
        if tokens[i].low in ("goes", "going", "go") and tokens[i + 1].low in _TO_THEM:
            ours = any(t.low in _OUR_PAPERS for t in tokens[start:i]) and not any(
                t.low in ("their", "his", "her") for t in tokens[start:i]
            )
            return Owner(ME, start, i, "send", sure=True) if ours else None
    return None
