"""What was not understood: the marked notes and what was taken from them come in, the lines left over go out.

Only lines that look like deal notes are listed: an amount, a category or a close date that went into no deal.
"""

from bisect import bisect_right
from collections.abc import Sequence

from chains.deals import Commitment, Fact, Statement, Unread
from chains.kinds import StatementKind
from chains.reading.accounts.pieces import Piece
from chains.reading.layout.marked import Marked
from chains.reading.places import Lines, merged


def not_understood(
    marked: Marked,
    pieces: Sequence[Piece],
    lines: Lines,
    taken: Sequence[tuple[int, int]],
    statements: Sequence[Fact[Statement]],
    commitments: Sequence[Fact[Commitment]],
) -> list[Unread]:
    """Return the sentences with deal-like content that gave nothing, each with its line."""
    used = {p.sentence for p in pieces if not p.lent}
    framed = [s for s in statements if s.value.kind is not StatementKind.CONTEXT]
    ranges = merged([*taken, *((s.start, s.end) for f in (*framed, *commitments) for s in f.spans)])
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
            reason = (
                "Words to a machine: kept as text, not obeyed."
                if machine
                else "No account is named here. Put the account first if it is a deal."
            )
            found.append(Unread(lines.span(start, end), reason))
    return found
