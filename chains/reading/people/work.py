"""Whose work a step is: a deal with its next step comes in; the team of ours that does such work goes out, or None.

"Rashid fills in their security questionnaire" tells Rashid's team, where he is no contact: a contact has a part or a
title, a family name or a "their" before him, and what he does is done for us.
"""

import re

from chains.deals import ME, Deal
from chains.kinds import Team
from chains.reading.ground import Ground
from chains.reading.lexicon import cues, wordlists
from chains.reading.people.groups import GROUPS
from chains.reading.people.teams import ALWAYS_OURS, side_of

_WORDS = re.compile(r"\d[\d.,]*\s?%|\d+|[^\W\d_]+(?:[-'’/][\w]+)*|24/7|%")
_TO_US = frozenset("me us my".split())
_FOR_US = frozenset("sign signs countersign introduce approve release cut issue raise pay place vote".split())
_THEIRS = frozenset("their theirs his her there buyer customer client".split())


def team_at_work(ground: Ground, deal: Deal) -> Team | None:
    """Return the team whose work the next step is, where a colleague or a team of ours has it."""
    step = deal.next_step
    if step is None or not step.value.owner or step.value.owner == ME:
        return None
    owner, action = step.value.owner, step.value.action
    if _contact(deal, owner) or _said_theirs(ground, deal, owner):
        return None
    opened = cues().find(owner.casefold().split(), range(len(owner.split())), [0] * len(owner.split()))
    named = next((Team(h.name) for h in opened if h.group == "team"), None)
    if named is not None:  # "Legal to return redlines" leaves open whose legal it is
        return named if named in ALWAYS_OURS else None
    beside = _named_before(ground, deal)
    if beside is not None:
        return beside
    words = _WORDS.findall(action.casefold())
    if not words or words[0] in _FOR_US or _TO_US & set(words[:3]):
        return None
    lows = ["<percent>" if w.endswith("%") else "<count>" if w.isdigit() else w for w in words]
    for hit in cues().find(lows, range(len(lows)), [0] * len(lows)):
        if hit.group == "work":
            return Team(hit.name)
    crew = set(owner.casefold().split()) & GROUPS
    return Team.SERVICES if crew else None  # the diver crew hangs the nets


def _named_before(ground: Ground, deal: Deal) -> Team | None:
    """Return the team of ours that the clause before a colleague's doing names: asked finance, Declan comes back."""
    step = deal.next_step
    if step is None or not step.spans:
        return None
    within = ground.marked.stream.within(step.spans[0].start, step.spans[0].end)
    first = within.start
    if not within or ground.tokens[first - 1].low != ",":
        return None
    sentence = ground.marked.clauses.sentences[ground.marked.clauses.sentence_of[first]]
    opened = max(sentence.first, first - _CLAUSE)
    hit = next(iter(ground.marked.between(opened, first, "team")), None)
    if hit is None or {t.low for t in ground.tokens[max(opened, hit.first - 2) : hit.first]} & _THEIRS:
        return None
    piece = next((p for p in ground.pieces if p.first <= hit.first < p.last), None)
    plainly = ground.tokens[hit.first - 1].low in _ASKED or hit.first == sentence.first
    ours = piece is not None and (plainly or side_of(ground, piece, hit) == "ours")
    return Team(hit.name) if ours else None


_ASKED = frozenset("asked ask chased pinged told with".split())
_CLAUSE = 8  # tokens of the clause before a doing


def _contact(deal: Deal, owner: str) -> bool:
    """Tell whether the owner is of the buyer's: with a part, a title before or behind the name, or a family name."""
    words = owner.casefold().replace(".", "").split()
    if set(words) & GROUPS or not owner[:1].isupper():
        return False
    if len(words) > 1 or words[0] in wordlists()["titles"]:
        return True
    for fact in deal.people:
        named = fact.value.name.casefold().replace(".", "").split()
        if words[0] in named and (fact.value.role in ("champion", "economic_buyer") or fact.value.title):
            return True
        if words[0] in named and len(named) > 1:
            return True
    return False


def _said_theirs(ground: Ground, deal: Deal, owner: str) -> bool:
    """Tell whether the words around the owner say that they are of the buyer's: their Marcus, Marcus over there."""
    step = deal.next_step
    tokens, first = ground.tokens, owner.split()[0].casefold()
    for span in step.spans if step else ():
        for i in ground.marked.stream.within(span.start, span.end):
            if tokens[i].low != first:
                continue
            before = {t.low for t in tokens[max(0, i - 2) : i]}
            behind = [t.low for t in tokens[i + 1 : i + 4]]
            if before & _THEIRS or behind[:2] == ["over", "there"] or behind[:1] in (["their"], ["there"]):
                return True
            if behind[:1] and behind[0] in ("at", "in", "from") and set(behind[1:]) & _THEIRS:
                return True
    return False
