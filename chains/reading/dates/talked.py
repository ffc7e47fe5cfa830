"""What is said of a date in talk that no fixed wording covers: a date's place comes in, "close", "was" or "" goes out.

The words around a date are a closed set where a rep speaks of when a deal closes: who thinks, wants or decides, how
sure it is, where it stood. A word outside that set gives the date to something else.
"""

from collections.abc import Sequence
from functools import cache

from chains.periods import Period
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.wordfiles import load

_CUTS = frozenset("because but so which although though while since when where whereas unless if until till".split())
_NOT_AHEAD = frozenset("since until till after from before through thru past as during every each".split())
_GUESSED = frozenset("lucky luck goes all we i".split())
_NEVER = frozenset("not no never nothing".split())
_GRANTED = frozenset("yes so ok okay all approved".split())  # "if yes we sign 3/31" is the plan
_SAYING = frozenset("said told called promised gave".split())
_MEANT = frozenset("wanted hoped planned expected intended".split())
_BY_US = frozenset("i we".split())
_PERSONS = frozenset("i we you he she they".split())
_ONTO = frozenset("them him her you us me".split())


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(load("chains.reading.dates", "talked.yaml")[name]).split())


def talked_of(ground: Ground, piece: Piece, i: int) -> str:
    """Tell whether the words around date `i` put the close there ("close") or say that it stood there ("was")."""
    tokens = ground.tokens
    relative = not isinstance(tokens[i].value, Period) and len(tokens[i].text.split()) == 1
    if (tokens[i].bare or relative) and not any(c.isdigit() for c in tokens[i].text):
        return ""  # a weekday alone, or tomorrow, is a meeting's or a step's
    first, last = _stretch(ground, piece, i)
    said = [j for j in range(first, last) if j != i and tokens[j].kind != "mark" and j not in ground.own]
    words = [tokens[j].low for j in said if tokens[j].kind == "word"]
    known = frozenset().union(*(_words(n) for n in ("thinking", "happening", "deciding", "hedging", "before", "small")))
    if not all(tokens[j].kind in ("money", "percent") or tokens[j].low in known for j in said):
        return ""
    if any(tokens[j].kind == "word" and j in ground.named for j in said):
        return ""
    lead = [tokens[j].low for j in said if j < i]
    if any(w in _NOT_AHEAD for w in lead[-2:]) or _supposed(ground, piece, first):
        return ""
    if any(w in _NEVER for w in lead):
        return ""
    if _was(lead):
        return "was"
    if any(w in _NEVER for w in words):
        return ""
    if all(tokens[j].low == "then" for j in said) and _concludes(ground, piece, i):
        return "close"
    if any(w in _SAYING for w in lead):
        return "said"
    if not said and _opens(ground, piece, i, last):
        return "close"
    return "close" if _means_the_close(words, lead) else ""


def _concludes(ground: Ground, piece: Piece, i: int) -> bool:
    """Tell whether a day ends its thought behind "so", or before "then": so 15 Nov; Jan 22 then."""
    tokens = ground.tokens
    _, last = ground.clause(i, piece)
    ends = i + 1 >= last or tokens[i + 1].kind == "mark" or tokens[i + 1].low in ("and", "but", "then")
    led = tokens[i - 1].low in ("so", "thus", "therefore", "hence") or tokens[i].text.casefold().startswith("so ")
    sentence = ground.marked.clauses.sentences[piece.sentence]
    behind = tokens[i + 1].low == "then" if i + 1 < sentence.last else False
    return ends and (led or (behind and all(t.kind == "mark" for t in tokens[sentence.first : i])))


def _opens(ground: Ground, piece: Piece, i: int, last: int) -> bool:
    """Tell whether a day opens its sentence and nothing is said of it but what follows from it: Mid April and then."""
    tokens = ground.tokens
    sentence = ground.marked.clauses.sentences[piece.sentence]
    alone = all(t.kind == "mark" for t in tokens[sentence.first : i])
    behind = tokens[i + 1].low if i + 1 < sentence.last else "."
    spoken = ground.marked.clauses.spoken or sentence.dictated
    return alone and not spoken and behind in (".", "!", "and", "or", "but", "so") and ground.pieces[0] is not piece


def _stretch(ground: Ground, piece: Piece, i: int) -> tuple[int, int]:
    """Return the part of a date's clause between the words that join thoughts."""
    first, last = ground.clause(i, piece)
    tokens = ground.tokens
    for j in range(i - 1, first - 1, -1):
        if tokens[j].low in _CUTS or tokens[j].low == "and" or tokens[j].kind == "date":
            first = j + 1
            break
    for j in range(i + 1, last):
        luck = tokens[j].low == "if" and any(t.low in _words("hedging") or t.low in _GUESSED for t in tokens[j:last])
        if (tokens[j].low in _CUTS and not luck) or tokens[j].low == "and" or tokens[j].kind == "date":
            last = j
            break
    return first, last


def _supposed(ground: Ground, piece: Piece, first: int) -> bool:
    """Tell whether the stretch is only what follows if something happens."""
    sentence = ground.marked.clauses.sentences[piece.sentence]
    tokens = ground.tokens
    return any(
        t.low in ("if", "unless", "otherwise", "once", "when") and tokens[j + 1].low not in _GRANTED
        for j, t in enumerate(tokens[sentence.first : first], sentence.first)
    )


def _was(lead: Sequence[str]) -> bool:
    """Tell whether the last word that says when is one of before: what I had in for; before I said."""
    for at in range(len(lead) - 1, -1, -1):
        low = lead[at]
        if low in ("now", "new", "is", "will"):
            return False
        if low in _SAYING:
            return any(w in _BY_US for w in lead[:at])
        if low in _MEANT and any(w in ("will", "is", "now") for w in lead[:at]):
            continue
        if low == "before":
            continue
        if low in _words("before"):
            return True
    return "before" in lead


def _means_the_close(words: Sequence[str], lead: Sequence[str]) -> bool:
    """Tell whether a thought, a happening or a decision is told, of which the deal or the buyer can be the subject."""
    for at, low in enumerate(words):
        subject = next((w for w in reversed(words[:at]) if w in _PERSONS or w in ("it", "this", "that")), "")
        following = words[at + 1] if at + 1 < len(words) else ""
        if low in _words("thinking"):
            if following in (_ONTO if low in ("see", "have", "set", "put") else ("me", "us")):
                continue
            return True
        if low in _words("deciding") and (subject not in _BY_US or low in ("sign", "signs")):
            return True
        if low in _words("hedging"):
            return True
        if low in _words("happening") and (subject not in _PERSONS or following == "for"):
            return low not in ("is", "be") or following in ("more", "now", "") or len(words) <= 3
    return False
