"""The words that tell how far things have come: data files come in, look-ups of phrases go out."""

from collections import defaultdict
from functools import cache

from chains.checking.words import Word, lexicon, words

Phrases = dict[str, list[tuple[tuple[str, ...], str, str]]]


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(w.folded for w in words(text))


@cache
def verbs_told() -> Phrases:
    """Return the forms of every group by their first word, the longest first."""
    found: Phrases = defaultdict(list)
    for group, forms in lexicon("statuses")["groups"].items():
        for state in ("done", "open", "later"):
            for form in forms[state]:
                parts = _phrase(form)
                found[parts[0]].append((parts, group, state))
    for forms_of in found.values():
        forms_of.sort(key=lambda f: -len(f[0]))
    return found


@cache
def categories_told() -> Phrases:
    """Return the spellings of the forecast categories by their first word."""
    found: Phrases = defaultdict(list)
    for category, forms in lexicon("statuses")["categories"].items():
        for form in forms:
            parts = _phrase(form)
            found[parts[0]].append((parts, category, ""))
    for forms_of in found.values():
        forms_of.sort(key=lambda f: -len(f[0]))
    return found


@cache
def _cues(kind: str) -> tuple[frozenset[str], dict[str, list[tuple[str, ...]]]]:
    """Return the cues of one word, and the longer ones by their first word."""
    parts = [_phrase(c) for c in lexicon("statuses")[kind]]
    longer: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for part in parts:
        if len(part) > 1:
            longer[part[0]].append(part)
    return frozenset(p[0] for p in parts if len(p) == 1), dict(longer)


@cache
def deniers() -> frozenset[str]:
    """Return the single words that deny what follows them."""
    return frozenset(w for w in lexicon("statuses")["deny"] if " " not in w)


@cache
def strong_groups() -> frozenset[str]:
    """Return the groups whose claims need the notes."""
    return frozenset(g for g, forms in lexicon("statuses")["groups"].items() if forms["strong"])


def match_phrase(found: list[Word], at: int, phrases: Phrases) -> tuple[tuple[str, ...], str, str] | None:
    """Return the phrase that the words from `at` on begin with, the longest one, or None."""
    for form in phrases.get(found[at].folded, ()):
        if len(form[0]) == 1 or tuple(w.folded for w in found[at : at + len(form[0])]) == form[0]:
            return form
    return None


def has_cue(cue: str, found: list[Word], start: int, end: int) -> bool:
    """Tell whether a word or phrase of that kind stands among `found[start:end]`."""
    single, longer = _cues(cue)
    for at in range(max(0, start), min(end, len(found))):
        folded = found[at].folded
        if folded in single:
            return True
        for phrase in longer.get(folded, ()):
            if at + len(phrase) <= end and tuple(w.folded for w in found[at : at + len(phrase)]) == phrase:
                return True
    return False


@cache
def awaited() -> dict[str, list[tuple[str, ...]]]:
    """Return the phrases that say a thing is awaited, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words_of in lexicon("statuses")["awaited"]:
        parts = _phrase(words_of)
        found[parts[0]].append(parts)
    return found
