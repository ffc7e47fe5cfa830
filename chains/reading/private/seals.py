"""What is told in confidence: marked notes come in, the token ranges of whole remarks that must not travel go out.

A mark of confidence ("keep to yourself", "not for Kel", "between us:") covers the remark it is put to, before or behind
it, on the same line or the next; facts of a deal in the same sentence stay.
"""

from chains.reading.layout.clauses import Sentence
from chains.reading.layout.marked import Marked

_SMALL = frozenset(
    "a an the this that it is s pls please ok and but so just really all of to for from by at on in me you ps nb btw ok"
    " thanks anyone".split()
)
_MOST_OWN = 2  # words beside the mark, up to which a sentence is nothing but the mark


def sealed(marked: Marked) -> dict[int, tuple[int, int]]:
    """Return, by sentence, the tokens of it that are told in confidence."""
    sentences = marked.clauses.sentences
    found: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        label = _label(marked, sentence)
        if label and not marked.units[sentence.unit].first.header:
            for after in sentences[sentence.index :]:
                if after.unit != sentence.unit or _hard(marked, after.first, after.last):
                    break
                found[after.index] = (after.first, after.last)
        if sentence.index in found:
            continue
        if _own_life(marked, sentence) and not _hard(marked, sentence.first, sentence.last):
            found[sentence.index] = (sentence.first, sentence.last)
            continue
        hits = [h for h in marked.between(sentence.first, sentence.last, "private") if h.name == "seal"]
        hits = [h for h in hits if not weighs(marked, h.last)]
        if not hits or marked.units[sentence.unit].first.header:
            continue
        covered = {i for h in hits for i in range(h.first, h.last)}
        found[sentence.index] = _range(marked, sentence, covered)
        own = [
            i
            for i in range(sentence.first, sentence.last)
            if i not in covered and marked.stream.tokens[i].kind != "mark" and marked.stream.tokens[i].low not in _SMALL
        ]
        if len(own) <= _MOST_OWN and not _opens_list(marked, sentence, max(h.last for h in hits)):
            before = _before(marked, sentence)
            if before is not None and not _hard(marked, before.first, before.last):
                found[before.index] = (before.first, before.last)
        elif _opens_list(marked, sentence, max(h.last for h in hits)):
            for after in sentences[sentence.index + 1 :]:
                if after.unit != sentence.unit or _hard(marked, after.first, after.last):
                    break
                found[after.index] = (after.first, after.last)
    return found


def weighs(marked: Marked, behind: int) -> bool:
    """Tell whether "between us" goes on with the other one: "torn between us and Globex" is no confidence."""
    tokens = marked.stream.tokens
    return (
        0 < behind < len(tokens) and tokens[behind - 1].low == "us" and tokens[behind].low in ("and", "&", "or", "vs")
    )


_LABELS = frozenset(
    "private personal confidential gossip privat privates persönlich vertraulich privé personnel privado "
    "confidencial pessoal offtopic".split()
)
_MATTERS = frozenset("stuff note notes only matters matter bits thing things life not for".split())


def _label(marked: Marked, sentence: Sentence) -> bool:
    """Tell whether a sentence opens with a label that says private: "Private - ...", "(personal) ..."."""
    tokens = marked.stream.tokens
    i = sentence.first
    while i < sentence.last and tokens[i].kind == "mark":
        i += 1
    if i >= sentence.last or tokens[i].low not in _LABELS:
        return False
    i += 1
    if i < sentence.last and tokens[i].low in _MATTERS:
        i += 1
    return i < sentence.last and tokens[i].low in (":", "-", "–", "—", ")", "]", "**", "*")


def _own_life(marked: Marked, sentence: Sentence) -> bool:
    """Tell whether a sentence tells of the rep's own home: my wife's birthday tonight so not reachable."""
    tokens = marked.stream.tokens
    hits = [h for h in marked.between(sentence.first, sentence.last, "private") if h.name == "life"]
    return any("my" in (t.low for t in tokens[max(sentence.first, h.first - 1) : h.first + 1]) for h in hits)


def _range(marked: Marked, sentence: Sentence, covered: set[int]) -> tuple[int, int]:
    """Return the whole sentence, or only the clauses round the mark where the sentence holds facts of a deal."""
    if not _hard(marked, sentence.first, sentence.last):
        return sentence.first, sentence.last
    first, last = marked.clauses.clause(min(covered))
    last = max(last, marked.clauses.clause(max(covered))[1])
    while first > sentence.first:
        start = max(sentence.first, marked.clauses.clause(first - 1)[0])
        if _hard(marked, start, first):
            break
        first = start
    while last < sentence.last:
        stop = min(sentence.last, marked.clauses.clause(last)[1])
        if _hard(marked, last, stop):
            break
        last = stop
    return first, last


def _hard(marked: Marked, first: int, last: int) -> bool:
    """Tell whether words hold facts of a deal that are no gossip."""
    if any(marked.stream.tokens[i].kind in ("money", "percent") for i in range(first, last)):
        return True
    return bool(marked.between(first, last, "category", "signed"))


def _opens_list(marked: Marked, sentence: Sentence, last: int) -> bool:
    """Tell whether the mark stands at the head of its sentence and leads into what follows: In confidence: ..."""
    tokens = marked.stream.tokens
    early = sum(1 for t in tokens[sentence.first : last] if t.kind == "word") <= 9
    return early and last < sentence.last and tokens[last].low == ":"


def _before(marked: Marked, sentence: Sentence) -> Sentence | None:
    """Return the sentence that a bare mark is put to: the one before it in its unit, or on the line above."""
    if sentence.index == 0:
        return None
    before = marked.clauses.sentences[sentence.index - 1]
    if before.unit == sentence.unit:
        return before
    here, above = marked.units[sentence.unit].first, marked.units[before.unit]
    near = here.number - above.lines[-1].number <= 1 and not here.after_blank
    return before if near and not above.first.heading and not above.first.header else None
