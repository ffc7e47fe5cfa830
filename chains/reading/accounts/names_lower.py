"""Names in text without capitals: marked notes and a stretch of tokens come in, runs that may be a name go out.

They stand before an amount, open a statement, or follow what plain talk leads to a customer with.
"""

from chains.reading.accounts.name_ends import ARTICLES, HYPHENED, SAID_OF, kind_of_firm, plausible
from chains.reading.accounts.name_words import COLOURS
from chains.reading.layout.marked import Marked
from chains.reading.lexicon import wordlists

_LEADING_TO_MONEY = frozenset("at is for about around roughly s worth ca circa approx say maybe".split())
_NUMBERS = frozenset("one two three four five six seven eight nine ten".split())
_CORRECTING = frozenset(
    "one two three four five six seven eight nine ten twenty hundred no sorry not now er um wait actually rather was"
    " make that its is".split()
)
_CIVIC = frozenset("city town county village borough township university college port bank diocese ministry".split())


def civic(marked: Marked, first: int) -> bool:
    """Tell whether a dictated name goes on from a word for a body: city of alder springs."""
    tokens, sentences = marked.stream.tokens, marked.clauses.sentence_of
    told = first >= 2 and tokens[first - 1].low == "of" and tokens[first - 2].low in _CIVIC
    return told and sentences[first - 2] == sentences[first]


def flat(marked: Marked, first: int, last: int) -> bool:
    """Tell whether a stretch hardly uses capitals, so that names in it may be lower-cased."""
    words = [t for t in marked.stream.tokens[first:last] if t.kind == "word"]
    return bool(words) and sum(1 for t in words if t.text[0].isupper()) * 8 <= len(words)


def lower_runs(marked: Marked, first: int, last: int) -> list[tuple[int, int]]:
    """Return runs of lower-case words that stand where a name stands: before an amount or opening a statement."""
    tokens = marked.stream.tokens
    words = wordlists()
    found: list[tuple[int, int]] = []
    for i in range(first, last):
        if tokens[i].kind != "money":
            continue
        j = i
        while (
            j > first
            and tokens[j - 1].kind == "mark"
            and tokens[j - 1].low in (",", "(", "-", "–", "—", "--", ":", "=", "~")
        ):
            j -= 1
        while j > first + 1 and (tokens[j - 1].low in _CORRECTING or tokens[j - 1].kind == "count") and j > i - 6:
            j -= 1
        while j > first and tokens[j - 1].low in _LEADING_TO_MONEY and j > first + 1:
            j -= 1
        end = j
        while j > first and _nameable(marked, j - 1) and end - j < 6:
            j -= 1
        j = _joined_back(marked, j, first)
        if j > first and tokens[j - 1].low in ARTICLES:
            k = j  # "still a commit in my book joondalup swim school": the name opens behind what the article is of
            while k < end and tokens[k].low in words["ordinary"]:
                k += 1
            j = k if j < k < end - 1 and tokens[end - 1].low in words["company"] else j
        if j > first and (tokens[j - 1].low in ARTICLES or (tokens[j - 1].low in _NUMBERS and j == end - 1)):
            continue
        if j < end and plausible(tokens[j:end]):
            found.append((j - (j - 1 == first and _counts_no_things(marked, j, end)), end))
    i = first
    while i < last:
        coloured = tokens[i].low in COLOURS and i + 1 < last and tokens[i + 1].low not in words["ordinary"]  # red fork
        if not (_nameable(marked, i) and (coloured or tokens[i].low not in words["ordinary"])):
            i += 1
            continue
        j = i
        while j < last and _nameable(marked, j) and j - i < 6:
            j += 1
        if (
            j + 1 < last
            and tokens[j].low == "and"
            and _nameable(marked, j + 1)
            and tokens[j + 1].low not in words["ordinary"]
        ):
            j += 2
            while j < last and _nameable(marked, j) and tokens[j].low not in words["ordinary"]:
                j += 1
        if (
            j - i > 1
            and plausible(tokens[i:j])
            and (not (i > first and tokens[i - 1].low in ARTICLES) or _turned_to(marked, i, j, first, article=True))
            and not any(a < j and i < b for a, b in found)
            and (_stated_of(marked, j, _thought_end(marked, last)) or _turned_to(marked, i, j, first))
        ):
            found.append((i, j))
        i = j
    return found


_TURNS_TO = frozenset(
    "about regarding then next first lastly finally last also second third fourth after off up".split()
)
_POINTS_AT = frozenset(
    "the big good small other main one ones is are s there have got we i uh um er comes brand new biggest"
    " was stop stops visit call meeting supposed to be".split()
)
_SUBJECTS = frozenset("thing things story news latest update situation problem issue trouble deal".split())
_ABOUT = frozenset("with on at from about over".split())
_FILLERS = frozenset("uh um er and so okay ok well right then now also oh hi hey yes yeah".split())


def _turned_to(marked: Marked, first: int, last: int, opening: int, *, article: bool = False) -> bool:
    """Tell whether speech turns to a name: then corrib technical college, thats the one that moved."""
    tokens, words = marked.stream.tokens, wordlists()
    if article and (tokens[first - 1].low != "the" or tokens[last - 1].low not in words["company"]):
        return False
    j = first - 1
    if j > opening and tokens[j].low in _ABOUT and tokens[j - 1].low in _SUBJECTS:
        return True  # the thing with lakeview orthodontics is
    if j >= opening and tokens[j].low in ("lost", "won", "closed", "landed", "signed") and last - first > 1:
        return tokens[last - 1].low in words["company"] or last - first > 2
    end = marked.clauses.sentences[marked.clauses.sentence_of[first]].last
    told = last < end and tokens[last].low in ("that", "which")  # rockingham boat club thats the happy one
    if (last == end or told) and last - first > 1 and all(t.low in _FILLERS for t in tokens[opening:first]):
        return any(t.low not in words["first_names"] for t in tokens[first:last])  # all that was said is a name
    while j >= opening and tokens[j].low in _POINTS_AT:
        j -= 1
    counted = (
        j > opening and tokens[j].text.casefold() in _NUMBERS and tokens[j - 1].low == "number"
    )  # number four is brand new
    if j < opening or not (tokens[j].low in _TURNS_TO or counted):
        return False
    if any(tokens[k].low in words["first_names"] for k in range(first, last)):
        return tokens[last - 1].low in words["company"]
    own = sum(1 for k in range(first, last) if tokens[k].low not in words["ordinary"])
    goes_on = last < len(tokens) and (tokens[last].low in SAID_OF or tokens[last].kind == "money")
    return tokens[last - 1].low in words["company"] or (own > 1 and goes_on)


def slot_runs(marked: Marked, slots: frozenset[int], first: int, last: int) -> list[tuple[int, int]]:
    """Return runs of lower-case words that plain talk leads to, or that open a sentence like a name."""
    tokens, words = marked.stream.tokens, wordlists()
    found: list[tuple[int, int]] = []
    for i in range(first, last):
        if i not in slots and not (i == first and any(h.group == "customer" for h in marked.at.get(i + 1, ()))):
            continue
        j = i
        while j < last and tokens[j].low in ARTICLES:
            j += 1
        end = j
        while end < last and _nameable(marked, end) and end - j < 5 and not _everyday_end(marked, j, end):
            end += 1
        run = tokens[j:end]
        strange = [t for t in run if not any(t.low in words[n] for n in ("ordinary", "first_names", "roles", "titles"))]
        firm = len(run) > 1 and run[-1].low in words["company"]
        if run and strange and (firm or run[0].low not in words["first_names"]) and plausible(run):
            found.append((j, end))
    return found


def _everyday_end(marked: Marked, first: int, i: int) -> bool:
    """Tell whether an everyday word ends a lower-case name: northwind | today."""
    token, words = marked.stream.tokens[i], wordlists()
    return i > first and token.low in words["ordinary"] and token.low not in words["company"]


def _counts_no_things(marked: Marked, first: int, last: int) -> bool:
    """Tell whether a number that opens a line belongs to the name behind it: two creeks equine 31k."""
    tokens, words = marked.stream.tokens, wordlists()
    told = tokens[first - 1].text.casefold() in _NUMBERS
    own = sum(1 for t in tokens[first:last] if t.low not in words["ordinary"] and t.low not in words["function"])
    return told and last - first > 1 and own > 1


def _joined_back(marked: Marked, j: int, first: int) -> int:
    """Reach back over `and` where a pair makes the name: ernst and whitlow, and mesquite sand and gravel."""
    tokens = marked.stream.tokens
    words = wordlists()
    joined = j - 2 >= first and tokens[j - 1].low == "and" and _nameable(marked, j - 2)
    k = j - 2
    while joined and tokens[j - 1].text != "&" and k > first and _nameable(marked, k - 1):
        k -= 1
    opened = k > first and tokens[k - 1].low in ("and", "then", "next", "have", "is", "s", "also")
    if joined and tokens[j - 1].text != "&" and not (opened and 1 < j - 1 - k < 4):
        return j
    if joined:
        j -= 2
        while j > first and _nameable(marked, j - 1) and tokens[j - 1].low not in words["ordinary"]:
            j -= 1
    return j


def _nameable(marked: Marked, i: int) -> bool:
    token = marked.stream.tokens[i]
    words = wordlists()
    if token.low == "in" and i and marked.stream.tokens[i - 1].low in HYPHENED:
        return True  # a walk-in clinic
    return (
        token.kind == "word"
        and ((token.low not in words["function"] and token.low not in words["labels"]) or kind_of_firm(marked, i))
        and len(token.low) > 1
        and token.low != "ones"
        and token.low not in words["did"]
        and marked.opening(i, "category", "stage", "signed", "role", "step", "state", "lost_to") is None
    )


def _thought_end(marked: Marked, last: int) -> int:
    """Return where the dictated words end that a parted sentence goes on in."""
    sentences = marked.clauses.sentences
    sentence = sentences[marked.clauses.sentence_of[last - 1]]
    following = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    goes_on = following is not None and sentence.dictated and following.unit == sentence.unit
    return following.last if following is not None and goes_on else last


def _stated_of(marked: Marked, i: int, last: int) -> bool:
    """Tell whether what follows states where a deal stands, or what it is worth, within a few words."""
    tokens = marked.stream.tokens
    for j in range(i, min(i + 8, last)):
        hit = marked.opening(j, "category", "signed")
        if hit and (hit.group == "category" or hit.name in ("both", "po")):
            return True
        if hit and hit.name in ("closed", "plain") and j == i:
            return True
        if tokens[j].kind in ("money", "count") and j - i <= 3 and tokens[j - 1].low in ("is", "s", "at", "for"):
            return True
        if marked.stream.tokens[j].low in ("slipped", "pushed", "closes"):
            return True
    return False
