"""Single pieces of what speaks for an account: a cue, a figure or a candidate comes in, what it is worth goes out."""

from collections.abc import Sequence

from chains.reading.accounts.contacts import Contacts
from chains.reading.accounts.signs import after_colons, explained_by_a_person, firm, is_unknown
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import Hit, wordlists


def spoken_of_as(contacts: Contacts, candidate: Candidate) -> str:
    """Return how plain talk speaks of a candidate as a customer: topic, who, met, does or ""."""
    marked = contacts.marked
    led, _ = contacts.leads(candidate.first)
    if led:
        return led
    sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
    if candidate.where == "prose" and candidate.first == sentence.first and after_colons(marked, candidate):
        return "topic"
    if explained_by_a_person(marked, candidate):
        return "who"
    return "does" if contacts.does(candidate.last, sentence.first, candidate.first) else ""


_SHARES = frozenset(
    "of per off discount charge charges escalation increase growth interest less more lower higher above below stake"
    " fee ownership margin tolerance deviation cheaper rebate uplift".split()
)


def is_fraction(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a percentage is a share or a tolerance and no odds: +/- 15%, 10% of the time."""
    before = tokens[i - 1].low if i else ""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    spread = before in ("/", "±") or (before in ("-", "–") and i > 1 and tokens[i - 2].low in ("/", "+", "±"))
    return spread or after in _SHARES


def facts_of(hit: Hit) -> set[str]:
    if hit.group == "signed" and hit.name in ("both", "po", "plain"):
        return {"signed"}
    if hit.group == "lost_to" and hit.last - hit.first > 1:
        return {"lost"}
    if hit.group in ("category", "stage", "role", "step", "unpriced"):
        return {hit.group}
    if hit.group == "risk" and hit.name == "timeline_slip":
        return {"moved", "risk"}
    return {"risk"} if hit.group == "risk" else set()


def is_other_figure(marked: Marked, first: int, i: int) -> bool:
    """Tell whether a figure is called a quota, a cost or the like right before it."""
    return any(
        h.group == "number_cue" and h.name == "other" and i - h.last <= 1 and h.last <= i
        for j in range(max(first, i - 4), i)
        for h in marked.at.get(j, ())
    )


def shape_of(marked: Marked, candidate: Candidate, dictated: bool) -> float:
    words = wordlists()
    run = [t for t in marked.stream.tokens[candidate.first : candidate.last] if t.kind == "word"]
    capitals = sum(1 for t in run if t.capital)
    plain = [t for t in run if t.low not in words["joining"] and t.low != "s"]
    score = 1.0 if capitals and capitals >= len(plain) else 0.0
    score += 1.5 if firm(run) else 0.0
    score += 0.5 if len(run) > 1 and capitals > 1 else 0.0
    if any(any(c.isupper() for c in t.text[1:]) or any(c.isdigit() for c in t.text) for t in run):
        score += 1.0
    ordinary = all(t.low in words["ordinary"] or t.low in words["function"] for t in run)
    score += -1.0 if ordinary else 0.5
    if ordinary and all(t.text.isupper() for t in run):
        score -= 3.0
    spoken = marked.clauses.spoken and candidate.where in ("head", "heading")
    if (spoken or (candidate.where == "dictated" and dictated)) and any(is_unknown(t) for t in run):
        score += 1.5 if spoken and len(run) > 1 else 1.0
    return score
