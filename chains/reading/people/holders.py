"""Who holds a part in the deal: a cue for the part and the people come in, the person it is said of goes out."""

from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.lexicon import Hit, wordlists
from chains.reading.people.persons import (
    LINKS,
    MARKS,
    MOST,
    PRONOUNS,
    Named,
    in_small_letters,
    is_human,
    is_title,
    name_word,
    person_at,
    surname,
)


def holder_of(ground: Ground, piece: Piece, hit: Hit, everybody: list[Named]) -> Named | None:
    tokens, marked = ground.tokens, ground.marked
    flat = marked.clauses.sentences[piece.sentence].dictated
    if hit.name == "economic_buyer" and any(t.low in ("he", "she", "his", "her") for t in tokens[hit.first : hit.last]):
        return _named_behind(ground, piece, hit, everybody) or _last_before(everybody, hit.first)
    within = next((p for p in everybody if hit.first < p.first and p.last < hit.last), None)
    if within is not None:
        return within  # the money is Chira Oban's to spend
    doer = next((p for p in everybody if tokens[hit.first].low in _HOLDS and _leads_to(ground, p, hit.first)), None)
    if doer is not None:
        return doer  # Lena Marsh controls the budget, Otto Brandt is pushing for us
    inside = _bracket_holder(ground, piece, hit, everybody)
    if inside is not None:
        return inside
    # right behind the word: champ Dana Reyes, EB = Martin Hale, champion is still Gareth
    j = hit.last
    while j < piece.last and j - hit.last < 4:
        person = person_at(marked, j, piece.last, ground.named)
        if person is None and in_small_letters(ground, piece) and j + 1 < piece.last and surname(tokens[j + 1]):
            titled = tokens[j].low in wordlists()["titles"] or tokens[j].low in wordlists()["first_names"]
            if titled or (tokens[j - 1].low in ("is", "s", "with") and surname(tokens[j])):
                person = person_at(marked, j, j + 2, ground.named, flat=True)
        if person is not None and (tokens[j].low not in wordlists()["ordinary"] or is_title(tokens[j])):
            if _owns_next(ground, person.last, piece):
                break
            return person
        if tokens[j].low == "," and (j == hit.last or tokens[j - 1].low in wordlists()["roles"]):
            person = person_at(marked, j + 1 + (tokens[j + 1].low in ("a", "an")), piece.last, ground.named)
            if person is not None and is_human(ground, person) and not _owns_next(ground, person.last, piece):
                return person  # the economic buyer, Sam Osei
        if tokens[j].low in (",", ")", ".") or not (
            tokens[j].low in LINKS
            or tokens[j].low in MARKS
            or (tokens[j].low in wordlists()["roles"] and (not tokens[j].capital or tokens[j].text.isupper()))
            or tokens[j].low in ("inside", "there", "in", "of")
            or is_title(tokens[j])
            or any(h.group == "role" for h in marked.at.get(j, ()))
        ):
            break
        j += 1
    # before it: Lucia (champ), Giulia Conti, our champion; Lise Berg is still our champion
    j = hit.first - 1
    steps = 0
    while j >= piece.first and steps < 9:
        steps += 1
        if tokens[j].low in PRONOUNS:
            return _last_before(everybody, j)
        ended = next((p for p in everybody if p.last == j + 1 or p.first <= j < p.last), None)
        if ended is not None:
            return ended
        unknown = _unknown(ground, piece, j) if hit.last - hit.first > 1 else None
        if unknown is not None:
            return unknown
        if tokens[j].low == ")":  # over a bracket: Priti (secops lead)
            while j > piece.first and tokens[j].low != "(":
                j -= 1
            j -= 1
            continue
        if not (
            tokens[j].low in LINKS
            or tokens[j].low in MARKS
            or tokens[j].low in wordlists()["roles"]
            or tokens[j].low
            in ("in", "of", "at", "who", "to", "been", "has", "for", "with", "one", "only", "person", "that")
            or (
                tokens[j].kind == "word"
                and steps < 7
                and tokens[j - 1].low in ("in", "the", "of", "from", "at", "their", "our")
            )
        ):
            break
        j -= 1
    if flat:
        return _spoken(ground, piece, hit)
    return _subject(ground, piece, hit, everybody)


_SAID = frozenset("told tells says said thinks think heard hears asked asks knows wants because but while".split())
_OTHERS = frozenset("the their a an his her some".split())
_NEAR = 7  # tokens between "she" and the part she plays
_FAR = 13  # tokens between a person and what they are said to be


def _subject(ground: Ground, piece: Piece, hit: Hit, everybody: list[Named]) -> Named | None:
    """Return the person whom a sentence is about: Denise who runs the four sites is our champion."""
    tokens, words = ground.tokens, wordlists()
    opening = max(piece.first, ground.marked.clauses.sentences[piece.sentence].first)
    person = next((p for p in reversed(everybody) if p.last <= hit.first), None)
    if person is None or person.first < opening or hit.first - person.last > _FAR:
        return None
    aside = tokens[person.last].low in (",", "(")
    if any(t.low in ("he", "she") for t in tokens[max(person.last, hit.first - _NEAR) : hit.first]):
        return person  # Dr. Lassiter still wants it, she is a hundred percent our champion
    for i in range(person.last, hit.first):
        low = tokens[i].low
        if low in _SAID or tokens[i].kind in ("money",):
            return None
        if low in words["roles"] and not aside and tokens[i - 1].low in _OTHERS:
            return None  # Priti met the CFO who holds the budget
        aside = (aside and low not in (",", ")")) or low in (",", "(")
    return person


def _leads_to(ground: Ground, person: Named, verb: int) -> bool:
    """Tell whether nothing but a title stands between a person and a verb: Judith Farrow, FD, holds the budget."""
    between = ground.tokens[person.last : verb] if person.last <= verb <= person.last + _TITLE else None
    return between is not None and all(t.kind == "mark" or t.low in wordlists()["roles"] for t in between)


_TITLE = 5  # tokens of a title between commas
_HOLDS = frozenset("controls holds owns has keeps signs releases approves decides carries pushes backs".split())


def _unknown(ground: Ground, piece: Piece, j: int) -> Named | None:
    """Return the name that ends at token `j` where only capitals make it one: Warrick is still our bloke in there."""
    tokens, words = ground.tokens, wordlists()
    first = j
    while first >= piece.first and j - first < MOST and name_word(tokens[first], first=True, flat=False):
        if tokens[first].kind != "word" or first in ground.named or tokens[first].low in words["company"]:
            break
        first -= 1
    if first == j:
        return None
    return person_at(ground.marked, first + 1, j + 1, ground.named)


def _bracket_holder(ground: Ground, piece: Piece, hit: Hit, everybody: list[Named]) -> Named | None:
    """Return whom brackets explain: Bob Slydell (VP Ops, champion)."""
    tokens = ground.tokens
    for j in range(hit.first - 1, max(piece.first, hit.first - 9) - 1, -1):
        if tokens[j].low == ")":
            return None
        if tokens[j].low == "(":
            return next((p for p in everybody if p.last == j), None)
    return None


def _owns_next(ground: Ground, i: int, piece: Piece) -> bool:
    """Tell whether the name behind a part has a part of its own: (champ), Jeff Tran (EB)."""
    tokens = ground.tokens
    return (
        i + 1 < piece.last and tokens[i].low == "(" and any(h.group == "role" for h in ground.marked.at.get(i + 1, ()))
    )


def _spoken(ground: Ground, piece: Piece, hit: Hit) -> Named | None:
    """Find a dictated name before its part: vikram joshi the plant head is still our champion."""
    tokens = ground.tokens
    words = wordlists()
    j = hit.first - 1
    while j > piece.first and (
        tokens[j].low in LINKS
        or tokens[j].low in words["roles"]
        or tokens[j].low in words["ordinary"]
        or tokens[j].low in ("plant",)
    ):
        j -= 1
    last = j + 1
    while (
        j >= piece.first and last - j <= 2 and name_word(tokens[j], first=False, flat=True) and tokens[j].kind == "word"
    ):
        j -= 1
    first = j + 1
    if first >= last:
        return None
    return person_at(ground.marked, first, last, ground.named, flat=True)


def _named_behind(ground: Ground, piece: Piece, hit: Hit, everybody: list[Named]) -> Named | None:
    """Return whose name is all the next sentence says: it's her money too. Dr Sunita Rao. never met her."""
    sentences = ground.marked.clauses.sentences
    if piece.sentence + 1 >= len(sentences):
        return None
    following = sentences[piece.sentence + 1]
    last = following.last - (ground.tokens[following.last - 1].kind == "mark")
    return next((p for p in everybody if (p.first, p.last) == (following.first, last)), None)


def _last_before(everybody: list[Named], i: int) -> Named | None:
    return next((p for p in reversed(everybody) if p.last <= i), None)
