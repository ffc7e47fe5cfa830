"""The check of a draft: its text and the book of the notes come in, `Finding`s with places and ways out go out.

Errors are what the notes contradict, warnings what they are silent about, info what a reader would stumble over. The
text may come from any writer or by hand; nothing in it is changed.
"""

from chains.checking.claims import check_statuses
from chains.checking.denials import check_denials, check_dropped
from chains.checking.figures import check_figures
from chains.checking.gather import gather
from chains.checking.names import check_names
from chains.checking.soft import check_tone
from chains.checking.sums import sums
from chains.checking.travel import check_travel
from chains.deals import Book
from chains.drafts import Finding

_RANK = {"error": 0, "warning": 1, "info": 2}


def check(text: str, book: Book) -> tuple[Finding, ...]:
    """Return what the notes do not bear out in a draft, in the order of the text; offsets are into `text`."""
    evidence = gather(text, book)
    worked_out = sums(evidence)
    found = [
        *check_figures(evidence, worked_out),
        *check_names(evidence),
        *check_statuses(evidence),
        *check_denials(evidence),
        *check_dropped(evidence),
        *check_travel(evidence),
        *check_tone(evidence),
    ]
    return _once(found)


def _once(found: list[Finding]) -> tuple[Finding, ...]:
    """Keep the weightiest of findings about the same place."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda f: (_RANK[f.severity], f.start, f.end)):
        if not any(
            k.start < one.end and one.start < k.end and (k.kind == one.kind or one.severity != "error") for k in kept
        ):
            kept.append(one)
    return tuple(sorted(kept, key=lambda f: (f.start, f.end)))
