"""How far things have come: evidence comes in, findings about promoted or reversed statuses go out."""

from collections.abc import Iterator

from chains.checking.categories import check_category
from chains.checking.evidence import Evidence, NotedClaim
from chains.checking.found import finding
from chains.checking.phrases import strong_groups
from chains.checking.places import Sentence
from chains.checking.standing import (
    SUBJECTS,
    anywhere,
    half_signed,
    in_doubt,
    in_the_same_words,
    open_thing,
    same_word,
    share,
    stands,
    tells_too,
)
from chains.checking.statuses import Claim
from chains.checking.words import cue, lexicon
from chains.drafts import Finding

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
            if found is not None and not in_the_same_words(evidence, claim):
                yield found
        for category in categories:
            if category.end > asked:
                continue
            found = check_category(evidence, category)
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
        half = half_signed(evidence, claim)
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
            and not tells_too(evidence, claim, n)
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
        scored = [(s, n) for s, n in scored if n.claim.state != "open" or share(claim, n)]
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
                if rest and not tells_too(evidence, claim, rest[0]):
                    return _contradiction(evidence, claim, rest[0])
            if done[0] >= 1 or claim.group not in SUBJECTS:
                return None
        same_thing = open_thing(evidence, claim)
        if same_thing is not None:
            return _contradiction(evidence, claim, same_thing)
        if done is not None or stands(evidence, claim):
            return None
        if opened is not None and not tells_too(evidence, claim, opened[1]):
            return _contradiction(evidence, claim, opened[1])
        if ahead is not None and tells_too(evidence, claim, ahead[1]):
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
        if claim.group == "losing" or (claim.group == "assent" and not in_doubt(evidence, claim)):
            return None
        if not anywhere(evidence, claim) and not same_word(evidence, claim):
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


def _shown(evidence: Evidence, claim: Claim) -> str:
    return evidence.draft.text[claim.start : claim.end]


def _alike(claim: Claim, noted: NotedClaim) -> float:
    shared = float(len(claim.context & noted.claim.context))
    shared += len((claim.wide & noted.claim.wide) - (claim.context & noted.claim.context)) / 3
    return shared + (0.5 if claim.verb.split()[0] == noted.claim.verb.split()[0] else 0.0)


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
