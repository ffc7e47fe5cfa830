"""Who the notes may be about: the stream, its layout and cues come in, candidate account names go out.

A candidate is a run of tokens that could be an account: the head of a line, a run of capitals, or, where nothing is
capitalised, the words before an amount. What makes it one is weighed later, by what is said of it.
"""

from chains.reading.accounts.contacts import Contacts
from chains.reading.accounts.name_ends import ARTICLES, FORMS, ORDINALS, PAPERS, name_end, name_goes_on, plausible
from chains.reading.accounts.name_parts import and_between, article_of_a_deal, counts_off, did, numbering
from chains.reading.accounts.names_lower import civic, flat, lower_runs, slot_runs
from chains.reading.layout.labels import MARKS, codes, label_at, shouted
from chains.reading.layout.marked import Candidate, Marked, Where
from chains.reading.layout.tokens import Token
from chains.reading.layout.units import Unit
from chains.reading.lexicon import wordlists

_GREETINGS = frozenset(
    "hi hello hey dear hallo liebe lieber hola bonjour morning thanks thank cheers regards best".split()
)
_TITLES_OF_ACCOUNTS = frozenset(
    "account customer deal opp opportunity company client cliente kunde compte cuenta empresa firma konto"
    " azienda".split()
)


def candidates(marked: Marked) -> list[Candidate]:
    """Return every candidate in the order of the notes; a head wins over what else starts at the same token."""
    found: dict[int, Candidate] = {}
    for unit in marked.units:
        if unit.index in marked.cells or unit.first.section or unit.first.keyed:
            continue
        if unit.first.header and unit.first.header not in ("subject", "betreff", "asunto", "objet"):
            continue
        head = _head(marked, unit)
        if head:
            found[head.first] = head
    heads = {c.unit: c for c in found.values()}
    lower = flat(marked, 0, len(marked.stream.tokens))  # the notes as a whole hardly use capitals
    slots = frozenset(marked.once(Contacts).slots()) if lower else frozenset()
    for sentence in marked.clauses.sentences:
        unit = marked.units[sentence.unit]
        if unit.first.header or unit.index in marked.cells:
            continue
        taken = [(heads[unit.index].first, heads[unit.index].last)] if unit.index in heads else []
        for first, last in _capital_runs(marked, sentence.first, sentence.last):
            if any(a < last and first < b for a, b in taken) or _article_before(marked, first, last, sentence.last):
                continue
            found.setdefault(first, _candidate(marked, first, last, "prose", unit.index))
            taken.append((first, last))
        if not flat(marked, sentence.first, sentence.last):
            continue
        for first, last in lower_runs(marked, sentence.first, sentence.last):
            if not any(a < last and first < b for a, b in taken):
                found.setdefault(first, _candidate(marked, first, last, "dictated", unit.index))
                taken.append((first, last))
        for first, last in slot_runs(marked, slots, sentence.first, sentence.last) if lower else ():
            if not any(a < last and first < b for a, b in taken):
                found.setdefault(first, _candidate(marked, first, last, "dictated", unit.index))
    for first in [f for f, c in found.items() if c.where == "dictated" and civic(marked, f)]:
        name = found.pop(first)
        opened = found.get(first - 2)
        where = opened.where if opened is not None else name.where
        found[first - 2] = _candidate(marked, first - 2, name.last, where, name.unit)
    for first in [f for f in found if article_of_a_deal(marked, found[f])]:
        named = found.pop(first)
        found.setdefault(first + 1, _candidate(marked, first + 1, named.last, named.where, named.unit))
    alone = {c.text.casefold() for c in found.values() if c.last - c.first == 1}
    for first in [f for f in found if and_between(marked, found[f], alone)]:
        pair = found.pop(first)
        joint = and_between(marked, pair, alone)
        found[first] = _candidate(marked, first, joint, pair.where, pair.unit)
        found.setdefault(joint + 1, _candidate(marked, joint + 1, pair.last, "prose", pair.unit))
    for first in [f for f in found if did(marked, found[f])]:
        named = found.pop(first)
        found.setdefault(first + 1, _candidate(marked, first + 1, named.last, named.where, named.unit))
    counted = numbering(marked)
    for first in [f for f in found if f in counted and found[f].last > f + 1]:
        bare = found.pop(first)
        found.setdefault(first + 1, _candidate(marked, first + 1, bare.last, bare.where, bare.unit))
    return [found[i] for i in sorted(found)]


def _candidate(marked: Marked, first: int, last: int, where: Where, unit: int) -> Candidate:
    while where == "prose" and last - first > 1 and marked.stream.tokens[last - 1].low in PAPERS:
        last -= 1
    return Candidate(first, last, where, unit, marked.stream.text(first, last))


def _head(marked: Marked, unit: Unit) -> Candidate | None:
    stream, tokens = marked.stream, marked.stream.tokens
    words = wordlists()
    span = stream.within(unit.first.start, unit.first.end)
    i, stop = span.start, span.stop
    while (
        i < stop
        and tokens[i].kind == "mark"
        and tokens[i].low in ("**", "*", "_", "#", ">", "~", "[", "]", "(", '"', "^", ".", "..", "…", "!")
    ):
        i += 1
    if i < stop and tokens[i].low in _GREETINGS:
        return None
    i = _behind_label(marked, i, stop)
    if i + 1 < stop and tokens[i].kind == "date" and tokens[i].text[:1].isdigit() and tokens[i + 1].capital:
        i += 1  # a log: 14/04 Textiles Sol
    skipped = 0
    while (
        i < stop - 1
        and skipped < 3
        and tokens[i].low in words["leadins"]
        and not (tokens[i].capital and tokens[i + 1].capital and (skipped or tokens[i].low in ORDINALS))
    ):
        nxt = tokens[i + 1]
        if (
            nxt.kind == "mark"
            and nxt.low in (":", ",")
            and i + 2 < stop
            and skipped == 0
            and tokens[i].low
            in (
                "account",
                "customer",
                "deal",
                "opp",
                "opportunity",
                "regarding",
                "re",
                "fwd",
                "fw",
                "aw",
                "wg",
                "tr",
                "rv",
                "news",
                "new",
                "ok",
                "oh",
                "sorry",
                "wait",
                "oops",
                "ooops",
                "correction",
                "actually",
                "typo",
                "edit",
            )
        ):
            i += 2
            skipped += 1
            continue
        if nxt.kind == "mark":
            break
        i += 1
        skipped += 1
    if i + 1 < stop and tokens[i].text == "the" and tokens[i + 1].capital:
        i += 1  # "on the Brightwater side"
    if i + 1 < stop and tokens[i].low == "lost" and tokens[i + 1].capital and _lost_to_somebody(marked, i + 1, stop):
        i += 1
    first = i
    if (
        first < stop
        and tokens[first].low in _TITLES_OF_ACCOUNTS
        and first + 1 < stop
        and tokens[first + 1].low in (":", "=")
    ):
        first = i = first + 2
    last = name_end(marked, first, stop, head=True)
    if last <= first or not plausible(tokens[first:last]):
        return None
    return _candidate(marked, first, last, "heading" if unit.first.heading else "head", unit.index)


def _behind_label(marked: Marked, i: int, stop: int) -> int:
    """Return where a line goes on behind a category that opens it as a label: `commit; Globex; 80k`."""
    tokens = marked.stream.tokens
    label = label_at(marked, i, stop)
    if label is not None:
        return label[1] if label[1] < stop else i
    hit = marked.opening(i, "category", "stage") if i < stop else None
    coded = i < stop and (tokens[i].low in codes() or tokens[i].text.casefold() in codes())
    last = hit.last if hit else i + 1 if coded else i
    if last > i and last + 1 < stop and tokens[last].low in MARKS:
        return last + 1
    if last > i and last < stop and shouted(tokens[i:last]) and _named_plainly(tokens[last]):
        return last  # LOST Globex 150k: a name does not go from capitals to small letters
    return i


def _lost_to_somebody(marked: Marked, i: int, stop: int) -> bool:
    """Tell whether behind "lost" a name and its figures lead on to whom: Lost Globex (60k) to Vendora."""
    tokens = marked.stream.tokens
    for j in range(i + 1, min(stop - 1, i + 12)):
        if tokens[j].low in (".", ";", ":"):
            return False
        if tokens[j].low == "to" and tokens[j + 1].capital:
            return True
    return False


def _named_plainly(token: Token) -> bool:
    return token.kind == "word" and token.text[:1].isupper() and not token.text.isupper()


def _capital_runs(marked: Marked, first: int, last: int) -> list[tuple[int, int]]:
    """Return the runs of capitals in a stretch that may be names."""
    tokens = marked.stream.tokens
    words = wordlists()
    found: list[tuple[int, int]] = []
    i = first + counts_off(marked, first)
    while i < last:
        token = tokens[i]
        opens = (token.kind == "word" and token.capital) or (
            token.kind in ("count", "money", "date")
            and i + 1 < last
            and tokens[i + 1].kind == "word"
            and tokens[i + 1].capital
            and tokens[i + 1].low not in words["function"]
            and tokens[i + 1].low not in words["ordinary"]
            and not tokens[i + 1].text.isupper()
            and token.text[0].isdigit()
        )
        if token.low in words["roles"] and token.kind == "word":
            i += 1
            continue
        if not opens or (
            token.kind == "word"
            and (token.low in words["function"] or token.low in words["ordinary"])
            and not name_goes_on(tokens, i, last)
        ):
            i += 1
            continue
        end = name_end(marked, i, last, head=False)
        # in running text a name ends with its capitals
        while end > i + 1 and not (
            tokens[end - 1].capital
            or tokens[end - 1].low in words["company"]
            or tokens[end - 1].text in FORMS
            or (tokens[end - 1].kind in ("count", "mark"))
        ):
            end -= 1
        stop = i + 1
        for j in range(i + 1, end):
            t = tokens[j]
            own = t.low == "s" and j + 1 < end and tokens[j + 1].capital  # St. Alban's General
            told = t.capital or t.low in words["joining"] or t.low in words["company"] or t.text in FORMS
            if t.kind == "word" and not told and not own:
                break
            stop = j + 1
        end = min(end, stop)
        while end > i and (
            (tokens[end - 1].kind == "mark" and tokens[end - 1].low != ".") or tokens[end - 1].low in words["joining"]
        ):
            end -= 1
        if end > i and plausible(tokens[i:end]):
            found.append((i, end))
            i = end
        else:
            i += 1
    return found


def _article_before(marked: Marked, first: int, last: int, stop: int) -> bool:
    """Tell whether a capital only describes a thing: the Ohio sites, our London office."""
    tokens = marked.stream.tokens
    nxt = tokens[last] if last < stop else None
    if (
        first
        and tokens[first - 1].low in ("that", "this")
        and any(h.group == "customer" for h in marked.at.get(last, ()))
    ):
        return False  # "except that Ostler paid"
    return bool(
        first
        and tokens[first - 1].low in ARTICLES
        and nxt is not None
        and nxt.kind == "word"
        and nxt.low not in wordlists()["function"]
        and nxt.low not in wordlists()["qualifiers"]
    )
