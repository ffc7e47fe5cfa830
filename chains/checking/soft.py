"""Softer things: evidence comes in, `info` findings about hedges, loose next steps and late bad news go out."""

import re
from collections.abc import Iterator

from chains.checking.evidence import Evidence
from chains.checking.found import finding
from chains.checking.words import lexicon
from chains.drafts import Finding
from chains.periods import Period
from chains.scan import Duration


def check_tone(evidence: Evidence) -> Iterator[Finding]:
    """Yield hedges without a fact, next steps without owner or date, asks without a day and bad news at the end."""
    data = lexicon("soft")
    text = evidence.draft.text
    for hit in re.finditer(data["hedge"], text, re.IGNORECASE):
        yield finding(
            evidence,
            "info",
            "hedge",
            hit.start(),
            hit.end(),
            f"“{hit.group()}” promises without a fact.",
            "Say what it rests on, or what is still open.",
        )
    dated = [p for p in evidence.draft.places if p.days or isinstance(p.mention.value, Period | Duration)]
    for hit in re.finditer(data["next_step"], text, re.IGNORECASE):
        sentence = evidence.draft.at(hit.start())
        if sentence is None or any(p.sentence is sentence for p in dated):
            continue
        yield finding(
            evidence,
            "info",
            "next_step",
            hit.start(),
            hit.end(),
            "This next step has no day.",
            "Say who does it by when.",
        )
    asks = list(re.finditer(data["ask"], text, re.IGNORECASE))
    if asks and not re.search(data["decide_by"], text, re.IGNORECASE):
        hit = asks[0]
        yield finding(
            evidence,
            "info",
            "ask",
            hit.start(),
            hit.end(),
            "The ask names no day by which you need the answer.",
            "Say by when you need a yes or no, and why then.",
        )
    bad = [h.start() for h in re.finditer(data["bad_news"], text, re.IGNORECASE)]
    if bad and len(text) > 600 and bad[0] > len(text) * 2 // 3:
        yield finding(
            evidence,
            "info",
            "late_bad_news",
            bad[0],
            min(len(text), bad[0] + 30),
            "The bad news comes in the last third.",
            "Move it up, right behind the answer.",
        )
