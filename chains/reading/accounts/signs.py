"""What stands right before and behind a name: marked notes and a place come in, what it says of a deal goes out.

An amount that follows at once, a verb that leads to the name, a word for where the deal stands.
"""

from collections.abc import Sequence

from chains.deals import Money
from chains.reading.layout.labels import label_at
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import wordlists

SMALL = frozenset(
    "at is s for about around roughly now still its it worth approx ca circa our the a of are was stands on thats that"
    " with to".split()
)
_COLON_REACH = 200  # tokens of a paragraph that is looked through for names with a colon
_STANDS = frozenset(
    "done dead dark stuck stalled quiet signed landed slid slides drifted bumped gone lost moved pushed".split()
)


def is_firm(tokens: Sequence[Token], candidate: Candidate) -> bool:
    return firm([t for t in tokens[candidate.first : candidate.last] if t.kind == "word"])


def is_named(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether a candidate is a firm by its last word, or has a capital and a word of its own."""
    run = [t for t in marked.stream.tokens[candidate.first : candidate.last] if t.kind == "word"]
    return firm(run) or (run[0].capital and any(is_unknown(t) for t in run))


def after_colons(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether a paragraph goes from one name with a colon to the next."""
    tokens, unit = marked.stream.tokens, marked.units[candidate.unit]
    if candidate.last >= len(tokens) or tokens[candidate.last].low != ":":
        return False
    within = marked.stream.within(unit.start, unit.end)
    return any(
        tokens[i].low == ":" and tokens[i - 1].capital and not candidate.first <= i - 1 < candidate.last
        for i in range(within.start + 1, min(within.start + _COLON_REACH, within.stop))
    )


def explained_by_a_person(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether brackets behind a name hold who is dealt with there: Eskdale (Martin) wants to add two users."""
    tokens, names = marked.stream.tokens, wordlists()["first_names"]
    behind = tokens[candidate.last : candidate.last + 3]
    held = len(behind) == 3 and behind[0].low == "(" and behind[2].low == ")" and behind[1].low in names
    return held and tokens[candidate.first].capital and not first_name(marked, candidate)


def share_a_figure(marked: Marked, one: Candidate, other: Candidate) -> bool:
    """Tell whether what is said behind two names is said of each: A and B are 85k apiece."""
    tokens = marked.stream.tokens
    if [t.low for t in tokens[one.last : other.first]] not in (["and"], [",", "and"]):
        return False
    behind = tokens[other.last : other.last + 6]
    each = any(t.low in ("each", "apiece") or t.text.endswith((" each", " apiece")) for t in behind)
    return bool(behind) and (behind[0].low in ("are", "were", "both") or each)


def with_a_job(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a bracket behind a name says what the person does: Fournier (outside engineer), Sonia (GM)."""
    inside = [t.low for t in tokens[i + 1 : i + 14]]
    if ")" not in inside or tokens[i].low != "(":
        return False
    said = inside[: min(inside.index(mark) for mark in (")", ",") if mark in inside)]
    changed = said[:1] in (["new"], ["no"], ["different"], ["their"])  # Fallowfield (new CFO)
    return bool(said) and said[-1] in wordlists()["roles"] and not changed


def alone_in_brackets(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether brackets right behind a name hold a plain number and nothing else: Lindqvist Bygg (150)."""
    return i + 2 < len(tokens) and tokens[i].low == "(" and tokens[i + 1].kind == "count" and tokens[i + 2].low == ")"


def firm(run: Sequence[Token]) -> bool:
    """Tell whether a run ends with a word that firms are called by."""
    if len(run) > 2 and run[-2].text == "&" and run[0].capital and run[-1].capital:
        return True  # Cobb & Cole
    return run[-1].low in wordlists()["company"] and (len(run) > 1 or run[-1].text.isupper())


def own_name(run: Sequence[Token]) -> bool:
    """Tell whether a name has a word of its own: none for people, firms, labels or everyday things."""
    return any(is_unknown(t) for t in run) or run[-1].low == "s"


def is_unknown(token: Token) -> bool:
    words = wordlists()
    return all(token.low not in words[name] for name in ("function", "ordinary", "first_names", "company", "labels"))


def adjacent_money(marked: Marked, i: int, stop: int) -> str:
    """Return "money" or "count" where a figure follows at once, else ""."""
    tokens = marked.stream.tokens
    words = 0
    if alone_in_brackets(tokens, i):
        return "count"
    if i < len(tokens) and tokens[i].low == "(":  # what stands in brackets behind a name explains it
        j = i + 1
        while j < min(i + 9, len(tokens)) and tokens[j].low != ")":
            if tokens[j].kind == "money":
                return "money" if not tokens[j].bare or is_large(tokens[j]) else "count"
            j += 1
        i = j + 1 if j < min(i + 9, len(tokens)) else i
    last = min(i + 7, max(stop, i), len(tokens))
    while i < last:
        token = tokens[i]
        if token.kind == "money":
            return "money" if not token.bare else "count"
        if token.kind == "count" and not getattr(token.value, "unit", ""):
            nxt = tokens[i + 1] if i + 1 < len(tokens) else None
            alone = nxt is None or nxt.kind != "word" or nxt.low in ("not", "now", "and", "commit")
            return "count" if words == 0 or (words <= 2 and alone) else ""
        if token.kind == "word":
            words += 1
            if words > 4 or token.low not in SMALL:
                return ""
        elif token.kind != "mark" or token.low in (".", "?", "!", ";"):
            if not (token.low in ".?;" and words == 0):
                return ""
            words = 4  # behind a full stop the figure has to come at once
        i += 1
    return ""


def is_large(token: Token) -> bool:
    """Tell whether a figure without currency is an amount by its size: 18,000."""
    return isinstance(token.value, Money) and token.value.amount >= 5000


def money_before(marked: Marked, i: int) -> str:
    """Return "money" where an amount leads to a name: 80k from Globex, the 1,1 Mio. with Feder."""
    tokens = marked.stream.tokens
    if (
        i < 2
        or tokens[i - 1].low not in ("from", "with", "at", "for")
        or marked.clauses.sentence_of[i] != marked.clauses.sentence_of[i - 2]
    ):
        return ""
    return "money" if tokens[i - 2].kind == "money" and not tokens[i - 2].bare else ""


def opened_by_label(marked: Marked, first: int, i: int) -> bool:
    """Tell whether a sentence opens with a category as a label, so that what it lists are deals."""
    label = label_at(marked, first, i + 1)
    return label is not None and label[1] <= i


_LEADS = {
    "lost": "lost",
    "closed": "signed",
    "signed": "signed",
    "won": "signed",
    "landed": "signed",
    "inked": "signed",
}


def led_by(marked: Marked, i: int) -> str:
    """Return what a verb before a name says of its deal: lost Graymoor, closed Globex, won last week Polder 28k."""
    if order_before(marked, i) >= 0:
        return "signed"
    at = lead_before(marked, i)
    return _LEADS.get(marked.stream.tokens[at].low, "") if at < i else ""


def lead_before(marked: Marked, i: int) -> int:
    """Return the token of the verb that leads to a name at token `i`, or `i`; only the time may stand between."""
    tokens, sentence_of = marked.stream.tokens, marked.clauses.sentence_of
    at = i - 1
    while at > 0 and i - at < _WHEN_WORDS and (tokens[at].kind == "date" or tokens[at].low in _WHEN):
        at -= 1
    if at < 0 or tokens[at].kind != "word" or sentence_of[i] != sentence_of[at] or tokens[at].low not in _LEADS:
        return i
    denied = at > 0 and tokens[at - 1].low in ("not", "have", "be", "get", "to") and tokens[at].low != "lost"
    return i if denied else at


_WHEN = frozenset("last this week month quarter on the just finally also already yesterday today early earlier".split())
_WHEN_WORDS = 4


def order_before(marked: Marked, i: int) -> int:
    """Return where words open that tell of an order from the name at token `i`: PO in from Globex; -1 where none do."""
    if i < 2 or marked.stream.tokens[i - 1].low not in ("from", "by"):
        return -1
    hits = [h for h in marked.between(max(0, i - 6), i, "signed") if h.name in ("po", "both", "plain")]
    sentence_of = marked.clauses.sentence_of
    return next((h.first for h in hits if h.last in (i - 1, i) and sentence_of[h.first] == sentence_of[i]), -1)


def deal_word_next(marked: Marked, i: int, last: int) -> bool:
    """Tell whether what follows a name at once says where a deal stands: Umbrella slipped, Hooli verbal."""
    tokens = marked.stream.tokens
    reach = 3
    for j in range(i, min(i + 6, last, len(tokens))):
        token = tokens[j]
        if token.low in ("that", "thats", "one", "which", "who", "the", "big"):
            reach += 1  # Ernst and Whitlow, that's the big one, closed
            continue
        if j - i >= reach:
            return False
        if marked.opening(j, "category", "stage", "signed", "lost_to", "unpriced") or token.low in _STANDS:
            return True
        if any(h.group == "risk" and h.name in ("timeline_slip", "gone_dark") for h in marked.at.get(j, ())):
            return True
        small = token.low in SMALL or token.low.endswith("ly") or token.low in ("has", "just", "got", "went")
        if not (token.kind == "mark" or small):
            return False
    return False


def in_passing(marked: Marked, candidate: Candidate, opening: int) -> bool:
    """Tell whether a name stands inside a sentence about something else, so that only its own sentence counts."""
    tokens = marked.stream.tokens
    run = tokens[candidate.first : candidate.last]
    if firm(run) or candidate.first - opening <= 3 or marked.units[candidate.unit].first.speaker:
        return False
    before = tokens[candidate.first - 1]
    named = before.low in ("with", "at", "on", "is", "about", "for")
    return before.kind == "word" and not (named and candidate.first - opening <= 7)


def bracketed_behind(tokens: Sequence[Token], last: int, first: int) -> bool:
    """Tell whether a token stands in the brackets that open right behind a name."""
    return tokens[last].low == "(" and all(t.low != ")" for t in tokens[last:first])


def first_name(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether a candidate holds a first name."""
    names = wordlists()["first_names"]
    return any(t.low in names for t in marked.stream.tokens[candidate.first : candidate.last])


_SEEN = frozenset("seen saw see watched tried demoed invited".split())
_TOO = frozenset("too also already well before".split())


def seen_too(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a customer is said to have seen what a name offers as well: they had seen Vendora too."""
    if first < 2 or tokens[first - 1].low not in _SEEN or tokens[first - 2].low in ("i", "we", "ive", "to", "you"):
        return False
    ahead: list[str] = []
    for token in tokens[last : last + 4]:
        if token.kind == "mark":
            break
        ahead.append(token.low)
    return bool(_TOO & {*ahead, tokens[first - 2].low})
