"""Values in another's place: evidence and a place come in, a finding goes out where the words around it stand in the
notes around another value."""

from chains.checking.counts import unit_stems
from chains.checking.derive import money_follows
from chains.checking.evidence import Evidence, Noted, told_as_former
from chains.checking.places import Place
from chains.checking.sums import Sums
from chains.checking.told import alike, same_value, told_otherwise
from chains.checking.words import cue, idle_words
from chains.deals import Money
from chains.drafts import Finding
from chains.scan import Count


def rival(evidence: Evidence, sums: Sums, place: Place, same: list[Noted]) -> Finding | None:
    """Return a finding where the words around a value stand in the notes around another value of its kind."""
    if not place.context:
        return None
    topics = place.anchor.topics
    if any(n.read_now and n.owned & topics for n in same):
        return None  # the reader and the draft agree
    text = evidence.draft.text
    if place.periods and cue("outside").search(text[max(0, place.start - 20) : place.start]):
        return None
    kind = type(place.mention.value)
    own = max((alike(place, n.place) for n in same), default=0.0)
    rivals = [
        n
        for n in evidence.by_kind.get(place.kind, ())
        if n not in same
        and not n.tabular  # the words of the other cells tell nothing of what a cell is for
        and (n.allowed & topics if topics else not n.owned or bool(n.owned & place.sentence.near))
        and (kind is not Count or unit_stems(evidence.draft.text, place) & unit_stems(evidence.book.notes, n.place))
    ]
    far = _far_rival(evidence, place, same, rivals)
    if far is not None:
        return told_otherwise(evidence, place, far)
    best = max(rivals, key=lambda n: alike(place, n.place), default=None)
    if best is None:
        return None
    score = alike(place, best.place)
    if not place.figure and any(n.place.sentence is best.place.sentence for n in same):
        return None  # the notes tell both in one breath
    if any(
        same_value(evidence, p, best) for p in evidence.draft.places if p is not place and p.sentence is place.sentence
    ):
        return None
    enough = 1.2 if kind is not Count else 1.0
    if score < enough or own > score / 3:
        return None
    if isinstance(place.mention.value, Money) and money_follows(sums, place):
        return None
    if told_as_former(text, place.start, place.end, place.clause.start) and not best.was:
        return None
    return told_otherwise(evidence, place, best)


def _far_rival(evidence: Evidence, place: Place, same: list[Noted], rivals: list[Noted]) -> Noted | None:
    """Return the value whose sentence in the notes shares rare words with the draft's, if no equal one shares any."""
    if place.figure or place.anchor.topics or place.mention.bare:
        return None
    said = {w.stem for w in place.sentence.words if w.folded not in idle_words() and w.text[0].isalpha()}

    def rare(noted: Noted) -> set[str]:
        theirs = {w.stem for w in noted.place.sentence.words if w.text[0].isalpha()}
        return {s for s in said & theirs if evidence.often[s] <= 2}

    if any(said & {w.stem for w in n.place.sentence.words if w.folded not in idle_words()} for n in same):
        return None
    best = max(rivals, key=lambda n: len(rare(n)), default=None)
    if best is None or len(rare(best)) < 2:
        return None
    if any(
        same_value(evidence, p, best) for p in evidence.draft.places if p is not place and p.sentence is place.sentence
    ):
        return None
    return best
