"""What one entry about a deal keeps in mind while it is written: the `Deal` and the phrasing come in, what has been
said and where it stands goes out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from chains.deals import Deal, Fact, Span
from chains.drafts import Source
from chains.kinds import Category
from chains.writing.phrasing import Phrasing

CATEGORY_WORDS = {
    Category.COMMIT: "commit",
    Category.BEST_CASE: "best case",
    Category.PIPELINE: "pipeline",
    Category.OMITTED: "omitted",
}


@dataclass(slots=True)
class Entry:
    """Collect what has been said of one deal."""

    deal: Deal
    phrasing: Phrasing
    room: int
    implied: Category | None = None
    sources: list[Source] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    behind_step: list[str] = field(default_factory=list)  # sentences that go on from the next step
    reason: str = ""  # the sentence that tells why the date has moved

    def take(self, fact: Fact[object] | None) -> None:
        """Note that a fact has been said."""
        if fact is not None:
            self.sources.extend(fact.spans)

    def tell(self, text: str, spans: Sequence[Span] = ()) -> None:
        """Note what has been said and where it stands."""
        self.said.append(text)
        self.spans.extend(spans)
        self.sources.extend(spans)

    def is_told(self, spans: Sequence[Span]) -> bool:
        """Tell whether a remark that stands at most of these places has been said already."""
        return any(share(s, t) > 0.5 for s in spans for t in self.spans)

    def names(self, name: str) -> bool:
        """Tell whether a person has been named already, by their first or last name."""
        text = " ".join(self.said)
        return any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) for part in name.split() if len(part) > 2)


def touches(spans: Sequence[Span], told: Sequence[Span]) -> bool:
    """Tell whether any of some places overlaps any of others."""
    return any(s.start < t.end and t.start < s.end for s in spans for t in told)


def share(a: Span, b: Span) -> float:
    """Return the share of the first place that lies in the second."""
    overlap = min(a.end, b.end) - max(a.start, b.start)
    return overlap / max(1, a.end - a.start)
