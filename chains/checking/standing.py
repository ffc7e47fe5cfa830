"""How the notes speak of what a draft claims: a claim comes in, what bears it out or leaves it open goes out."""

from chains.checking.evidence import Evidence, NotedClaim
from chains.checking.phrases import deniers, has_cue
from chains.checking.statuses import Claim
from chains.checking.words import cue, idle_words, lexicon
from chains.kinds import Category, Stage

SUBJECTS = frozenset(["assent", "making", "receiving", "signing"])  # what they are said of is told beside them


def open_thing(evidence: Evidence, claim: Claim) -> NotedClaim | None:
    """Return where the notes have the very thing open that a draft tells as done, in whatever words."""
    said = {s for s in claim.context if not s.endswith(("li", "ly"))} - evidence.name_stems
    if not said or claim.group not in SUBJECTS:
        return None
    for noted in evidence.claims:
        shared = said & noted.claim.context
        if (
            noted.claim.state == "open"
            and (not claim.anchor.topics or noted.allowed & claim.anchor.topics)
            and len(shared) >= min(2, len(said))
            and len(noted.claim.context) <= 4
            and not tells_too(evidence, claim, noted)
        ):
            return noted
    return None


def tells_too(evidence: Evidence, claim: Claim, noted: NotedClaim) -> bool:
    """Tell whether the sentence of a claim says itself what is open: "Luke surveyed the site and owes his report"."""
    told = next((t for s, t, _ in evidence.draft_claims if s is claim.sentence), [])
    return any(c.state == "open" and c.start > claim.start and c.context & noted.claim.context for c in told)


def half_signed(evidence: Evidence, claim: Claim) -> NotedClaim | None:
    """Return what the notes say of a signature that is still to come, where a draft tells that both sides signed."""
    if not cue("both_sides").search(evidence.draft.text, claim.clause[0], claim.clause[1]):
        return None
    topics = claim.anchor.topics
    told = [n for n in evidence.claims if n.claim.group == "signing" and n.allowed & topics]
    notes = evidence.book.notes
    won = any(d.category is not None and d.category.value is Category.CLOSED_WON for d in evidence.deals(topics))
    if won and not any(n.claim.state == "ahead" and "countersign" in notes[n.claim.start : n.claim.end] for n in told):
        return None
    if any(n.claim.state == "done" and cue("both_sides").search(notes, *n.claim.clause) for n in told):
        return None
    return next((n for n in told if n.claim.state in ("open", "ahead")), None)


def share(claim: Claim, noted: NotedClaim) -> bool:
    """Tell whether a claim and one of the notes speak of the same thing: "Rohit has answered", "deal desk has not"."""
    verb = set(noted.claim.verb.split())
    if not noted.claim.wide - verb:
        return len(claim.context) < 2
    if not noted.claim.context:
        return bool(claim.wide & noted.claim.wide - verb)
    return bool(claim.context & noted.claim.wide or claim.wide & noted.claim.context)


_SETTLED = frozenset(["book", "bank", "close", "land", "secur", "complet", "done", "is", "finish"])


def stands(evidence: Evidence, claim: Claim) -> bool:
    """Tell whether the reader's facts bear the claim out."""
    for deal in evidence.deals(claim.anchor.topics):
        category = deal.category.value if deal.category else None
        if (
            claim.group in ("signing", "winning") or claim.verb.split()[-1] in ("close", "land")
        ) and category is Category.CLOSED_WON:
            return True
        if claim.group == "losing" and category is Category.CLOSED_LOST:
            return True
        if category is Category.CLOSED_WON and claim.verb.split()[0] in _SETTLED:
            return True
        yes = {"yes", "verbal", "oral"} & set(claim.verb.split())
        if yes and deal.stage is not None and deal.stage.value in (Stage.VERBAL, Stage.CLOSED_WON):
            return True
    return False


def anywhere(evidence: Evidence, claim: Claim) -> bool:
    """Tell whether the notes say so of something that may be meant: of nothing in particular, in the same words."""
    return any(
        n.claim.group == claim.group
        and n.claim.state == "done"
        and (not n.allowed or len(n.claim.context & claim.context) >= 1)
        for n in evidence.claims
    )


def in_doubt(evidence: Evidence, claim: Claim) -> bool:
    """Tell whether the notes deny something, or tell what is to come, of whom or what the claim names."""
    topics, said = claim.anchor.topics, claim.context | claim.names
    nods = frozenset(lexicon("statuses")["nods"])
    for sentence in evidence.notes.sentences:
        if not (sentence.named or sentence.head | sentence.near) & topics:
            continue
        for clause in sentence.clauses:
            here = [w for w in sentence.words if clause.start <= w.start < clause.end]
            if said and not said & {w.stem for w in here}:
                continue
            doubt = any(w.folded in deniers() for w in here) or has_cue("due", here, 0, len(here))
            if doubt and not any(w.folded in nods for w in here):
                return True
    return False


REACH = 4  # telling words on either side of a claim that the notes may have in the same order


def in_the_same_words(evidence: Evidence, claim: Claim) -> bool:
    """Tell whether the notes say it in the same words, whatever was made of them there."""
    deny = deniers()
    here = [w for w in claim.sentence.words if w.folded not in idle_words() or w.folded in deny]
    at = next((i for i, w in enumerate(here) if w.start >= claim.start), None)
    if at is None:
        return False
    low = max(0, at - REACH)
    wanted = [w.folded for w in here[low : at + REACH + 1]]
    if len(wanted) < 5:
        return False
    told = [w.folded for w in evidence.note_words if w.folded not in idle_words() or w.folded in deny]
    key = wanted[at - low]
    for middle in (i for i, folded in enumerate(told) if folded == key):
        theirs = told[max(0, middle - (at - low)) : middle - (at - low) + len(wanted)]
        if len(theirs) < len(wanted):
            continue
        other = [(a, b) for a, b in zip(wanted, theirs, strict=True) if a != b]
        if len(other) <= 1 and not any(a in deny or b in deny for a, b in other):
            return True
    return False


def same_word(evidence: Evidence, claim: Claim) -> bool:
    """Tell whether the notes use the word of a claim where they name its deal, as in "lost Globex 80k in jan"."""
    wanted = {w.stem for w in claim.sentence.words if claim.start <= w.start < claim.end}
    topics = claim.anchor.topics
    for sentence in evidence.notes.sentences:
        if not (sentence.named & topics or (not sentence.named and sentence.head & topics)):
            continue
        others = [n.claim for n in evidence.claims if n.claim.sentence is sentence and not n.allowed & topics]
        at = [
            i
            for i, w in enumerate(sentence.words)
            if w.stem in wanted and not any(c.start <= w.start < c.end for c in others)
        ]
        denied = any(w.folded in deniers() for i in at for w in sentence.words[max(0, i - REACH) : i])
        if not denied and wanted <= {sentence.words[i].stem for i in at}:
            return True
    return False
