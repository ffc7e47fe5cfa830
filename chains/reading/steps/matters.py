"""What a step is about: a place in a deal's ground comes in; the thing that "it" stands for, or the point that has to
be answered, goes out in the notes' words.

"Beto in support answers Wed" is about what the buyer wants, told before: "answer on the 2h response".
"""

from collections.abc import Sequence

from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import base_verbs, spellings, wordlists
from chains.reading.steps.houses import HOUSES

_THINGS = frozenset(
    "redlines contract msa dpa agreement order form questionnaire package report list quote proposal offer clause "
    "budget answer pricing price po invoice deck doc document date schedule data plan model paper sow nda addendum "
    "sandbox demo call meeting readout trial poc test pilot review walkthrough references reference case terms license "
    "opt-out signature docusign approval number numbers business certificate summary sheet spreadsheet statement cert "
    "patch fix draft template letter memo brief calculation estimate forms papers questions registration application "
    "counter markup amendment checklist matrix audit scan agenda count drawing drawings sample samples layout".split()
)
_OWN = frozenset("the a an our their his her its my your this that these those".split())
NO_THING = frozenset(
    "week month quarter year day time way side end board customer guys people deal team crew folks boss man woman "
    "person corner office desk champion buyer lot bit thing part place side call patch turf number".split()
)
_REACH = 45  # tokens to look back for what "it" is
_WANTS = frozenset(
    "want wants wanted need needs demand demands require requires insist insists ask asks asked asking request "
    "requests requested demanding requesting insisting wanting struck".split()
)
_MUST = frozenset("must may".split())
_STOPS = frozenset("but so because since bc before while our ours we which who std standard".split())
_SMALL = frozenset("for on the a an to have us our also only me about that still now still just get".split())
LONGEST = 9  # words of a point
_POINT_REACH = 70  # tokens to look back for a point


def thing_before(ground: Ground, piece: Piece, i: int) -> str:
    """Return the thing that "it" stands for: the nearest paper, meeting or the like named before, with its words."""
    tokens = ground.tokens
    since = max(ground.pieces[0].first if ground.pieces else 0, i - _REACH)
    for j in range(i - 1, since - 1, -1):
        if tokens[j].kind != "word" or j in ground.named:
            continue
        if tokens[j].low not in _THINGS and not _headed(ground, j, since):
            continue
        if any(h.group == "category" for k in (j - 1, j) for h in ground.marked.at.get(max(k, 0), ())):
            continue  # best case is no thing
        first = _opening(ground, j, since)
        if first > since + 1 and tokens[first - 1].low == "-" and tokens[first - 2].low in ("opt", "sign", "kick"):
            first -= 2
        det = first - (tokens[first - 1].low in _OWN)
        if det - 2 > since and tokens[det - 1].low in _OF and tokens[det - 2].low in _THINGS:
            j, first = det - 2, _opening(ground, det - 2, since)  # a sample contract with a break
        thing = plain(ground, first, _tail(ground, j + 1, i))
        return thing if thing[1:2].isupper() or first in ground.named else thing[:1].lower() + thing[1:]
    return ""


def _tail(ground: Ground, behind: int, i: int) -> int:
    """Return where a thing ends with what it is about: clause | about spare parts, sample contract | with a break."""
    tokens, words = ground.tokens, wordlists()
    if behind + 1 >= i or tokens[behind].low not in _OF:
        return behind
    for j in range(behind + 1, min(behind + _TAIL, i) + 1):
        if j >= i or tokens[j].kind == "mark":
            return j if j > behind + 1 and tokens[j - 1].low not in words["function"] else behind
        if tokens[j].kind not in ("word", "count", "percent") or tokens[j].capital or tokens[j].low in _NOT_ABOUT:
            return behind
        if tokens[j].low in base_verbs() or any(h.group in ("team", "role") for h in ground.marked.at.get(j, ())):
            return behind
    return behind


_OF = frozenset("about for on with of".split())
_NOT_ABOUT = frozenset("us me them him her it that this we they i is are was has will their our".split())
_TAIL = 7  # words of what a thing is about


def _opening(ground: Ground, j: int, since: int) -> int:
    """Return where the words of a thing open that ends at token `j`."""
    tokens = ground.tokens
    first = j
    while first > since and first > j - 4 and first - 1 not in ground.named:
        token = tokens[first - 1]
        glued = token.kind == "mark" and token.low == "-" and tokens[first - 2].end == token.start
        if token.kind not in ("word", "count") and not glued:
            break
        ended = token.low in wordlists()["function"] or token.low in base_verbs() or token.low.endswith("ed")
        if not glued and ended:
            break
        first -= 1
    return first


def _headed(ground: Ground, j: int, since: int) -> bool:
    """Tell whether token `j` closes a noun with its own words before it: the salt water sensor, their dock calendar."""
    tokens, words = ground.tokens, wordlists()
    low = tokens[j].low
    if low in words["function"] or low in base_verbs() or low in words["roles"] or low in NO_THING or len(low) < 3:
        return False
    if low.endswith(("ed", "ing", "ly")) or any(h.group in ("verb", "state") for h in ground.marked.at.get(j, ())):
        return False
    if low in HOUSES or tokens[j].capital or any(h.group == "team" for h in ground.marked.at.get(j, ())):
        return False
    following = tokens[j + 1] if j + 1 < len(tokens) else None
    goes_on = following is not None and following.kind == "word" and following.low not in words["function"]
    if goes_on and following is not None and following.low not in base_verbs() and not following.low.endswith("ed"):
        return False
    first = _opening(ground, j, since)
    if any(h.group in ("team", "role") for k in range(first, j + 1) for h in ground.marked.at.get(k, ())):
        return False
    return first > since and tokens[first - 1].low in _OWN and tokens[first - 1].low not in ("his", "her")


def point_before(ground: Ground, piece: Piece, i: int) -> str:
    """Return what was wanted or asked last before token `i`: "the 2h response", "whether they can pay in steps"."""
    tokens = ground.tokens
    since = max(ground.pieces[0].first if ground.pieces else 0, i - _POINT_REACH)
    within = [p for p in ground.pieces if p.rep and p.first < i and p.last > since]
    for part in reversed(within):
        for j in range(min(part.last, i) - 1, max(part.first, since) - 1, -1):
            if tokens[j].low in _WANTS and not _of_ours(ground, j):
                found = _wish(ground, part, j, min(part.last, i))
                if found:
                    return found
            if (tokens[j].low in ("has", "have") and tokens[j + 1].low == "to") or tokens[j].low in _MUST:
                found = _duty(ground, part, j, min(part.last, i))
                if found:
                    return found
        for j in range(min(part.last, i) - 1, max(part.first, since) - 1, -1):
            for hit in ground.marked.at.get(j, ()):
                if hit.group == "exception" and hit.last <= i:
                    _, last = ground.clause(hit.first, part)
                    return _cut(ground, hit.first, min(last, i))
    return ""


def _of_ours(ground: Ground, j: int) -> bool:
    """Tell whether it is we who want something: I ask Priya, our legal needs a week."""
    lows = [t.low for t in ground.tokens[max(0, j - 3) : j]]
    return any(w in ("i", "we", "our") for w in lows[-2:]) or "our" in lows


def _wish(ground: Ground, piece: Piece, j: int, last: int) -> str:
    """Return what follows a word of wanting, to the end of its clause."""
    tokens = ground.tokens
    stop = _end(ground, j + 1, last)
    first = j + 1
    if tokens[first].low in ("if", "whether"):
        _, whole = ground.clause(first, piece)
        return f"whether {_cut(ground, first + 1, min(whole, last))}" if whole - first > 2 else ""
    if tokens[first].low in ("it", "this") and first + 2 < stop and tokens[first + 1].low == "to":
        return f"whether it can {_cut(ground, first + 2, stop)}"  # they'd need it to print on their labels
    while first < stop and (tokens[first].low in _SMALL or tokens[first].kind == "mark"):
        if tokens[first].low == "to" and first + 1 < stop and tokens[first + 1].low not in ("have", "get", "be"):
            them = "we" if tokens[first - 1].low in ("us",) else "they"
            return f"whether {them} can {_cut(ground, first + 1, stop)}" if stop - first > 2 else ""
        first += 1
    return _cut(ground, first, stop) if first < stop else ""


def _duty(ground: Ground, piece: Piece, j: int, last: int) -> str:
    """Return what has to be, as a question: their data has to stay in Norway -> whether their data can stay in ..."""
    tokens = ground.tokens
    first, _ = ground.clause(j, piece)
    while first < j and (tokens[first].kind == "mark" or tokens[first].low in ("and", "but", "so", "then")):
        first += 1
    subject = tokens[first:j]
    theirs = bool(subject) and subject[0].low in (
        "their",
        "his",
        "her",
        "the",
        "all",
        "they",
        "crew",
        "student",
        "data",
    )
    if (
        not theirs
        or j - first > 5
        or any(h.group == "team" for k in range(first, j) for h in ground.marked.at.get(k, ()))
    ):
        return ""
    behind = j + 2 if tokens[j].low in ("has", "have") else j + 1
    behind += tokens[behind].low == "only" if behind < last else 0
    rest = _cut(ground, behind, _end(ground, behind, last))
    whose = plain(ground, first, j)
    return f"whether {whose[:1].lower()}{whose[1:]} can {rest}" if rest and not _papers(ground, behind, last) else ""


def _papers(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a duty is a step in the buyer's own house: has to approve, must sign, have to decide."""
    low = ground.tokens[first].low if first < last else ""
    return base_verbs().get(low, low) in ("sign", "approve", "decide", "say", "answer", "release", "ok", "check", "be")


def _end(ground: Ground, first: int, last: int) -> int:
    """Return where a wish ends: at a comma, another thought or a word for our own side."""
    tokens = ground.tokens
    i, clause = first, ground.marked.clauses.clause_of
    while i < last and i - first < LONGEST + 3:
        inside = {tokens[i].low, tokens[i - 1].low} & {"-", "/"}
        mark = tokens[i].kind == "mark" and tokens[i].low not in ("-", "/", "%", "'", "’")
        if mark or (i > first and clause[i] != clause[i - 1] and not inside):
            break
        if i > first and tokens[i].low in _STOPS - {"our"}:
            break
        if tokens[i].low == "and" and i + 1 < last and tokens[i + 1].low in _STOPS | {"i", "they", "he", "she", "it"}:
            break
        i += 1
    return i


def _cut(ground: Ground, first: int, last: int) -> str:
    while first < last and ground.tokens[first].low in _SMALL - {"the"}:
        first += 1
    last = min(last, first + LONGEST)
    while (
        last > first
        and ground.tokens[last - 1].low in wordlists()["function"]
        and ground.tokens[last - 2].end < ground.tokens[last - 1].start
        and not (ground.tokens[last - 1].low == "off" and ground.tokens[last - 2].kind == "percent")
    ):
        last -= 1
    return plain(ground, first, last).strip(" ,;:-–()")


def questions_before(ground: Ground, i: int) -> str:
    """Return the questions named shortly before: "31 questions"."""
    tokens = ground.tokens
    since = max(ground.pieces[0].first if ground.pieces else 0, i - 25)
    for j in range(i - 1, since - 1, -1):
        if tokens[j].low in ("questions", "questionnaire"):
            return plain(ground, _opening(ground, j, since), j + 1)
    return ""


def plain(ground: Ground, first: int, last: int) -> str:
    """Return tokens in their words, shorthand spelled out."""
    parts: list[str] = []
    for i in range(first, last):
        token = ground.tokens[i]
        word = spellings().get(token.text.casefold(), token.text) if token.kind == "word" else token.text
        word = token.text if token.text.isupper() else word
        if parts and token.start == ground.tokens[i - 1].end:
            parts[-1] += word
        else:
            parts.append(word)
    return " ".join(parts)


KINDS = {
    "discount": "discount",
    "price_lock": "price lock",
    "payment_terms": "payment terms",
    "contract_terms": "contract terms",
    "security_terms": "security terms",
    "sla": "service level",
    "pilot": "pilot",
    "opt_out": "opt-out",
}


def case_before(ground: Ground, piece: Piece, i: int) -> str:
    """Return what goes to those who approve: the discount, the price lock; "" where nothing beyond standard is told."""
    kinds: Sequence[str] = [
        h.name
        for p in ground.pieces
        for j in range(p.first, min(p.last, i))
        for h in ground.marked.at.get(j, ())
        if h.group == "exception" and h.name in KINDS
    ]
    theirs = _OF_TEAM.get(approver_before(ground, piece, i), "")
    return KINDS[theirs if theirs in kinds else kinds[-1]] if kinds else ""


_OF_TEAM = {"deal desk": "discount", "finance": "payment_terms", "legal": "contract_terms"}


def approver_before(ground: Ground, piece: Piece, i: int) -> str:
    """Return which of our teams has to approve, where the words before tell it: deal desk, finance, legal."""
    since = max(ground.pieces[0].first if ground.pieces else 0, i - _REACH)
    for j in range(i - 1, since - 1, -1):
        for hit in ground.marked.at.get(j, ()):
            if hit.group == "team" and hit.name in ("deal_desk", "finance", "legal", "product"):
                return hit.name.replace("_", " ")
    return ""
