"""How far things have come: evidence comes in, findings about promoted or reversed statuses go out."""

from collections.abc import Iterator

from chains.checking.evidence import Evidence, NotedClaim
from chains.checking.found import finding
from chains.checking.phrases import deniers, has_cue, strong_groups
from chains.checking.places import Sentence
from chains.checking.statuses import CategoryClaim, Claim
from chains.checking.words import cue, idle_words, lexicon
from chains.drafts import Finding
from chains.kinds import Category, Stage

# what one group's "done" also says
_OPPOSITE = {"losing": ("winning", "signing"), "winning": ("losing",), "signing": ("losing",)}
_IMPLIES = {"signing": ("winning",), "winning": ("signing",)}


def check_statuses(evidence: Evidence) -> Iterator[Finding]:
    """Yield claims that the notes deny, only announce or do not know."""
    text = evidence.draft.text
    for sentence, told, categories in evidence.draft_claims:
        asked = _asked_from(text, sentence)
        for claim in told:
            if claim.end > asked:
                continue
            found = _claim(evidence, claim)
            if found is not None and not _in_the_same_words(evidence, claim):
                yield found
        for category in categories:
            if category.end > asked:
                continue
            found = _category(evidence, category)
            if found is not None:
                yield found


def _asked_from(text: str, sentence: Sentence) -> int:
    """Return where the question in a sentence begins: a question claims nothing; its end where it asks nothing."""
    if not text[sentence.start : sentence.end].rstrip(" *_)\"'”").endswith("?"):
        return sentence.end
    if cue("asks").match(text, sentence.start) or not sentence.clauses:
        return sentence.start
    return next((c.start for c in sentence.clauses[1:] if cue("asks").match(text, c.start)), sentence.clauses[-1].start)


def _claim(evidence: Evidence, claim: Claim) -> Finding | None:
    if claim.state == "ahead":
        return None
    topics = claim.anchor.topics
    groups = (claim.group, *(_IMPLIES.get(claim.group, ()) if claim.state == "done" else ()))
    against = _OPPOSITE.get(claim.group, ()) if claim.state == "done" else ()
    sure = bool(topics) and (not claim.anchor.group or evidence.topics.one(topics))
    if sure and claim.group == "signing" and claim.state == "done":
        half = _half_signed(evidence, claim)
        if half is not None:
            return _contradiction(evidence, claim, half)
    scope = [
        n
        for n in evidence.claims
        if (n.claim.group == claim.group or (n.claim.group in groups and n.claim.state == "done"))
        and (not topics or n.allowed & topics)
    ]
    if claim.state == "done":
        scope += [
            n
            for n in evidence.claims
            if n.claim.group == "any"
            and (not topics or n.allowed & topics)
            and (claim.context & n.claim.context) - evidence.name_stems
            and not _tells_too(evidence, claim, n)
        ]
    if any(n.tabular for n in scope) and any(not n.tabular for n in scope):
        scope = [n for n in scope if not n.tabular]  # remarks override the export above them
    if sure and claim.group in ("signing", "winning"):
        # what is surely told of the deal goes before what may be told of it
        scope = [n for n in scope if n.allowed <= topics] or scope
    verb = claim.verb.split()[0]
    same_verb = [n for n in scope if n.claim.verb.split()[0] == verb]
    if sure and same_verb and claim.state == "done":
        scope = same_verb
    if claim.state == "done":
        theirs = [n for n in scope if claim.names & n.claim.names]
        scope = theirs or scope  # "Pilar has countersigned": what the notes say of Pilar
    scored = [(_alike(claim, n), n) for n in scope]
    if not sure:
        scored = [(s, n) for s, n in scored if claim.context & n.claim.context or len(claim.wide & n.claim.wide) >= 3]
    if claim.group not in strong_groups() and claim.context:
        scored = [(s, n) for s, n in scored if n.claim.state != "open" or _share(claim, n)]
    best: dict[str, tuple[float, NotedClaim]] = {}
    for score, noted in scored:
        if noted.claim.state not in best or score > best[noted.claim.state][0]:
            best[noted.claim.state] = (score, noted)
    done, opened, ahead = best.get("done"), best.get("open"), best.get("ahead")
    if claim.state == "done":
        if done is not None:
            if opened is not None and opened[0] >= done[0] + (1.5 if sure else 1) and opened[0] >= 2:
                return _contradiction(evidence, claim, opened[1])
            if sure and claim.group in strong_groups() and not claim.context & done[1].claim.context:
                # what is told as done there is something else
                rest = [r[1] for r in (opened, ahead) if r is not None and claim.context & r[1].claim.context]
                if rest and not _tells_too(evidence, claim, rest[0]):
                    return _contradiction(evidence, claim, rest[0])
            if done[0] >= 1 or claim.group not in _SUBJECTS:
                return None
        same_thing = _open_thing(evidence, claim)
        if same_thing is not None:
            return _contradiction(evidence, claim, same_thing)
        if done is not None or _stands(evidence, claim):
            return None
        if opened is not None and not _tells_too(evidence, claim, opened[1]):
            return _contradiction(evidence, claim, opened[1])
        if ahead is not None and _tells_too(evidence, claim, ahead[1]):
            return None
        other = next(
            (n for n in evidence.claims if n.claim.group in against and n.claim.state == "done" and n.allowed & topics),
            None,
        )
        if sure and other is not None:
            return _contradiction(evidence, claim, other)
        if ahead is not None and sure and ahead[0] >= 0.6 and not claim.group.startswith("verb:"):
            return _contradiction(evidence, claim, ahead[1])
        if claim.group.startswith("verb:") and done is None:
            return _to_come(evidence, claim)
        if not sure or claim.group not in strong_groups():
            return None
        if ahead is not None:
            return _contradiction(evidence, claim, ahead[1])
        if claim.group == "losing" or (claim.group == "assent" and not _in_doubt(evidence, claim)):
            return None
        if not _anywhere(evidence, claim) and not _same_word(evidence, claim):
            return finding(
                evidence,
                "warning",
                "status",
                claim.start,
                claim.end,
                f"The notes do not say that this is {_shown(evidence, claim)}.",
                "Take it out, or add to the notes that it happened.",
            )
        return None
    if done is None or not (
        done[1].claim.verb.split()[0] == verb
        or claim.group in ("signing", "winning")
        or (claim.context and claim.context <= done[1].claim.context)  # "the price is under discussion", "price agreed"
    ):
        return None
    if opened is None and ahead is None and (sure or done[0] >= 1.5):
        return _contradiction(evidence, claim, done[1])
    if opened is not None and done[0] >= opened[0] + 1.5 and done[0] >= 2:
        return _contradiction(evidence, claim, done[1])
    return None


_SUBJECTS = frozenset(["assent", "making", "receiving", "signing"])  # what they are said of is told beside them


def _open_thing(evidence: Evidence, claim: Claim) -> NotedClaim | None:
    """Return where the notes have the very thing open that a draft tells as done, in whatever words."""
    said = {s for s in claim.context if not s.endswith(("li", "ly"))} - evidence.name_stems
    if not said or claim.group not in _SUBJECTS:
        return None
    for noted in evidence.claims:
        shared = said & noted.claim.context
        if (
            noted.claim.state == "open"
            and (not claim.anchor.topics or noted.allowed & claim.anchor.topics)
            and len(shared) >= min(2, len(said))
            and len(noted.claim.context) <= 4
            and not _tells_too(evidence, claim, noted)
        ):
            return noted
    return None


def _to_come(evidence: Evidence, claim: Claim) -> Finding | None:
    """Return a finding where the notes only announce what a draft tells as done: "Bas answers tomorrow"."""
    topics, said = claim.anchor.topics, (claim.context | claim.names) - {claim.verb}
    soon = frozenset(lexicon("statuses")["to_come"])
    for sentence in evidence.notes.sentences:
        if topics and not (sentence.named or sentence.head | sentence.near) & topics:
            continue
        for at, word in enumerate(sentence.words):
            if word.stem != claim.verb or word.folded.endswith("ed"):
                continue
            near = sentence.words[max(0, at - 5) : at + 6]
            later = any(w.folded in soon for w in near[min(at, 5) + 1 :])
            later = later or any(w.folded == "will" or w.folded.endswith("'ll") for w in near[: min(at, 5)])
            if later and said & {w.stem for w in near}:
                told = " ".join(evidence.book.notes[near[0].start : near[-1].end].split())
                return _otherwise(evidence, claim, told, evidence.line(word.start))
    return None


def _tells_too(evidence: Evidence, claim: Claim, noted: NotedClaim) -> bool:
    """Tell whether the sentence of a claim says itself what is open: "Luke surveyed the site and owes his report"."""
    told = next((t for s, t, _ in evidence.draft_claims if s is claim.sentence), [])
    return any(c.state == "open" and c.start > claim.start and c.context & noted.claim.context for c in told)


def _half_signed(evidence: Evidence, claim: Claim) -> NotedClaim | None:
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


def _shown(evidence: Evidence, claim: Claim) -> str:
    return evidence.draft.text[claim.start : claim.end]


def _share(claim: Claim, noted: NotedClaim) -> bool:
    """Tell whether a claim and one of the notes speak of the same thing: "Rohit has answered", "deal desk has not"."""
    verb = set(noted.claim.verb.split())
    if not noted.claim.wide - verb:
        return len(claim.context) < 2
    if not noted.claim.context:
        return bool(claim.wide & noted.claim.wide - verb)
    return bool(claim.context & noted.claim.wide or claim.wide & noted.claim.context)


def _alike(claim: Claim, noted: NotedClaim) -> float:
    shared = float(len(claim.context & noted.claim.context))
    shared += len((claim.wide & noted.claim.wide) - (claim.context & noted.claim.context)) / 3
    return shared + (0.5 if claim.verb.split()[0] == noted.claim.verb.split()[0] else 0.0)


_SETTLED = frozenset(["book", "bank", "close", "land", "secur", "complet", "done", "is", "finish"])


def _stands(evidence: Evidence, claim: Claim) -> bool:
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


def _anywhere(evidence: Evidence, claim: Claim) -> bool:
    """Tell whether the notes say so of something that may be meant: of nothing in particular, in the same words."""
    return any(
        n.claim.group == claim.group
        and n.claim.state == "done"
        and (not n.allowed or len(n.claim.context & claim.context) >= 1)
        for n in evidence.claims
    )


def _in_doubt(evidence: Evidence, claim: Claim) -> bool:
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


def _in_the_same_words(evidence: Evidence, claim: Claim) -> bool:
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


def _same_word(evidence: Evidence, claim: Claim) -> bool:
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


def _contradiction(evidence: Evidence, claim: Claim, noted: NotedClaim) -> Finding:
    notes = evidence.book.notes
    begin, end = noted.claim.clause
    told = " ".join(notes[begin:end].split())
    if len(told) > 90:
        around = max(begin, noted.claim.start - 40)
        told = " ".join(notes[around : min(end, noted.claim.end + 40)].split())
    return _otherwise(evidence, claim, told, noted.line)


def _otherwise(evidence: Evidence, claim: Claim, told: str, line: int) -> Finding:
    clause = (min(claim.start, max(claim.clause[0], claim.start - 30)), claim.end)
    start = _trim(evidence.draft.text, clause[0], claim.start)
    return finding(
        evidence,
        "error",
        "status",
        start,
        claim.end,
        f"The notes tell this otherwise: “{told}” (line {line}).",
        "Say it the way the notes do, or mend the notes.",
    )


def _trim(text: str, start: int, claim: int) -> int:
    """Return where the words that belong to the claim begin: after a space or mark, not inside a word."""
    while start < claim and not text[start].isspace():
        start += 1
    while start < claim and (text[start].isspace() or text[start] in ",;:("):
        start += 1
    return start


def _category(evidence: Evidence, claim: CategoryClaim) -> Finding | None:
    if claim.category in (Category.CLOSED_WON, Category.CLOSED_LOST):
        return None
    topics = claim.anchor.topics or evidence.told_by_amount(claim.sentence)
    if len(topics) != 1:
        return None
    (topic,) = topics
    deal = evidence.topics.deals[topic]
    text = evidence.draft.text
    before = text[max(0, claim.start - 20) : claim.start].casefold()
    if (
        claim.category is Category.PIPELINE
        and before.rstrip().endswith(("new", "my", "our", "the", "total"))
        and "in the" not in before
    ):
        return None
    told = [(c, line) for c, line, allowed in evidence.categories if topic in allowed]
    was = {c.category for c, _ in told if c.was}
    now = {c.category for c, _ in told if not c.was}
    if deal is None or deal.category is None:
        # the reader knows of none: the words of the notes have to tell one, and this deal's alone
        only = {c.category: line for c, line, allowed in evidence.categories if allowed == topics}
        if claim.was or len(now) != 1 or claim.category in now | was or not now <= only.keys():
            return None
        (other,) = now
        return _wrong_category(evidence, claim, evidence.topics.names[topic], f"is {_name(other)} (line {only[other]})")
    holds = deal.category.value
    if claim.was:
        if claim.category is holds and was and claim.category not in was:
            return _wrong_category(evidence, claim, deal.name, f"was {_name(min(was))} before")
        return None
    if claim.category is holds or claim.category in now:
        return None
    # the reader is believed where the words of the notes agree with it
    if holds not in now and not (
        holds in (Category.CLOSED_WON, Category.CLOSED_LOST) and _stands_for(evidence, topic, holds)
    ):
        return None
    line = next((ln for c, ln in told if c.category is holds), None)
    where = f" (line {line})" if line else (f" (line {deal.category.spans[0].line})" if deal.category.spans else "")
    return _wrong_category(evidence, claim, deal.name, f"is {_name(holds)}{where}")


def _stands_for(evidence: Evidence, topic: int, category: Category) -> bool:
    """Tell whether the words of the notes say that a deal is won or lost."""
    groups = ("losing",) if category is Category.CLOSED_LOST else ("winning", "signing")
    return any(n.claim.group in groups and n.claim.state == "done" and topic in n.allowed for n in evidence.claims)


def _name(category: Category) -> str:
    return category.value.replace("_", " ")


def _wrong_category(evidence: Evidence, claim: CategoryClaim, deal: str, told: str) -> Finding:
    return finding(
        evidence,
        "error",
        "status",
        claim.start,
        claim.end,
        f"“{evidence.draft.text[claim.start : claim.end]}” is not where the notes put {deal}: it {told}.",
        "Say the category that the notes tell.",
    )
