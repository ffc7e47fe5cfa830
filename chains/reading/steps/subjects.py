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
from chains.reading.steps.owners import MODAL, MORE_VERBS, Owner, said_of_another

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
    explained = words > 0 or aside > 0  # a name alone before a comma is spoken to: Guillaume, numbers please
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
    for i in range(start, min(last - 2, start + 4)):
        asked = tokens[i].low in ("asked", "asking") or (
            tokens[i].low in ("waiting", "wait") and tokens[i + 1].low in ("on", "for")
        )
        if not asked:
            continue
        at = i + 1 + (tokens[i].low in ("waiting", "wait"))
        person = next((p for p in everybody if p.first == at), None)
        if person is None:
            return None
        thing = next((j for j in range(person.last, last) if tokens[j].low == "for"), None)
        if thing is None or thing + 1 >= last or thing - person.last > 5:
            return None
        return Owner(person.name, thing + 1, verb="deliver", sure=True)
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
