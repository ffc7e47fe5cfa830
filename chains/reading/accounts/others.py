"""Whose deals are somebody else's: marked notes and mentions come in, the accounts a remark gives away go out."""

from collections.abc import Sequence

from chains.reading.accounts.mentions import FOREIGN, Mention
from chains.reading.accounts.pieces import Piece
from chains.reading.accounts.registry import Registry
from chains.reading.layout.marked import Marked


def others_deals(
    marked: Marked, registry: Registry, pieces: Sequence[Piece], mentions: Sequence[Mention]
) -> dict[int, Piece]:
    """Return the accounts of an export that a remark calls somebody else's, with the remark."""
    found: dict[int, Piece] = {}
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(marked.clauses.sentence_of[mention.first], []).append(mention)
    for sentence, inside in by_sentence.items():
        first, last = marked.clauses.sentences[sentence].first, marked.clauses.sentences[sentence].last
        told = [h.first for h in marked.between(first, last, "frame") if h.name == "colleague"]
        theirs = {max((m for m in inside if m.first <= i), key=lambda m: m.first, default=inside[0]) for i in told}
        theirs |= {m for m in inside if _whose(marked, m.last)}
        for mention in theirs:
            if mention.account != FOREIGN and registry.accounts[mention.account].exported:
                own = (p for p in pieces if (p.account, p.sentence) == (mention.account, sentence))
                unit = marked.clauses.sentences[sentence].unit
                remark = next(own, Piece(mention.account, mention.first, last, unit, sentence))
                found.setdefault(mention.account, remark)
    return found


def _whose(marked: Marked, i: int) -> bool:
    """Tell whether a name is followed by whose deal it is: Globex is Tyler's, so not mine."""
    run = marked.stream.tokens[i : i + 4]
    if len(run) < 3 or run[0].low not in ("is", "s", "="):
        return False
    ends = len(run) < 4 or run[3].kind == "mark" or run[3].low in ("so", "not", "and", "deal", "account", "one", "now")
    return run[1].capital and run[1].kind == "word" and run[2].low in ("s", "'s", "’s") and ends
