"""What is done by when: a stretch of tokens comes in; the due day and the action in plain words go out.

The action is not a quotation: shorthand is spelled out, a verb stands in its base form, "it" and "her" are named where
the notes name them just before.
"""

from collections.abc import Sequence
from datetime import date

from chains.periods import Period
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import base_verbs, spellings, wordlists
from chains.reading.people.persons import Named
from chains.reading.steps.houses import house_before
from chains.reading.steps.matters import approver_before, case_before, point_before, questions_before, thing_before

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
        while j >= first and (tokens[j].low in _DUE or tokens[j].low in TRIM or tokens[j].low == "latest"):
            if tokens[j].low == "at" and j < i - 1:
                break  # something to look at by Friday
            used.add(j)
            j -= 1
    return due, used


def action_text(
    ground: Ground,
    piece: Piece,
    first: int,
    last: int,
    without: set[int],
    everybody: Sequence[Named],
    since: int | None = None,
    *,
    pronouns: bool = True,
) -> str:
    """Return what is done in plain words, without the tokens that only say when; what "it" is stands before `since`."""
    tokens = ground.tokens
    since = first if since is None else since
    if pronouns:  # what it is about may stand further before than the last thing named
        left = action_text(ground, piece, first, last, without, everybody, since, pronouns=False)
        full = completed(ground, piece, left, since)
        if full != left:
            return full
    if first + 2 < last and tokens[first].low == "on" and tokens[first + 1].low in ("a", "the"):
        first += 2  # I'm on a call with her Friday
    while first < last and (
        first in without or tokens[first].low in TRIM or (tokens[first].low in _LEAD and not _gets(ground, first))
    ):
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
            spelled = spellings().get(token.text.casefold().strip("."), "")
            word = word if token.text.isupper() or spelled in wordlists()["roles"] else spelled or word
            if i == first:
                word = "send" if token.low in ("owe", "owes", "promised") else base_verbs().get(token.low, word)
                if pronouns and token.low in ("it", "them", "em"):
                    thing = thing_before(ground, piece, since)
                    returned = i + 1 < last and tokens[i + 1].low == "back"
                    word = (f"get the {thing}" if returned else f"get the {thing} done") if thing else ""
            elif (
                pronouns
                and token.low in ("it", "them", "em", "that")
                and i - first <= 2
                and tokens[i - 1].low not in _NO_OBJECT
                and tokens[first].low not in ("do", "does")
                and (
                    i + 1 >= last
                    or i + 1 in without
                    or tokens[i + 1].low in ("by", "back", "to", "over", "in", "for", "on")
                    or (tokens[i + 1].low in ("out", "up", "off", "down") and token.low not in ("them", "em"))
                )
            ):
                thing = thing_before(ground, piece, since)
                word = f"the {thing}" if thing else word
            elif (
                token.low in ("him", "her")
                and i - first <= 2 + (tokens[i - 1].low == "with")
                and (
                    i + 1 >= last
                    or i + 1 in without
                    or (tokens[i + 1].low not in ("boss", "team") and token.low == "him")
                    or _object(ground, i, last)
                )
            ):
                person = next((p for p in reversed(everybody) if p.last <= since), None)
                house = house_before(ground, since, person.last if person else None)
                word = house or (person.name if person else word)
        glued = i > first and i - 1 not in without and tokens[i - 1].end == token.start
        if parts and glued:
            parts[-1] += word
        else:
            parts.append(word)
    text = " ".join(" ".join(parts).split()).strip(" ,;:-–()")
    if text.count("(") > text.count(")"):
        text += ")"
    return "kickoff" if text in ("kick off", "kicks off") else text


def _gets(ground: Ground, i: int) -> bool:
    """Tell whether "gets" is what somebody does and no passive: gets me on his calendar, gets the papers ready."""
    following = ground.tokens[i + 1].low if i + 1 < len(ground.tokens) else ""
    return ground.tokens[i].low == "gets" and following in ("me", "us", "them", "him", "her", "the", "a", "an", "our")


_NO_OBJECT = frozenset("with to for from at their our the your its".split())  # "call their it" means a team
_FILLING = frozenset(
    (
        "me us them him her back if we they she he can could do does that it is possible yes no or yes/no an "
        "his latest the answer on whether so soon ok when now ever about final word in writing flies fly works "
        "work fine doable feasible then there not goes okay will would any"
    ).split()
)
_ANSWERING = frozenset("answer reply respond".split())
_ASKED = frozenset("say tell confirm see find decide check clarify".split())
_PUTTING = frozenset("submit hand raise escalate file put take bring push".split())
_COSTING = frozenset("cost estimate price calculate".split())


def completed(ground: Ground, piece: Piece, text: str, since: int) -> str:
    """Return an action with what it is about, where the words leave it to the sentence before."""
    words = text.casefold().replace("(", " ").replace(")", " ").split()
    if not words:
        return text
    head, rest = words[0], [w for w in words[1:] if w not in _FILLING]
    answering = head in _ANSWERING or (head in ("give", "send", "get", "promise") and "answer" in words and not rest)
    if answering and not rest:
        asked = questions_before(ground, since)
        if asked:
            return f"answer the {asked}"
        point = point_before(ground, piece, since)
        return f"answer {point}" if point.startswith("whether") else f"answer on {point}" if point else text
    if head in _ASKED | {"get"} and not rest and (head != "get" or "back" in words):
        point = point_before(ground, piece, since)
        if not point:
            return text
        opening = "tell me" if words[:2] == ["tell", "me"] else "say" if head in ("tell", "get") else head
        if "yes/no" in words or {"yes", "no"} <= set(words):
            return f"{opening} yes or no {'' if point.startswith('whether') else 'on '}{point}"
        return f"{opening} {point}" if point.startswith("whether") else f"{opening} if {point} is possible"
    if head == "come" and "back" in words and not rest:
        point = point_before(ground, piece, since)
        return f"come back {'' if point.startswith('whether') else 'on '}{point}" if point else text
    with_whom = head in ("check", "clarify", "clear") and words[1:2] == ["with"]
    bare = len(words) < 7 and not any(w in ("for", "to", "if", "about") for w in words)
    if bare and (head == "ask" or with_whom):
        point = point_before(ground, piece, since)
        return f"{text} {'' if point.startswith('whether') else 'about '}{point}" if point else text
    if head in _PUTTING and not [w for w in rest if w not in ("case", "up", "through", "with", "to", "deal", "desk")]:
        case, approver = case_before(ground, piece, since), approver_before(ground, piece, since)
        particle = " in" if words[-1] == "in" else " up" if "up" in words else ""
        return (
            f"{head}{particle} the {case} {'with' if head == 'raise' else 'to'} {approver}"
            if case and approver
            else text
        )
    if head == "do" and set(words[1:]) <= {"it", "that", "this", "so"}:
        return _what_to_do(ground, piece, since) or text
    if head in _MENDING and not rest:
        thing = thing_before(ground, piece, since)
        return f"{head} the {thing}" if thing else text
    if head in _COSTING and not rest:
        point = point_before(ground, piece, since)
        return f"{head} {point}" if point and not point.startswith("whether") else text
    return text


def _object(ground: Ground, i: int, last: int) -> bool:
    """Tell whether "her" is the one something is done to, and owns nothing: ring her Monday, send her the deck."""
    following = ground.tokens[i + 1] if i + 1 < last else None
    return following is None or following.kind != "word" or following.low in wordlists()["function"]


_MENDING = frozenset("repair fix mend patch solve sort debug retest redo rework".split())


def _what_to_do(ground: Ground, piece: Piece, since: int) -> str:
    """Return what "does it" stands for: the signature that is missing, or what the words before say has to be done."""
    tokens = ground.tokens
    opened = max(ground.pieces[0].first if ground.pieces else 0, since - 30)
    for i in range(since - 2, opened - 1, -1):
        must = tokens[i].low in ("must", "should")
        must = must or (tokens[i].low == "to" and tokens[i - 1].low in ("has", "have", "needs"))
        if must and tokens[i + 1].low in base_verbs():
            _, stop = ground.marked.clauses.clause(i)
            return action_text(ground, piece, i + 1, min(stop, since), set(), (), i)
    signed = any(h.group == "signed" for h in ground.marked.between(opened, since, "signed"))
    inked = any(t.low in ("signed", "sign", "signature", "signatures") for t in tokens[opened:since])
    inked = inked or any(tokens[i].low == "name" and tokens[i + 1].low == "on" for i in range(opened, since - 1))
    return "countersign" if signed or inked else ""
