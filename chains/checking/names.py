"""Names in a draft that the notes do not know or give to another deal: evidence comes in, findings go out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from chains.checking.evidence import Evidence
from chains.checking.found import finding
from chains.checking.texts import Sentence, anchor_at
from chains.checking.words import Word, cue, idle_words, is_listed, is_plain, lexicon, words
from chains.drafts import Finding


@cache
def _short() -> frozenset[str]:
    data = lexicon("ordinary")
    return frozenset(data["acronyms"]) | frozenset(data["titles"])


class _Vocabulary:
    """Know which words the notes use."""

    def __init__(self, evidence: Evidence) -> None:
        self.where: dict[str, list[int]] = defaultdict(list)
        self.by_start: dict[str, list[str]] = defaultdict(list)
        for index, word in enumerate(evidence.note_words):
            self.where[word.folded].append(index)
            if not word.folded.isalnum():
                for part in re.split(r"['’.&]", word.folded):
                    if part:
                        self.where[part].append(index)
            if "." in word.folded:
                self.where[word.folded.replace(".", "")].append(index)  # "I.S.D." is ISD
        self.stems = {w.stem for w in evidence.note_words}
        self.often = Counter(w.stem for w in evidence.note_words)
        self.names = _names_of(evidence)
        self.firsts = _first_names(evidence, self.names)
        # a name that a person typed into the page stands in no line of the notes
        book = evidence.book
        told = [
            n
            for d in book.deals
            for n in (d.name, *(p.value.name for p in d.people), *(c.value for c in d.competitors))
        ]
        self.given = {w.folded for name in told for w in words(name)}
        for folded in self.where:
            self.by_start[folded[:3]].append(folded)

    def knows(self, word: Word) -> bool:
        if word.folded in self.where or word.stem in self.stems or word.folded in self.given:
            return True
        parts = [p for p in re.split(r"['’.&]", word.folded) if p]
        if len(parts) > 1 and all(p in self.where for p in parts):
            return True
        # a longer or shorter form of a word of the notes: "Kelley Ptnrs", "Mast" and "Masts"
        return any(
            min(len(other), len(word.folded)) >= 4
            and (other.startswith(word.folded) or word.folded.startswith(other))
            and abs(len(other) - len(word.folded)) <= max(3, min(len(other), len(word.folded)) // 1)
            for other in self.by_start.get(word.folded[:3], ())
        )

    def rare(self, told: str) -> bool:
        """Tell whether a stem stands in the notes so seldom that it marks a place."""
        return self.often[told] <= 2

    def nearest(self, folded: str, least: float = 0.5) -> str | None:
        scored = [
            (SequenceMatcher(None, folded, o).ratio(), o) for o in self.names if o[:1] == folded[:1] and len(o) > 2
        ]
        best = max(scored, default=(0.0, ""))
        return best[1] if best[0] >= least else None


def _names_of(evidence: Evidence) -> frozenset[str]:
    """Return the folded words of the notes that are names of people or companies other than the deals'."""
    told: set[str] = set()
    for deal in evidence.book.deals:
        told |= {w.folded for p in deal.people for w in words(p.value.name)}
        told |= {w.folded for c in deal.competitors for w in words(c.value)}
        told |= {w.folded for d in deal.dependencies if d.value.person for w in words(d.value.person)}
    for sentence in evidence.notes.sentences:
        for word in sentence.words:
            if (
                _name_like(word)
                and not is_plain(word.folded)
                and not any(h.start <= word.start < h.end for h in sentence.hits)
            ):
                told.add(word.folded)
    # a word that is also written small is no name: "Sales Agent:" beside "the agent"
    small = {
        w.folded for t in (evidence.notes, evidence.draft) for s in t.sentences for w in s.words if w.text[0].islower()
    }
    shouted = evidence.book.notes == evidence.book.notes.lower()
    return frozenset(w for w in told if w not in _short() and not is_plain(w) and (shouted or w not in small))


def _first_names(evidence: Evidence, names: frozenset[str]) -> frozenset[str]:
    """Return the names that the notes give with another name behind each time."""
    text = evidence.book.notes
    behind: dict[str, list[bool]] = defaultdict(list)
    for one, two in zip(evidence.note_words, evidence.note_words[1:], strict=False):
        if one.folded in names:
            behind[one.folded].append(two.folded in names and text[one.end : two.start] == " ")
    return frozenset(name for name, told in behind.items() if any(told))


def check_names(evidence: Evidence) -> Iterator[Finding]:
    """Yield the names the notes do not know, those put together wrongly and people given to another deal."""
    vocabulary = _Vocabulary(evidence)
    text = evidence.draft.text
    lower = {w.folded for s in evidence.draft.sentences for w in s.words if w.text[0].islower()}
    dated = [(p.start, p.end) for p in evidence.draft.places]
    greeting = _greeting_end(evidence)
    signature = _signature_start(text)
    for sentence in evidence.draft.sentences:
        unknown: list[Word] = []
        if sentence.block.kind == "heading":
            continue
        for position, word in enumerate(sentence.words):
            if word.start < greeting or word.start >= signature:
                continue
            if any(h.start <= word.start < h.end for h in sentence.hits):
                continue
            if not _candidate(word, position, sentence, text, lower, dated, vocabulary.firsts) or vocabulary.knows(
                word
            ):
                continue
            if _begins(text, word.start) and not (unknown or _reads_as_name(text, sentence, position, vocabulary)):
                continue
            if unknown and word.start - unknown[-1].end <= 2:
                unknown.append(word)
                continue
            if unknown:
                yield _unknown(evidence, vocabulary, unknown)
            unknown = [word]
        if unknown:
            yield _unknown(evidence, vocabulary, unknown)
        yield from _wrong_pairs(evidence, vocabulary, sentence, greeting)
        yield from _elsewhere(evidence, vocabulary, sentence, greeting)


def _greeting_end(evidence: Evidence) -> int:
    """Return where the words to the reader end: "Hi Lena," names who will read it, and no deal."""
    if not evidence.draft.sentences:
        return 0
    first = evidence.draft.sentences[0]
    text = evidence.draft.text
    hello = cue("greeting").match(text, first.start)
    at = hello.end() if hello else first.start
    name = re.compile(r"[*_]*[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?[*_]*\s*(?:[,:!–—-]|\n|$)").match(text, at)
    return name.end() if name else at


def _signature_start(text: str) -> int:
    """Return where a closing with the writer's name begins, or the text's end."""
    closing = rf"\n[ \t]*{cue('closing_words').pattern}[ \t,!.]*\n?[ \t]*[A-Z]?[\w'’. -]{{0,30}}\s*$"
    hit = re.search(closing, text, re.IGNORECASE)
    return hit.start() if hit else len(text)


def _candidate(
    word: Word,
    position: int,
    sentence: Sentence,
    text: str,
    lower: set[str],
    dated: list[tuple[int, int]],
    named: frozenset[str],
) -> bool:
    """Tell whether a word of the draft may be a name."""
    shown = word.text
    if not shown[0].isupper() or len(shown) < 2 or any(s <= word.start < e for s, e in dated):
        return False
    if shown.isupper() or (sum(c.isupper() for c in shown) > 1 and len(shown) <= 4):
        return len(shown) > 2 and word.folded not in _short() and word.folded.rstrip("s") not in _short()
    if (any(c.isdigit() for c in shown) and shown[0] in "QHF") or word.folded.split("'")[0] == "i":
        return False
    before = sentence.words[position - 1] if position else None
    if before is not None and before.folded in named and text[before.end : word.start] == " ":
        return True  # "Wendell Price": a word of the language may be a last name
    begins = position == 0 or _begins(text, word.start)
    if begins:
        return not is_plain(word.folded) and word.folded not in lower
    if word.folded in lexicon("ordinary")["capitals"] or word.folded in lexicon("ordinary")["titles"]:
        return False
    # inside a sentence a capital is meant; an ordinary word may still be one of a title
    return not (is_listed(word.folded) and (word.folded in lower or position < 4))


_BEHIND_NAME = re.compile(
    r"(?:['’]s)?[*_]*(?:"
    r"\s+(?:is|was|has|had|will|can|still|and|or|&|from|at|in (?:our|their|my|the|legal|finance|sales|it|procurement|"
    r"security|product|services|support|[A-Z]\w+)|[a-z]{2,}s|[a-z]{3,}ed)\b"
    r"|\s*,\s+(?:the|our|their|who|an?|head|vp|c[a-z]o|[$€£₹]?\d)"
    r"|\s*[:(–—-]+\s*[*_]*(?:[$€£₹]|\d|[A-Z]{3} ?\d)|\s+[A-Z][a-z]|\s+[$€£₹(]?\d|\s*\|)"
)


def _reads_as_name(text: str, sentence: Sentence, position: int, vocabulary: "_Vocabulary") -> bool:
    """Tell whether a word that begins a sentence, where every word has a capital, is a name by what follows it."""
    word = sentence.words[position]
    before = sentence.words[position - 1].folded if position else ""
    return (
        before in lexicon("ordinary")["titles"]
        or (position > 0 and text[word.start - 2 : word.start] == ". ")  # "Col. Betts"
        or _BEHIND_NAME.match(text, word.end) is not None
        or word.text[-2:] in ("'s", "’s")
        or any(c.isupper() for c in word.text[1:])
        or vocabulary.nearest(word.folded, 0.7) is not None
    )


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" *_(\"'“‘")
    return before == "" or before[-1] in ".!?:;–—-\n•|…"


def _unknown(evidence: Evidence, vocabulary: _Vocabulary, unknown: list[Word]) -> Finding:
    start, end = unknown[0].start, unknown[-1].end
    shown = evidence.draft.text[start:end]
    near = vocabulary.nearest(unknown[-1].folded) or vocabulary.nearest(unknown[0].folded)
    sentence = evidence.draft.at(start)
    before = next((w for w in (sentence.words if sentence else ()) if w.end == start - 1), None)
    if not near and before is not None and before.folded in vocabulary.names:
        # a known first name with another last name
        behind = [
            evidence.note_words[i + 1].folded
            for i in vocabulary.where[before.folded]
            if i + 1 < len(evidence.note_words)
        ]
        near = next((w for w in behind if w in vocabulary.names), None)
    if near:
        place = evidence.note_words[vocabulary.where[near][0]]
        return finding(
            evidence,
            "error",
            "name",
            start,
            end,
            f"“{shown}” is not in the notes; line {evidence.line(place.start)} has “{place.text}”.",
            f"Write “{place.text}”, or add “{shown}” to the notes.",
        )
    return finding(
        evidence,
        "warning",
        "name",
        start,
        end,
        f"“{shown}” is not in the notes.",
        "Take it out, or add to the notes who or what that is.",
    )


def _wrong_pairs(evidence: Evidence, vocabulary: _Vocabulary, sentence: Sentence, greeting: int) -> Iterator[Finding]:
    """Yield first and last names that the notes know, but not together."""
    text = evidence.draft.text
    for first, last in zip(sentence.words, sentence.words[1:], strict=False):
        if first.start < greeting or text[first.end : last.start] != " ":
            continue
        # half a name of one whom the reader took for an account is still a first name
        if not (_name_like(first) and _name_like(last)) or any(
            h.start <= last.start < h.end or (h.full and h.start <= first.start < h.end) for h in sentence.hits
        ):
            continue
        if first.folded in _short() or is_plain(last.folded) or is_plain(first.folded):
            continue
        behind = next((w for w in sentence.words if w.start == last.end + 1), None)
        if behind is not None and _name_like(behind) and _next_to(vocabulary, last.folded, behind.folded):
            continue  # "At Seeblick Corina Zgraggen decides": the name begins at the second word
        ones, twos = vocabulary.where.get(first.folded), vocabulary.where.get(last.folded)
        if not ones or not twos or {i + 1 for i in ones} & set(twos):
            continue
        full = [_full_name(evidence, i) for i in twos] + [_full_name(evidence, i) for i in ones]
        told = next((f for f in full if " " in f), None)
        if told is None:
            continue
        line = evidence.line(evidence.note_words[twos[0]].start)
        yield finding(
            evidence,
            "error",
            "name",
            first.start,
            last.end,
            f"The notes know no “{text[first.start : last.end]}”; they name {told} (line {line}).",
            f"Write “{told}”, or name the right person.",
        )


def _next_to(vocabulary: _Vocabulary, first: str, last: str) -> bool:
    return bool({i + 1 for i in vocabulary.where.get(first, ())} & set(vocabulary.where.get(last, ())))


def _full_name(evidence: Evidence, index: int) -> str:
    """Return the name that the notes' word stands in, with the capitalised word before or after it."""
    here = evidence.note_words[index]
    notes = evidence.book.notes
    for other in (index - 1, index + 1):
        if 0 <= other < len(evidence.note_words):
            beside = evidence.note_words[other]
            first, last = sorted((here, beside), key=lambda w: w.start)
            if (
                notes[first.end : last.start] == " "
                and (_name_like(beside) or notes.islower())
                and not is_plain(beside.folded)
                and beside.folded not in _short()
            ):
                return notes[first.start : last.end]
    return here.text


def _name_like(word: Word) -> bool:
    return word.text[0].isupper() and len(word.text) > 1 and not word.text.isupper()


@dataclass(frozen=True)
class _Named:
    """Hold a name in a text: its words' indices in the sentence or the notes, and where it stands."""

    start: int
    end: int
    first: Word
    last: Word


_TITLE_END = re.compile(r"\.\s[A-Z]")


def _names_in(text: str, sentence: Sentence, vocabulary: "_Vocabulary", greeting: int) -> list[_Named]:
    """Return the names of a draft's sentence that the notes know."""
    found: list[_Named] = []
    for word in sentence.words:
        if word.start < greeting or not _name_like(word) or word.folded in _short() or is_plain(word.folded):
            continue
        if word.folded not in vocabulary.where or any(h.start <= word.start < h.end for h in sentence.hits):
            continue
        if len(word.text) <= 5 and _TITLE_END.match(text, word.end):
            continue  # "Col. Betts"
        if found and text[found[-1].end : word.start] == " ":
            found[-1] = _Named(found[-1].start, word.end, found[-1].first, word)
        else:
            found.append(_Named(word.start, word.end, word, word))
    return found


def _elsewhere(evidence: Evidence, vocabulary: "_Vocabulary", sentence: Sentence, greeting: int) -> Iterator[Finding]:
    """Yield people and companies that the notes only know in another deal or in another's part."""
    text = evidence.draft.text
    for name in _names_in(text, sentence, vocabulary, greeting):
        indices = vocabulary.where[name.first.folded]
        anchor = anchor_at(text, sentence, name.start, name.end)
        homes = [evidence.owners(evidence.note_words[i].start) for i in indices]
        here = anchor.topics | (anchor.near if anchor.carried else sentence.named if not anchor.tight else frozenset())
        if anchor.topics and all(home and not home & here for home in homes):
            other = frozenset().union(*homes)
            line = evidence.line(evidence.note_words[indices[0]].start)
            yield finding(
                evidence,
                "error",
                "name",
                name.start,
                name.end,
                f"“{text[name.start : name.end]}” stands in the notes with {evidence.called(other)} (line {line}), "
                f"not with {evidence.called(anchor.topics)}.",
                f"Name the right person for {evidence.called(anchor.topics)}, or move this to "
                f"{evidence.called(other)}.",
            )
            continue
        rival = _rival(evidence, vocabulary, sentence, name, anchor.topics)
        if rival is not None:
            yield finding(
                evidence,
                "error",
                "name",
                name.start,
                name.end,
                f"The notes name “{rival.text}” here (line {evidence.line(rival.start)}), not "
                f"“{text[name.start : name.end]}”.",
                f"Write “{rival.text}”, or mend the notes.",
            )


_SAYS = frozenset(["say", "says", "said"])
_PARTS = frozenset(["champion", "economic_buyer", "buyer", "sponsor", "owner"])  # the parts people play in a deal
_APART = re.compile(r"[|;\n]|[!?]\s|(?<=\w\w\w)(?<!Mrs)\.\s")  # the words behind these speak of something else


def _beside(
    text: str, found: list[Word], index_first: int, index_last: int, skip: frozenset[str], reach: int, begin: int = 0
) -> dict[str, float]:
    """Return the telling words close to a name, with how close they are."""
    near: dict[str, float] = {}
    low = index_first
    while (
        low > max(0, index_first - reach)
        and found[low - 1].start >= begin
        and not _APART.search(text, found[low - 1].end, found[low].start)
    ):
        low -= 1
    high = index_last
    while high < min(len(found) - 1, index_last + reach) and not _APART.search(
        text, found[high].end, found[high + 1].start
    ):
        high += 1
    for at in [*range(low, index_first), *range(index_last + 1, high + 1)]:
        step = index_first - at if at < index_first else at - index_last
        word = found[at]
        if (
            (word.folded in idle_words() and word.folded not in _SAYS)
            or word.folded in skip
            or word.folded[0].isdigit()
        ):
            continue
        if word.folded in _SAYS:
            if step == 1 and at > index_last:
                near["say"] = 1.0
            continue
        close = step <= (5 if word.stem in _PARTS else 2)
        near[word.stem] = max(near.get(word.stem, 0.0), 1.0 if close else 0.6 if step <= 4 else 0.4)
    return near


def _rival(
    evidence: Evidence, vocabulary: "_Vocabulary", sentence: Sentence, name: _Named, topics: frozenset[int]
) -> Word | None:
    """Return the name that the notes have where the draft has this one, if the words around tell so plainly."""
    own_words = frozenset(n.folded for n in (name.first, name.last))
    places = sentence.words
    first = next(i for i, w in enumerate(places) if w.start == name.first.start)
    last = next(i for i, w in enumerate(places) if w.start == name.last.start)
    clause = next((c for c in sentence.clauses if c.start <= name.start < c.end), sentence)
    around = _beside(evidence.draft.text, places, first, last, own_words | vocabulary.names, 5, clause.start)
    if not around:
        return None
    notes = evidence.note_words
    said = {w.folded for w in places[max(0, first - 4) : last + 5] if w.text[0].isdigit()}
    for index in vocabulary.where[name.first.folded] + vocabulary.where[name.last.folded]:
        if said & {w.folded for w in notes[max(0, index - 8) : index + 9]}:
            return None  # the same figures stand beside the name there
        if set(_beside(evidence.book.notes, notes, index, index, own_words | vocabulary.names, 9)) & set(around):
            return None
    best, best_score = None, 0.0
    for other in vocabulary.names - own_words - {w.folded for w in places}:
        for index in vocabulary.where.get(other, ()):
            if topics and not (evidence.owners(notes[index].start) or topics) & topics:
                continue
            theirs = _beside(evidence.book.notes, notes, index, index, vocabulary.names, 5)
            score = sum(
                min(w, theirs[s]) * (1.0 if vocabulary.rare(s) else 0.4) for s, w in around.items() if s in theirs
            )
            if score > best_score:
                best, best_score = notes[index], score
    return best if best_score >= 1.0 else None
