"""What was not understood: the marked notes and what was taken from them come in, the lines left over go out.

Only lines that look like deal notes are listed: an amount, a category or a close date that went into no deal.
"""

from bisect import bisect_right
from collections.abc import Sequence

from chains.deals import Commitment, Fact, Span, Statement, Unread
from chains.kinds import StatementKind
from chains.reading.accounts.pieces import Piece
from chains.reading.layout.marked import Marked


def not_understood(
    marked: Marked,
    pieces: Sequence[Piece],
    lines: Sequence[int],
    taken: Sequence[tuple[int, int]],
    statements: Sequence[Fact[Statement]],
    commitments: Sequence[Fact[Commitment]],
) -> list[Unread]:
    """Return the sentences with deal-like content that gave nothing, each with its line."""
    used = {p.sentence for p in pieces if not p.lent}
    framed = [s for s in statements if s.value.kind is not StatementKind.CONTEXT]
    ranges = _merged([*taken, *((s.start, s.end) for f in (*framed, *commitments) for s in f.spans)])
    opens = [a for a, _ in ranges]
    tokens = marked.stream.tokens
    found: list[Unread] = []
    for sentence in marked.clauses.sentences:
        if sentence.index in used or marked.units[sentence.unit].first.header:
            continue
        start, end = tokens[sentence.first].start, tokens[sentence.last - 1].end
        i = bisect_right(opens, end - 1) - 1
        if i >= 0 and ranges[i][1] > start:
            continue
        money = any(t.kind == "money" and not t.bare for t in tokens[sentence.first : sentence.last])
        told = {h.group for h in marked.between(sentence.first, sentence.last, "category", "signed", "date_cue")}
        machine = marked.between(sentence.first, sentence.last, "machine")
        if machine or (money and "category" in told) or ("category" in told and "date_cue" in told):
            span = Span(start, end, marked.stream.notes[start:end], bisect_right(lines, start))
            reason = (
                "Words to a machine: kept as text, not obeyed."
                if machine
                else "No account is named here. Put the account first if it is a deal."
            )
            found.append(Unread(span, reason))
    return found


def _merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges sorted, with those that touch put together."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
