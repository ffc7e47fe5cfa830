"""Where a name ends and whether words can be one: marked notes and a place come in, the end of the name goes out.

A name goes over its marks, legal forms and joining words, and stops before what is said of it.
"""

import re
from collections.abc import Sequence

from chains.accounts import LEGAL_ENDS
from chains.reading.layout.marked import Marked
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import wordlists

HYPHENED = frozenset("walk drive drop plug check sit".split())  # what speech says of walk-in, drive-in
_DOTTED = frozenset(
    "gebr fa soc inc st co ltd corp dr bros mt ft dist assn assoc univ mfg intl natl hosp ctr svcs dept".split()
)
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th|x|h|d|w|m|k|am|pm|hr|hrs|min|mins|yr|yrs|wk|wks|mo|pct|users|seats|days|weeks)?"
)
ARTICLES = frozenset("the a an our my their his her this that its your no any".split())
LONGEST = 7  # words of a name
ORDINALS = frozenset("first second third".split())  # Third Coast Brewing
PAPERS = frozenset("po sow msa nda loi rfp rfi dpa poc".split())  # the Riverbend Schools PO
FORMS = frozenset(("eG", "eV", "e.V.", "e.G.", "eGen"))  # legal forms that open with a small letter


def name_end(marked: Marked, first: int, stop: int, *, head: bool) -> int:
    """Return the end of the name that opens at token `first`, or `first` where none does."""
    tokens = marked.stream.tokens
    words = wordlists()
    i = first
    up_to = up_to_figure(marked, first, stop) if head else first
    if up_to > first:
        return up_to
    while i < stop and i - first < LONGEST * 2:
        token = tokens[i]
        if token.kind == "mark":
            if token.low == "/" and _glued(tokens, i) and len(tokens[i - 1].text) > 1 and len(tokens[i + 1].text) > 1:
                break
            if token.low in ("-", "–", "+", "/", "&", "'", "’", ".") and _glued(tokens, i):
                i += 1
                continue
            if token.low == "+" and i > first and i + 1 < stop and tokens[i + 1].capital:
                i += 1
                continue
            if token.low == "." and i > first and tokens[i - 1].end == token.start and tokens[i - 1].low in _DOTTED:
                i += 1
                continue
            if (
                token.low == ","
                and i + 1 < stop
                and (tokens[i + 1].low in LEGAL_ENDS or tokens[i + 1].low in ("llp", "lp", "corp"))
                and i > first
            ):
                i += 2
                if i < stop and tokens[i].low == "." and tokens[i].start == tokens[i - 1].end:
                    i += 1
                continue
            break
        if token.kind != "word":
            nxt = tokens[i + 1] if i + 1 < stop else None
            if i == first:
                if (
                    nxt is None
                    or nxt.kind != "word"
                    or nxt.low in words["function"]
                    or marked.opening(i + 1, "category", "stage", "signed", "lost_to")
                ):
                    break
                if token.kind in ("percent",) or "$" in token.text or "€" in token.text or "£" in token.text:
                    break
                i += 1
                continue
            if (
                token.kind == "count"
                and nxt is not None
                and nxt.start > token.end - (nxt.kind == "word")
                and (
                    (nxt.kind == "word" and (nxt.capital or nxt.low in words["company"]) and tokens[i - 1].capital)
                    or (
                        nxt.kind == "mark"
                        and nxt.low in (":", "-", "--")
                        and not _glued(tokens, i + 1)
                        and tokens[i - 1].capital
                        and _money_after(marked, i + 1, stop)
                    )
                )
            ):
                i += 1
                continue
            break
        if token.low.isdigit() and not (i > first and tokens[i - 1].capital):
            break
        initial = i > first and len(token.text) == 1 and token.text.isupper() and tokens[i - 1].capital
        if initial and i + 1 < stop and tokens[i + 1].low == "." and tokens[i + 1].start == token.end:
            i += 2  # Stonebridge U.
            continue
        closed = i > first + 1 and tokens[i - 1].low in LEGAL_ENDS and not token.capital and token.low != "and"
        if closed and token.kind == "word":
            break  # Hotel Alpina GmbH hat unterschrieben
        if token.text in FORMS and i > first and tokens[i - 1].capital:
            return i + 1
        if token.low == "s" and i > first:
            if _own_s(tokens, first, i, head):
                return i + 1
            if not (i + 1 < stop and tokens[i + 1].kind == "word" and tokens[i + 1].capital):
                break
            i += 1
            continue
        if i == first and token.low == "the":
            i += 1
            continue
        cue = marked.opening(i, "category", "stage", "signed", "lost_to", "all_clear", "step", "state")
        if cue and i > first and tokens[i - 1].low == ".":
            break  # Ballinasloe Horse Fair Co. Signed!
        if cue and cue.group == "category" and cue.last - cue.first > 1:
            break
        if (
            i == first
            and marked.opening(i, "step", "role")
            and not (i + 1 < stop and tokens[i + 1].low in words["company"])
        ):
            break
        if (
            cue
            and i > first
            and not (
                token.capital
                and tokens[i - 1].capital
                and i + 1 < stop
                and tokens[i + 1].kind == "word"
                and tokens[i + 1].capital
                and not token.text.isupper()
            )
        ) and (cue.group != "state" or not token.capital):
            break
        if (
            cue
            and i == first
            and cue.group != "state"
            and not (i + 1 < stop and tokens[i + 1].capital and not _all_upper(tokens, first, stop))
        ):
            break
        if (
            token.low == "in"
            and i > first
            and tokens[i - 1].low in HYPHENED
            and i + 1 < stop
            and tokens[i + 1].kind == "word"
        ):
            i += 1
            continue
        if i > first and tokens[first].capital and not token.capital and _no_part(token):
            break
        if i == first and token.low in words["roles"] and not (i + 1 < stop and tokens[i + 1].low in words["company"]):
            break
        if (
            i == first
            and token.low in words["function"]
            and token.low not in words["openings"]
            and not token.text.isupper()
        ):
            break
        if (
            token.low in words["function"]
            and token.low not in words["joining"]
            and not (token.capital and not token.text.isupper() and (i > first or name_goes_on(tokens, i, stop)))
            and not (
                head
                and i == first
                and token.text.isupper()
                and len(token.text) > 1
                and token.low not in words["labels"]
            )
        ):
            break
        if token.low == "of" and 0 < i - first <= 2 and tokens[first].low in words["first_names"]:
            break  # Peter Lang of Lang Optics
        if (
            token.low in words["joining"]
            and token.low != "and"
            and not (i > first and _leads_to_capital(tokens, i + 1, stop) and (tokens[i - 1].capital or i - first > 1))
            and not (i == first and token.capital and _leads_to_capital(tokens, i + 1, stop))
        ):
            break
        if token.low == "and" and token.text != "&" and _two_names(tokens, first, i, stop):
            break
        if token.low == "and" and not (
            i > first
            and i + 1 < stop
            and tokens[i + 1].kind == "word"
            and (tokens[i + 1].low not in words["function"] or (token.text == "&" and tokens[i + 1].capital))
        ):
            break
        i += 1
    while i > first and (
        tokens[i - 1].low in words["joining"] or (tokens[i - 1].kind == "mark" and tokens[i - 1].low != ".")
    ):
        i -= 1
    # what follows the name only says which of its deals is meant
    while (
        i > first + 1
        and tokens[i - 1].low in words["qualifiers"]
        and not (tokens[i - 1].capital and tokens[i - 2].capital)
    ):
        i -= 1
    return i


_OPEN_FIRMS = frozenset("all off over up no under beyond above two three out bar".split())
_INSIDE = frozenset("none no of and the a for on in by to one two three over under up off out all".split())


def up_to_figure(marked: Marked, first: int, stop: int) -> int:
    """Return the end of a name in small letters that a line opens with and its amount follows, or `first`.

    All words before the amount are the name, whatever they mean elsewhere, where one says what kind of firm it is:
    ferrous pipe and steel 180k, bar none brewing ~30k, coop grain of alta 40k.
    """
    tokens, words = marked.stream.tokens, wordlists()
    last = first
    while last < min(stop, first + LONGEST) and tokens[last].kind == "word":
        if tokens[last].capital:
            return first
        last += 1
    at = last
    while at < stop and tokens[at].low in ("~", "-", "–", "—", ",", "(", ":", "="):
        at += 1
    run = tokens[first:last]
    labelled = bool(run) and run[0].low in words["labels"] | words["did"] and run[0].low not in _OPEN_FIRMS
    if labelled or len(run) < 2 or at >= stop or tokens[at].kind != "money":
        return first
    strange = [t for t in run if t.low in words["function"] and t.low not in _INSIDE | _OPEN_FIRMS | words["company"]]
    strange += [run[0]] if run[0].low in _INSIDE - _OPEN_FIRMS else []
    firm = run[-1].low in words["company"]
    placed = run[-2].low == "of" and any(t.low in words["company"] for t in run[:-2])
    told = marked.opening(first, "signed", "lost_to", "state", "date_cue", "step", "role", "category", "verb")
    if strange or told or not (firm or (placed and run[-1].low not in words["function"])):
        return first
    return last


def _own_s(tokens: Sequence[Token], first: int, i: int, head: bool) -> bool:
    """Tell whether "'s" belongs to the name itself: Ollie's: 12 restaurants. We lost Finnegan's, they stay."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.kind != "mark" or tokens[i].start > tokens[i - 1].end + 1:
        return False
    if head:
        return after.low in (":", "-", "–", "—") and (after.low == ":" or after.start > tokens[i].end)
    owner = first > 0 and tokens[first - 1].low in (
        "is",
        "s",
        "are",
        "was",
        "not",
        "and",
        "than",
        "like",
        "(",
        "unlike",
    )
    strange = tokens[first].low not in wordlists()["first_names"]
    return strange and not owner and after.low in (",", ".", ";", "(", ":")


def _two_names(tokens: Sequence[Token], first: int, i: int, stop: int) -> bool:
    """Tell whether "and" stands between two names of firms: Dock Terminals and Quay Cranes."""
    company = wordlists()["company"]
    left = [t for t in tokens[first:i] if t.kind == "word"]
    right: list[Token] = []
    for token in tokens[i + 1 : min(stop, i + 6)]:
        if token.kind != "word" or not (token.capital or token.low in company):
            break
        right.append(token)
    return all(len(run) > 1 and run[0].capital and run[-1].low in company for run in (left, right))


_DOINGS = frozenset(
    "rang phoned texted emailed mailed replied answered visited called came went wrote took gave brought sits waits"
    " pays paid cancelled canceled told sent showed toured drove liked loved hated agreed refused declined promised"
    " opened rejected accepted confirmed invited ordered returned".split()
)


def _no_part(token: Token) -> bool:
    """Tell whether a lower-case word behind a capital ends the name: Wexford finally signed."""
    words = wordlists()
    if token.low in words["company"] or token.low in words["joining"]:
        return False
    return token.low in words["ordinary"] or token.low in _DOINGS


def _all_upper(tokens: Sequence[Token], first: int, stop: int) -> bool:
    return all(t.text.isupper() for t in tokens[first:stop] if t.kind == "word")


def _glued(tokens: Sequence[Token], i: int) -> bool:
    return (
        0 < i < len(tokens) - 1
        and tokens[i - 1].end == tokens[i].start
        and tokens[i].end == tokens[i + 1].start
        and tokens[i + 1].kind != "mark"
    )


def _money_after(marked: Marked, first: int, stop: int) -> bool:
    return any(t.kind == "money" for t in marked.stream.tokens[first:stop])


def plausible(run: Sequence[Token]) -> bool:
    """Tell whether a run of tokens can be a name at all."""
    words = wordlists()
    said = [t for t in run if t.kind == "word"]
    if not said or len(said) > LONGEST:
        return False
    if len(run) == 3 and run[1].low == "/" and all(len(t.text) == 1 for t in run):
        return False  # D/D, a row of a frame
    if any(t.kind not in ("word", "mark") for t in run) and not any(
        t.capital or t.low in words["company"] for t in said
    ):
        return False
    if all(t.low in words["function"] or t.low in words["labels"] for t in said):
        return len(said) == 1 and said[0].capital and said[0].low in ("target", "square", "gap", "may")
    if len(said) == 1 and (len(said[0].text) < 2 or _ORDINAL.fullmatch(said[0].low)):
        return False
    capitals = sum(1 for t in said if t.capital)
    if said[0].low == "the" and capitals == 1 and said[0].capital:
        capitals = 0  # "The biggest is ..." opens a sentence with its only capital
    if capitals:
        return not (len(said) == 1 and said[0].low in words["labels"])
    unknown = [
        t
        for t in said
        if t.low not in words["function"] and t.low not in words["ordinary"] and t.low not in words["labels"]
    ]
    return bool(unknown) or (len(said) >= 2 and said[-1].low in words["company"])


def name_goes_on(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Tell whether an ordinary word with a capital opens a longer name: Blue Heron, Red Canoe."""
    nxt = tokens[i + 1] if i + 1 < last else None
    if nxt is None or nxt.kind != "word" or tokens[i].kind != "word" or len(tokens[i].text) < 2:
        return False
    if nxt.capital:
        return nxt.low not in wordlists()["function"]
    return (
        nxt.text == "&" or nxt.low in wordlists()["joining"] - {"and", "for", "on", "at", "of"}
    ) and _leads_to_capital(tokens, i + 2, last)


def _leads_to_capital(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Tell whether a capital follows, over at most two joining words: van der Meer."""
    joining = wordlists()["joining"]
    for j in range(i, min(i + 2, last)):
        if tokens[j].kind == "word" and tokens[j].capital:
            return True
        if tokens[j].low not in joining:
            return False
    return False


SAID_OF = frozenset("that thats which it its is s those they their theres at for".split())
_BRANCHES = frozenset("benelux nordics iberia dach uki apac emea latam".split())


def kind_of_firm(marked: Marked, i: int) -> bool:
    """Tell whether a word that says something else elsewhere ends a name: bluebonnet freight lines, quenby works."""
    tokens, words = marked.stream.tokens, wordlists()
    kinds = tokens[i].low in words["company"] or tokens[i].low in _BRANCHES
    if not kinds or not 0 < i < len(tokens) - 1:
        return False
    before, behind = tokens[i - 1], tokens[i + 1]
    named = before.kind == "word" and before.low not in words["labels"] and before.low not in words["function"]
    closes = behind.low in SAID_OF or behind.kind in ("money", "count", "date")
    own = before.low in words["company"] or before.low not in words["ordinary"]
    return named and own and (closes or (before.low in words["company"] and tokens[i].low not in words["function"]))
