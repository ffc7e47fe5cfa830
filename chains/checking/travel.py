"""What should not travel: evidence comes in, findings about private remarks and unfounded promises go out."""

import re
from collections.abc import Iterator

from chains.checking.evidence import Evidence
from chains.checking.found import finding
from chains.checking.words import Word, cue, idle_words, is_plain, lexicon, words
from chains.drafts import Finding


def check_travel(evidence: Evidence) -> Iterator[Finding]:
    """Yield sentences that carry private remarks, and promises the notes do not hold."""
    yield from _private(evidence)
    yield from _promises(evidence)


def _private(evidence: Evidence) -> Iterator[Finding]:
    lines = [s for d in evidence.book.deals for s in d.lines]
    spans = [p for p in evidence.book.private if not any(s.start < p.end and p.start < s.end for s in lines)]
    if not spans:
        return
    dated = [(p.start, p.end) for p in evidence.notes.places if p.days or p.periods]
    hidden: dict[str, int] = {}
    told_of: dict[int, set[str]] = {}  # who each private remark names, also where open lines name them too
    open_words: set[str] = set()
    for word in evidence.note_words:
        span = next((s for s in spans if s.start <= word.start < s.end), None)
        if span is not None and word.text[0].isupper() and not is_plain(word.folded):
            told_of.setdefault(span.line, set()).add(word.stem)
        if span is None:
            open_words.add(word.stem)
        elif (
            word.folded not in idle_words() and len(word.folded) > 2 and not any(s <= word.start < e for s, e in dated)
        ):
            hidden.setdefault(word.stem, span.line)
    called = {w.stem for d in evidence.book.deals for name in (d.name, *d.aliases) for w in words(name)}
    hidden = {key: line for key, line in hidden.items() if key not in open_words | called}
    for sentence in evidence.draft.sentences:
        shared = [w for w in sentence.words if w.stem in hidden]
        stems = {w.stem for w in shared if not is_plain(w.folded)}
        named = {w.stem for w in sentence.words}
        opening = sentence is evidence.draft.sentences[0]  # it says for whom the text is
        about = not opening and any(told_of.get(hidden[s], set()) & named for s in stems)
        # common words meet by chance; a name, several rarer words, or one said of the same person do not
        if (
            about
            or len(stems) >= 2
            or len({w.stem for w in shared}) >= 3
            or (not opening and any(_proper(w, sentence.words) for w in shared))
        ):
            yield finding(
                evidence,
                "error",
                "private",
                shared[0].start,
                shared[-1].end,
                f"This comes from a private remark in the notes (line {hidden[shared[0].stem]}).",
                "Leave it out of anything that may be forwarded.",
            )


def _proper(word: Word, all_words: list[Word]) -> bool:
    return word.text[0].isupper() and word is not all_words[0] and not is_plain(word.folded)


def _promises(evidence: Evidence) -> Iterator[Finding]:
    text = evidence.draft.text
    notes = evidence.book.notes
    for entry in lexicon("travel")["promises"]:
        for hit in re.finditer(entry["draft"], text, re.IGNORECASE):
            if re.search(entry["notes"], notes, re.IGNORECASE):
                break
            sentence = evidence.draft.at(hit.start())
            if sentence is not None and cue("wish").search(text, sentence.start, sentence.end):
                continue  # what the buyer wants is no promise
            yield finding(
                evidence,
                "warning",
                "promise",
                hit.start(),
                hit.end(),
                f"The notes hold no such {entry['what']}.",
                "Take it out, or add to the notes who agreed to it.",
            )
