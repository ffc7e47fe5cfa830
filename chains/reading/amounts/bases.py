"""What the notes say once for all amounts: marked notes and mentions come in, the basis of each account goes out.

"all ARR", "everything one-time", "amounts = ACV", "all ARR xcept Marlin (thats TCV)".
"""

from collections.abc import Sequence, Set

from chains.kinds import Basis
from chains.reading.accounts.mentions import Mention
from chains.reading.layout.marked import Marked
from chains.reading.layout.tokens import Token

_ALL = frozenset(
    "everywhere always all everything every each amounts numbers figures values prices totals money dollars euros "
    "whatever across amts amt figs sums fees quotes rates"
    " throughout unless alle alles tout todo tudo tutto alt allt alles også also too likewise".split()
)
_EXCEPT = frozenset("except xcept bar but excluding excl besides apart unless without not".split())
_BASES: tuple[tuple[tuple[str, ...], Basis], ...] = (
    (("arr",), Basis.ARR), (("annual", "recurring"), Basis.ARR), (("a", "r", "r"), Basis.ARR),
    (("mrr",), Basis.MRR), (("monthly", "recurring"), Basis.MRR), (("m", "r", "r"), Basis.MRR),
    (("acv",), Basis.ACV), (("annual", "contract", "value"), Basis.ACV), (("a", "c", "v"), Basis.ACV),
    (("tcv",), Basis.TCV), (("total", "contract", "value"), Basis.TCV), (("t", "c", "v"), Basis.TCV),
    (("one", "time"), Basis.ONE_TIME), (("one", "off"), Basis.ONE_TIME), (("onetime",), Basis.ONE_TIME),
    (("oneoff",), Basis.ONE_TIME), (("nonrecurring",), Basis.ONE_TIME), (("non", "recurring"), Basis.ONE_TIME),
    (("capex", "only"), Basis.ONE_TIME), (("1", "time"), Basis.ONE_TIME),
)  # fmt: skip
_OPENING = frozenset(words[0] for words, _ in _BASES)
_REACH = 10  # words between "all" and the basis
_HEAD = 80  # tokens in which a line over everything stands
_SAID = 16  # tokens between a word for all figures and what they are
_CLOSE_BY = 6  # tokens between what figures are and "for all of them"
_SHORT = 6  # words of a line that only says what the figures are
_PLAIN = {
    **dict.fromkeys(("yearly", "annual", "annually", "recurring", "subscription", "subscriptions"), Basis.ARR),
    **dict.fromkeys(("jährlich", "annuel", "jaarlijks", "årlig", "årligt", "annuale", "anual", "rocznie"), Basis.ARR),
    **dict.fromkeys(("monthly", "mensual", "mensuel", "monatlich"), Basis.MRR),
    **dict.fromkeys(("once", "oneshot", "nonrecurring", "einmalig"), Basis.ONE_TIME),
}  # fmt: skip
_WORTH = frozenset(
    (
        "fee fees revenue figures numbers values amounts money subscription subscriptions contracts licences licenses "
        "and unless except in"
    ).split()
)
_BEHIND = frozenset("across everywhere throughout everything all always also too likewise".split())


def default_bases(marked: Marked, mentions: Sequence[Mention]) -> tuple[Basis | None, dict[int, Basis]]:
    """Return the basis that holds for all amounts and those of the accounts that are taken out."""
    tokens = marked.stream.tokens
    by_token = {m.first: m for m in mentions}
    general: Basis | None = None
    single: dict[int, Basis] = {}
    for i, token in enumerate(tokens):
        if token.low not in _ALL:
            continue
        sentence = marked.clauses.sentence_of[i]
        found = _basis_near(marked, i) or _basis_before(marked, i)
        if found is None:
            continue
        basis, last = found
        if general is not None:
            continue
        between = tokens[min(i, last) : max(i, last)]
        if any(t.kind == "money" for t in between) or any(j in by_token for j in range(min(i, last), max(i, last))):
            continue
        general = basis
        j = last
        out: Mention | None = None
        excepting = False
        while (
            j < len(tokens)
            and j - last < 30
            and (sentence < 0 or marked.clauses.sentence_of[j] in (sentence, sentence + 1))
        ):
            if tokens[j].low in _EXCEPT:
                excepting = True
            if excepting and j in by_token:
                out = by_token[j]
            other = basis_at(marked, j) or _worded_at(marked, j)
            if out is not None and other is not None:
                single[out.account] = other[0]
                out = None
            j += 1
    return general or _said_of_all(marked, by_token.keys()) or _over_all(marked, mentions), single


def _worded_at(marked: Marked, j: int) -> tuple[Basis, int] | None:
    """Return the basis that everyday words at a token name: that's recurring, 12,600 a year."""
    wording = marked.opening(j, "worth")
    return (Basis(wording.name), wording.last) if wording is not None else None


def _said_of_all(marked: Marked, named: Set[int]) -> Basis | None:
    """Return the basis that a wording behind a word for all figures gives them: every sum here is the fee per month."""
    tokens = marked.stream.tokens
    for i in range(len(tokens)):
        subject = marked.opening(i, "worth_of")
        if subject is None:
            continue
        for j in range(subject.last, min(subject.last + _SAID, len(tokens))):
            stop = j in named or tokens[j].kind in ("money", "percent") or tokens[j].low in (";", "?")
            if stop or not (_together(marked, i, j) or _aside(marked, i, j)):
                break
            wording = marked.opening(j, "worth")
            if wording is not None and not _priced(marked, wording.last, i):
                return Basis(wording.name)
        for j in range(max(0, i - _CLOSE_BY), i):  # per annum for all of them
            wording = marked.opening(j, "worth")
            between = tokens[wording.last : i] if wording is not None else []
            if wording is None or wording.last > i or not _together(marked, j, i):
                continue
            if not any(t.kind != "word" for t in (*tokens[max(0, j - 2) : j], *between) if t.kind != "mark"):
                return Basis(wording.name)
    return _in_brackets(marked)


def _in_brackets(marked: Marked) -> Basis | None:
    """Return the basis that brackets before a colon give what follows: the rest (purchase price, one payment): ..."""
    tokens = marked.stream.tokens
    for hit in marked.hits:
        if hit.group != "worth":
            continue
        inside = tokens[hit.last : hit.last + _SHORT]
        closed = next((k for k, t in enumerate(inside, hit.last) if t.low == ")"), None)
        if closed is None or any(t.low == "(" or t.kind != "word" for t in tokens[hit.last : closed] if t.low != ","):
            continue
        if closed + 1 < len(tokens) and tokens[closed + 1].low == ":":
            return Basis(hit.name)
    return None


def _aside(marked: Marked, i: int, j: int) -> bool:
    """Tell whether two tokens stand in one line that opens with the first, a bracket apart: (kronor. paid once)."""
    tokens, a, b = marked.stream.tokens, marked.clauses.sentence_of[i], marked.clauses.sentence_of[j]
    if min(a, b) < 0 or marked.clauses.sentences[a].unit != marked.clauses.sentences[b].unit:
        return False
    opened = i - 1 if i and tokens[i - 1].low == "(" else i
    return tokens[opened].low == "(" and all(t.low != ")" for t in tokens[i:j])


def _priced(marked: Marked, last: int, opened: int) -> bool:
    """Tell whether a figure stands right behind a wording, which makes it the wording of that figure."""
    tokens = marked.stream.tokens
    near = range(last, min(last + 3, len(tokens)))
    return any(tokens[j].kind == "money" and _together(marked, opened, j) for j in near)


def _over_all(marked: Marked, mentions: Sequence[Mention]) -> Basis | None:
    """Return the basis that a line above all deals names without more ado: "k$, ARR. FY starts in Feb"."""
    tokens = marked.stream.tokens
    stop = min((m.first for m in mentions), default=len(tokens))
    named = {m.first for m in mentions}
    leading = [
        i
        for s in marked.clauses.sentences
        if s.first >= stop and tokens[s.last - 1].low == ":" and not named & set(range(s.first, s.last))
        for i in range(s.first, s.last)
    ]
    leading += [
        i
        for s in marked.clauses.sentences
        if (_HEAD <= s.last <= stop or marked.units[s.unit].first.heading) and _titles(tokens[s.first : s.last])
        for i in range(s.first, s.last)
    ]
    for i in (*range(min(stop, _HEAD)), *leading):
        found = basis_at(marked, i)
        if found is None and i + 1 < len(tokens) and tokens[i].low in _PLAIN and tokens[i + 1].low in _WORTH:
            found = _PLAIN[tokens[i].low], i + 2
        wording = marked.opening(i, "worth")
        if found is None and wording is not None:
            found = Basis(wording.name), wording.last
        if found is None or marked.clauses.sentence_of[i] < 0:
            continue
        sentence = marked.clauses.sentences[marked.clauses.sentence_of[i]]
        inside = tokens[sentence.first : sentence.last]
        if (sentence.last > stop and i < stop) or any(t.kind in ("money", "percent") for t in inside):
            continue
        told = next((k for k, t in enumerate(inside) if t.low in _UNLESS), len(inside))
        if sum(1 for t in inside[:told] if t.kind == "word") <= _SHORT or _whole_clause(marked, i, found[1]):
            return found[0]
    return None


_UNLESS = frozenset("if unless except where but only".split())  # they open what is taken out

_DEALS = frozenset("deals pipeline forecast accounts opps opportunities".split())


def _titles(line: Sequence[Token]) -> bool:
    """Tell whether a line only says what is listed below it: "deals, ARR"."""
    said = [t for t in line if t.kind == "word"]
    return len(said) <= _SHORT and any(t.low in _DEALS for t in said)


def _whole_clause(marked: Marked, first: int, last: int) -> bool:
    """Tell whether tokens are all the words that their clause holds."""
    opened, closed = marked.clauses.clause(first)
    tokens = marked.stream.tokens
    return all(tokens[j].kind == "mark" for j in (*range(opened, first), *range(last, closed)))


def _plainly(marked: Marked, i: int) -> Basis | None:
    """Return the basis that an everyday word gives all amounts: everything yearly, all per month, all once."""
    tokens = marked.stream.tokens
    low, following = tokens[i].low, tokens[i + 1] if i + 1 < len(tokens) else None
    if low in ("per", "a", "each", "every") and following is not None:
        return {"year": Basis.ARR, "month": Basis.MRR, "annum": Basis.ARR}.get(following.low)
    open_end = following is None or following.kind == "mark" or following.low in _WORTH
    return _PLAIN.get(low) if open_end or marked.clauses.sentence_of[i] != marked.clauses.sentence_of[i + 1] else None


def basis_at(marked: Marked, i: int) -> tuple[Basis, int] | None:
    tokens = marked.stream.tokens
    if i >= len(tokens):
        return None
    token = tokens[i]
    if token.kind == "word" and token.low not in _OPENING:
        return None
    for words, basis in _BASES:
        j, k = i, 0
        while j < len(tokens) and k < len(words):
            if tokens[j].low == "-" and k:
                j += 1
                continue
            if tokens[j].low != words[k] and not (tokens[j].kind != "word" and tokens[j].text.casefold() == words[k]):
                break
            j += 1
            k += 1
        if k == len(words):
            return basis, j
        joined = "".join(words)
        if (
            len(words) > 1
            and tokens[i].kind == "duration"
            and joined in tokens[i].text.casefold().replace(" ", "").replace("-", "")
        ):
            return basis, i + 1
    return None


def _basis_before(marked: Marked, i: int) -> tuple[Basis, int] | None:
    """Return the basis just before a word for everything: ACV everywhere, one-time like everything here."""
    tokens = marked.stream.tokens
    if tokens[i].low not in _BEHIND:
        return None
    if tokens[i].low in ("also", "too", "likewise") and _of_one(marked, i):
        return None
    for j in range(max(0, i - 4), i):
        found = basis_at(marked, j)
        if (
            found
            and found[1] <= i
            and all(t.low in ("like", "as", "for", "for", "with", "is", "-", ",") for t in tokens[found[1] : i])
        ):
            return found[0], i
    return None


def _of_one(marked: Marked, i: int) -> bool:
    """Tell whether the clause of a word like "also" tells of one deal: it holds a figure."""
    first, last = marked.clauses.clause(i)
    return any(t.kind in ("money", "count", "percent", "date") for t in marked.stream.tokens[first:last])


def _basis_near(marked: Marked, i: int) -> tuple[Basis, int] | None:
    """Return the basis that a word like "all" reaches, a few words on, or just before "unless noted"."""
    tokens = marked.stream.tokens
    if tokens[i].low == "unless":
        if any(t.low in ("noted", "stated", "otherwise", "marked", "said", "say") for t in tokens[i + 1 : i + 5]):
            for j in range(max(0, i - 3), i):
                found = basis_at(marked, j)
                if found:
                    return found
        return None
    if tokens[i].low in ("also", "too", "likewise"):
        return None
    for j in range(i + 1, min(i + 1 + _REACH, len(tokens))):
        if not _together(marked, i, j) or (tokens[j].kind == "mark" and tokens[j].low in (".", ";")):
            break
        found = basis_at(marked, j)
        if found:
            return found
    for j in range(i + 1, min(i + 6, len(tokens))):
        if not _together(marked, i, j) or tokens[j].low in (".", ";"):
            return None
        plain = _plainly(marked, j)
        if plain is not None:
            return plain, j + 1
    return None


def _together(marked: Marked, i: int, j: int) -> bool:
    """Tell whether two tokens stand in one sentence, or, where notes were dictated without marks, in one paragraph."""
    a, b = marked.clauses.sentence_of[i], marked.clauses.sentence_of[j]
    if a == b or min(a, b) < 0:
        return a == b
    one, other = marked.clauses.sentences[a], marked.clauses.sentences[b]
    return one.dictated and other.dictated and one.unit == other.unit
