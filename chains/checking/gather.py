"""The gathering of evidence: a draft and a book come in, both taken apart with every figure's deal go out."""

import re
from collections import defaultdict
from datetime import date

from chains.checking.evidence import Evidence, Noted, NotedClaim, Stretches, told_as_former, told_as_new
from chains.checking.mentions import rows
from chains.checking.places import Sentence
from chains.checking.read_facts import Value, place_of, read_values
from chains.checking.statuses import category_claims, claims
from chains.checking.texts import names_in, take_apart
from chains.checking.topics import Anchor, Topics, add_topic, deal_topics, union
from chains.checking.words import Word, is_plain, words
from chains.deals import Book, Deal, Money, Span
from chains.scan import Count, Percent

_NAME = r"(?:[A-Z][\w.&'’-]*)(?:[ ]+(?:&|of|[A-Z0-9][\w.&'’-]*))"


_BOLD = r"(?:\*\*|__)?"


_OTHER = re.compile(rf"({_NAME}{{0,4}}){_BOLD}(?:[ ]+\(|,[ ]|:[ ]|[ ]is[ ])(?:~|about )?(?:[$€£₹]|[A-Z]{{3}}[ ])?\d")


_OTHER_BEHIND = re.compile(rf"[$€£₹]\d[\d.,']*[kKmM]?(?::| from| with| \(| at)[ ]({_NAME}{{1,4}})")


_OTHER_HEAD = re.compile(
    rf"^[ \t]*(?:[-*+•]|\d+[.)])[ \t]+{_BOLD}({_NAME}{{1,4}}){_BOLD}(?=[:,(]|[ ](?:is|was|has|\())", re.MULTILINE
)


_SHARED = re.compile(
    r"\s*[kKmM]?\s*(?:[+,&]|and)?\s*(?:[$€£]?[\d.,]+[kKmM]?\s*)?(?:for )?(?:the )?(?:others?|rest|each)\b"
)


def gather(text: str, book: Book) -> Evidence:
    """Take notes and draft apart and give every figure of the notes its deal."""
    every = words(book.notes)
    topics = deal_topics(book, every)
    # a deal that the draft does not name and that has neither amount nor a name of its own takes nothing away from
    # those it names: the reader may have made it up
    said = words(text)
    told = union(h.topics for h in names_in(text, topics, said))
    small = {w.folded for w in said if w.text.islower()}
    others = (i for i, deal in enumerate(book.deals) if i not in told and _is_credible(deal, book.notes, small))
    topics.keep(told | frozenset(others))
    _add_others(topics, text, book, every)
    notes = take_apart(book.notes, book.conventions, topics, draft=False, every=every)
    draft = take_apart(text, book.conventions, topics, draft=True)
    evidence = Evidence(book, topics, notes, draft)
    lines = evidence.lines
    fields = _deal_fields(book, topics.forgotten)
    tabular = Stretches([(start, end, 0) for start, end, _ in rows(book.notes)])
    for place in notes.places:
        allowed, owned = _belongs(place.start, place.sentence, place.anchor, lines, fields)
        was = told_as_former(book.notes, place.start, place.end)
        now = told_as_new(book.notes, place.start)
        if _SHARED.match(book.notes, place.end):
            owned, allowed = frozenset(), frozenset(range(len(topics.names)))  # "4.8 Globex, 4.6 + 4.6 the other two"
        private = any(s.start <= place.start < s.end for s in book.private)
        noted = Noted(place, evidence.line(place.start), allowed, owned, was, now, private=private)
        noted.read_was, noted.read_now = place.start in fields["was"], place.start in fields["now"]
        noted.tabular = place.sentence.block.kind == "row" or bool(tabular.over(place.start, place.start + 1))
        evidence.noted.append(noted)
    _add_read(evidence)
    for sentence in notes.sentences:
        asked = book.notes[sentence.start : sentence.end].rstrip(" *_)\"'”").endswith("?")
        for claim in claims(book.notes, sentence) if not asked else ():
            allowed, _ = _belongs(claim.start, sentence, claim.anchor, lines, fields)
            exported = bool(tabular.over(claim.start, claim.start + 1))
            evidence.claims.append(NotedClaim(claim, evidence.line(claim.start), allowed, exported))
        for category in category_claims(book.notes, sentence, anywhere=True):
            allowed, _ = _belongs(category.start, sentence, category.anchor, lines, fields)
            evidence.categories.append((category, evidence.line(category.start), allowed))
    return evidence


def _is_credible(deal: Deal, notes: str, small: set[str]) -> bool:
    """Tell whether a deal has an amount and a name that is no ordinary word and begins a line or sentence."""
    if deal.amount is None or all(is_plain(w.folded) or w.folded in small for w in words(deal.name)):
        return False
    name = re.escape(words(deal.name)[0].text)
    return re.search(rf"(?:^|[.!?]\s|\|)[^(\n]{{0,30}}\b{name}", notes, re.MULTILINE | re.IGNORECASE) is not None


def _add_read(evidence: Evidence) -> None:
    """Add the values that the reader or a person gave a deal and that its words do not show by themselves."""
    noted_of: dict[int, list[Noted]] = defaultdict(list)
    for noted in evidence.noted:
        for topic in noted.allowed:
            noted_of[topic].append(noted)
    for topic, value, spans, part in read_values(evidence.book):
        if any(_holds(n, value) for n in noted_of[topic]):
            continue
        place = place_of(evidence.notes, value, spans, topic)
        mine = frozenset([topic])
        noted = Noted(place, evidence.line(place.start) if spans else 0, mine, mine, part == "was", part == "now")
        noted.read_was, noted.read_now = part == "was", part == "now"
        noted.tabular = True  # what it is for was read, whatever stands around it
        evidence.noted.append(noted)
        noted_of[topic].append(noted)


def _holds(noted: Noted, value: Value) -> bool:
    told = noted.place.mention.value
    if isinstance(value, date):
        return value in noted.place.days or any(p.end == value for p in noted.place.periods)
    if isinstance(value, Percent):
        return isinstance(told, Percent | Count) and (
            value.low == told.number if isinstance(told, Count) else value.low in (told.low, told.high)
        )
    return isinstance(told, Money) and value.amount in (told.amount, told.low, told.high)


def _add_others(topics: Topics, text: str, book: Book, every: list[Word]) -> None:
    """Add companies that the draft speaks of, that the notes know and that are no deal."""
    people = {w.folded for d in book.deals for p in d.people for w in words(p.value.name)}
    people |= {w.folded for d in book.deals for p in d.dependencies if p.value.person for w in words(p.value.person)}
    people |= {w.folded for d in book.deals if d.next_step for w in words(d.next_step.value.owner or "")}
    noted = [w.folded for w in every]
    seen = set(noted)
    pairs = {tuple(noted[i : i + 2]) for i in range(len(noted))}
    capital = {w.folded for w in every if w.text[0].isupper() or w.text[0].isdigit()}
    for hit in [*_OTHER.finditer(text), *_OTHER_BEHIND.finditer(text), *_OTHER_HEAD.finditer(text)]:
        parts = words(text, hit.start(1), hit.end(1))
        while parts and is_plain(parts[0].folded):
            parts.pop(0)
        if not any(p.text[0].isalpha() and len(p.text) > 2 for p in parts):
            continue
        name = text[parts[0].start : hit.end(1)]
        if topics.find(text, parts) or any(p.folded in people for p in parts):
            continue
        told = [p.folded for p in parts]
        known = all(tuple(told[i : i + 2]) in pairs for i in range(len(told) - 1)) and told[0] in seen
        if known and (told[0] in capital or book.notes.islower()):
            add_topic(topics, name)


def _deal_fields(book: Book, forgotten: frozenset[int]) -> dict[str, dict[int, int]]:
    """Return by kind the offsets that the reader took a deal's fields from."""
    found: dict[str, dict[int, int]] = {"any": {}, "was": {}, "now": {}}

    def note(kind: str, spans: tuple[Span, ...], index: int) -> None:
        for span in spans:
            for at in range(span.start, span.end):
                found["any"][at] = index
                found[kind][at] = index

    for index, deal in ((i, d) for i, d in enumerate(book.deals) if i not in forgotten):
        for kind, facts in (
            ("was", (deal.previous_amount, deal.previous_close_date)),
            ("now", (deal.amount, deal.close_date)),
        ):
            for fact in facts:
                if fact is not None:
                    note(kind, fact.spans, index)
    return found


def _belongs(
    at: int,
    sentence: Sentence,
    anchor: Anchor,
    lines: Stretches,
    fields: dict[str, dict[int, int]],
) -> tuple[frozenset[int], frozenset[int]]:
    topics, carried = anchor.topics, anchor.carried
    read = lines.over(at, at + 1)
    if anchor.tight and not carried and len(topics) == 1 and _begins_there(sentence, at):
        # beside a name: nobody else's, unless the reader took another deal's field from just here
        here = frozenset([fields["any"][at]]) if at in fields["any"] else frozenset()
        return topics | here, topics | here
    if at in fields["any"]:
        read |= {fields["any"][at]}
    own = frozenset() if carried and not (sentence.inherited or sentence.steady) else topics
    # the reader alone is believed where it found the deal named in the same line, or took a table apart
    near = read & sentence.beside
    owned = own | read if own else (read if sentence.block.kind == "row" else near)
    # what a line begins with may own what stands later in it, beside another name
    if not sentence.hits or sentence.hits[0].start > sentence.start + 3:
        topics = topics | sentence.main
    if carried and sentence.steady and not sentence.inherited:
        return topics | read, owned
    if carried or not topics:
        return topics | read | sentence.near | sentence.head, owned
    clause = next((c for c in sentence.clauses if c.start <= at < c.end), None)
    beside = union(h.topics for h in sentence.hits if clause and clause.start <= h.start < clause.end)
    return topics | read | beside, owned


def _begins_there(sentence: Sentence, at: int) -> bool:
    """Tell whether the name before an offset begins a clause: "they took Weftline, 71k" tells nothing of Weftline."""
    names = [h for h in sentence.hits if h.end <= at]
    if not names:
        return False
    words_before = [w for w in sentence.words if w.end <= names[-1].start]
    clause = next((c for c in sentence.clauses if c.start <= names[-1].start < c.end), None)
    inside = [w for w in words_before if clause is None or w.start >= clause.start]
    return not inside or all(w.folded in ("and", "the", "then", "ok", "also", "so", "plus", "with") for w in inside)
