"""Which candidates are accounts: marked notes and the exports' accounts come in, a `Registry` and every mention go out.

No list of customers: a candidate is weighed by its shape and by what is said of it (money, category, dates, stage),
against the signs of a person, a competitor, a colleague's deal or a deal that is only an example.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chains.deals import Money
from chains.reading.lexicon import wordlists
from chains.reading.names import Candidate, Marked, candidates
from chains.reading.registry import Account, Registry, core, key
from chains.reading.tokens import Token

ENOUGH = 4.5
ENOUGH_OF = frozenset("money category signed lost section stage date odds".split())
SMALL = frozenset(
    "at is s for about around roughly now still its it worth approx ca circa our the a of are was stands on thats that with to".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold tokens `first` up to and without `last` that name an account; `head` where they open their unit."""

    first: int
    last: int
    account: int
    head: bool = False
    told: bool = False  # what is said behind it made it an account


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what a candidate's surroundings say: its score and which kinds of deal facts stand there."""

    score: float
    facts: frozenset[str]


def find_accounts(marked: Marked, exported: Sequence[tuple[str, Sequence[str]]]) -> tuple[Registry, list[Mention]]:
    """Weigh every candidate, gather the accounts and return where each is named."""
    registry = Registry()
    for name, aliases in exported:
        known = registry.exact(name)
        if known is None:
            registry.add(name, [a for a in aliases if a and key(a) != key(name)], exported=True, order=-1)
    found = candidates(marked)
    people = _people(marked)
    weighed: list[tuple[Candidate, Told]] = []
    headed: set[int] = set()  # units that an account heads
    for candidate in sorted(found, key=lambda c: (c.where not in ("heading", "head"), c.first)):
        told = weigh(marked, candidate, found, people, frozenset(headed))
        weighed.append((candidate, told))
        if candidate.where in ("heading", "head") and told.score >= ENOUGH:
            headed.add(candidate.unit)
    heads: dict[int, Account] = {}
    strong: set[int] = set()
    for candidate, told in sorted(
        weighed, key=lambda w: (w[0].where not in ("heading", "head"), -w[1].score, w[0].first)
    ):
        known = _known(registry, marked, candidate)
        if known is not None:
            heads[candidate.first] = known
            _fuller(registry, known, candidate, told)
            continue
        listed = told.facts != {"section"} or marked.units[candidate.unit].first.bullet
        if told.score >= ENOUGH and told.facts & ENOUGH_OF and listed:
            account = registry.add(_typed(marked, candidate), order=marked.stream.tokens[candidate.first].start)
            strong.add(candidate.first)
            _bracketed(registry, account, marked, candidate)
            heads[candidate.first] = account
    for candidate in found:
        _grown(registry, candidate)
    return registry, _mentions(marked, registry, found, heads, strong)


def _known(registry: Registry, marked: Marked, candidate: Candidate) -> Account | None:
    tokens = marked.stream.tokens
    exact = registry.exact(candidate.text)
    if exact is not None:
        return exact
    hit = registry.resolve(tokens, candidate.first, candidate.last, head=candidate.where == "head")
    if hit and len(hit[0]) == 1:
        account = registry.accounts[hit[0][0]]
        rest = [t for t in tokens[hit[1] : candidate.last] if t.kind == "word"]
        named = core(key(account.name))
        said = core(key(candidate.text))
        if not rest or said[: len(named)] == named or named[: len(said)] == said:
            # a longer name with words of its own is somebody else, unless the words only say what kind of firm it is
            if rest and not all(t.low in wordlists()["company"] or not t.capital or _short(t, account) for t in rest):
                return None
            return account
        if all(_short(t, account) or not t.capital for t in rest):
            return account
    return None


def _short(token: Token, account: Account) -> bool:
    """Tell whether a word is a word of the account's name with letters left out: Ptnrs for Partners."""
    for word in key(account.name):
        if word[:1] == token.low[:1] and len(token.low) >= 3:
            letters = iter(word)
            if all(c in letters for c in token.low):
                return True
    return False


def _fuller(registry: Registry, account: Account, candidate: Candidate, told: Told) -> None:
    if account.exported:
        if key(candidate.text) != key(account.name):
            registry.alias(account, candidate.text)
        return
    mine, other = core(key(account.name)), core(key(candidate.text))
    if len(other) > len(mine) and other[: len(mine)] == mine and candidate.text[:1].isupper():
        registry.rename(account, candidate.text)
    elif key(candidate.text) != key(account.name):
        account.call(candidate.text)


def _grown(registry: Registry, candidate: Candidate) -> None:
    """Take a fuller form that running text gives: Globex, later Globex Industries."""
    said = key(candidate.text)
    for account in registry.accounts:
        mine = core(key(account.name))
        if account.exported or len(said) <= len(mine) or said[: len(mine)] != mine or not candidate.text[:1].isupper():
            continue
        if (
            all(w in wordlists()["company"] for w in said[len(mine) :])
            and candidate.where != "dictated"
            and said != key(account.name)
        ):
            registry.rename(account, candidate.text)


def _typed(marked: Marked, candidate: Candidate) -> str:
    """Return the name as it would be typed: dictated words get their capitals."""
    unit = marked.units[candidate.unit]
    tokens = marked.stream.tokens
    sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
    text = " ".join(candidate.text.split())
    if not sentence.dictated and not _spoken(marked, unit.start, unit.end):
        return text.strip("*_~ ")
    joining = wordlists()["joining"]
    return " ".join(
        t.text if t.low in joining or t.capital else t.text[:1].upper() + t.text[1:]
        for t in tokens[candidate.first : candidate.last]
    )


def _spoken(marked: Marked, start: int, end: int) -> bool:
    """Tell whether a unit was dictated: long, and with neither capitals nor digits."""
    text = marked.stream.notes[start:end]
    return (
        len(text) > 120
        and text == text.lower()
        and not any(c.isdigit() for c in text)
        and sum(text.count(c) for c in ",.;:") * 60 < len(text)
    )


def _bracketed(registry: Registry, account: Account, marked: Marked, candidate: Candidate) -> None:
    """Learn an acronym in brackets behind a name, or the full name behind an acronym."""
    tokens = marked.stream.tokens
    i = candidate.last
    if i >= len(tokens) or tokens[i].low not in ("(", "["):
        return
    j = i + 1
    while j < len(tokens) and j - i < 9 and tokens[j].low not in (")", "]"):
        j += 1
    inside = marked.stream.text(i + 1, j)
    words = key(inside)
    if not words:
        return
    name = "".join(key(account.name))
    if len(words) == 1 and inside.isupper() and len(inside) >= 2:
        letters = iter(name)
        if all(c in letters for c in words[0]):
            registry.alias(account, inside)
    elif account.name.isupper() and len(words) >= 2:
        initials = "".join(w[0] for w in words if w not in ("and", "of", "the"))
        if initials == key(account.name)[0]:
            registry.rename(account, inside)


def _people(marked: Marked) -> frozenset[tuple[str, ...]]:
    """Return names that stand where only people stand: behind a title or a part in the deal, before a role."""
    tokens = marked.stream.tokens
    words = wordlists()
    found: set[tuple[str, ...]] = set()
    for unit in marked.units:
        if unit.first.header in ("from", "to", "cc", "von", "an", "de", "para"):
            inside = [
                t for t in tokens[slice(*_bounds(marked, unit.start, unit.end))] if t.kind == "word" and t.capital
            ]
            found |= {(t.low,) for t in inside} | {(a.low, b.low) for a, b in zip(inside, inside[1:], strict=False)}
    for i, token in enumerate(tokens):
        if token.kind != "word":
            continue
        if token.low in words["titles"] and i + 1 < len(tokens) and token.text[:1].isupper():
            j = i + 1 + (tokens[i + 1].low == ".")
            if j < len(tokens) and tokens[j].capital:
                found.add((tokens[j].low,))
        hit = marked.opening(i, "role")
        if hit:
            j = hit.last
            while (
                j < len(tokens)
                and j - hit.last < 3
                and (
                    tokens[j].low in ("=", ":", "is", "s", "-", "still", "(", "was")
                    or tokens[j].low in ("*", "**", "–", "—", "->", '"')
                )
            ):
                j += 1
            if (
                j < len(tokens)
                and tokens[j].kind == "word"
                and tokens[j].capital
                and tokens[j].low not in words["function"]
            ):
                found.add((tokens[j].low,))
                if j + 1 < len(tokens) and tokens[j + 1].capital and tokens[j + 1].kind == "word":
                    found.add((tokens[j].low, tokens[j + 1].low))
        if token.capital and i + 2 < len(tokens) and tokens[i + 1].low in ("(", ","):
            j = i + 2
            if tokens[j].low in ("our", "their", "the", "its"):
                j += 1
            if j < len(tokens) and (tokens[j].low in words["roles"] or marked.opening(j, "role")):
                found.add((token.low,))
                if i and tokens[i - 1].capital and tokens[i - 1].kind == "word":
                    found.add((tokens[i - 1].low, token.low))
    return frozenset(found)


def _bounds(marked: Marked, start: int, end: int) -> tuple[int, int]:
    within = marked.stream.within(start, end)
    return within.start, within.stop


def weigh(
    marked: Marked,
    candidate: Candidate,
    found: Sequence[Candidate],
    people: frozenset[tuple[str, ...]],
    heads: frozenset[int] = frozenset(),
) -> Told:
    """Return how much speaks for a candidate being an account of the rep's own, and what is told of it."""
    tokens = marked.stream.tokens
    words = wordlists()
    run = [t for t in tokens[candidate.first : candidate.last] if t.kind == "word"]
    sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
    head = candidate.where in ("head", "heading")
    firm = run[-1].low in words["company"] and (len(run) > 1 or run[-1].text.isupper())
    score = 0.0
    capitals = sum(1 for t in run if t.capital)
    score += 1.0 if capitals and capitals >= len([t for t in run if t.low not in words["joining"]]) else 0.0
    score += 1.5 if firm else 0.0
    score += 0.5 if len(run) > 1 and capitals > 1 else 0.0
    score += 1.0 if any(any(c.isupper() for c in t.text[1:]) or any(c.isdigit() for c in t.text) for t in run) else 0.0
    known_words = all(t.low in words["ordinary"] or t.low in words["function"] for t in run)
    score += 0.5 if not known_words and len(run) > 0 else -1.0
    if candidate.where == "dictated" and sentence.dictated and any(_unknown(t) for t in run):
        score += 1.0
    after = tokens[candidate.last] if candidate.last < len(tokens) else None
    if head:
        score += 1.0
        score += (
            1.0
            if after is not None
            and (after.kind != "word" or marked.opening(candidate.last, "category", "signed", "lost_to", "date_cue"))
            else 0.0
        )
    facts: set[str] = set()
    region = _region(marked, candidate, found)
    adjacent = _adjacent_money(marked, candidate.last, sentence.last if not head else region[0][1])
    if adjacent:
        facts.add("money")
        score += 3.0 if adjacent == "money" else 1.5
    told = _told(marked, region)
    facts |= told
    score += 1.5 if "money" in told and not adjacent else 0.0
    if "money" in facts or "date" in facts or "category" in facts:
        score += 1.5 if _deal_word_next(marked, candidate.last, sentence.last) else 0.0
    if not head and "money" in told and not adjacent and _figure_first(marked, region, found):
        score += 1.0
    for fact, points in (
        ("category", 2.0),
        ("odds", 1.5),
        ("date", 1.0),
        ("stage", 1.0),
        ("signed", 1.5),
        ("lost", 1.5),
        ("moved", 1.0),
    ):
        score += points if fact in told else 0.0
    if head:
        score += 1.0 if "role" in told else 0.0
        score += 1.0 if "step" in told else 0.0
        if _section(marked, candidate):
            score += 2.0
            facts.add("section")
    score -= _against(marked, candidate, sentence.first, run, firm, people, told, head, heads)
    return Told(score, frozenset(facts))


def _figure_first(marked: Marked, region: Sequence[tuple[int, int]], found: Sequence[Candidate]) -> bool:
    """Tell whether an amount comes before anybody else is named."""
    tokens = marked.stream.tokens
    first, last = region[0]
    place = next(
        (i for i in range(first, min(last, len(tokens))) if tokens[i].kind == "money" and not tokens[i].bare), None
    )
    if place is None:
        return False
    return not any(first <= c.first < place and c.where != "dictated" and not _first_name(marked, c) for c in found)


def _deal_word_next(marked: Marked, i: int, last: int) -> bool:
    """Tell whether what follows a name at once says where a deal stands: Umbrella slipped, Hooli verbal."""
    tokens = marked.stream.tokens
    for j in range(i, min(i + 3, last)):
        if marked.opening(j, "category", "stage", "signed", "lost_to") or any(
            h.group == "risk" and h.name in ("timeline_slip", "gone_dark") for h in marked.at.get(j, ())
        ):
            return True
        if tokens[j].low in ("done", "dead", "dark", "stuck", "stalled", "quiet"):
            return True
        if not (
            tokens[j].kind == "mark"
            or tokens[j].low in SMALL
            or tokens[j].low.endswith("ly")
            or tokens[j].low in ("has", "just", "got", "went")
        ):
            return False
    return False


def _unknown(token: Token) -> bool:
    words = wordlists()
    return all(token.low not in words[name] for name in ("function", "ordinary", "first_names", "company", "labels"))


def _region(marked: Marked, candidate: Candidate, found: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Return the token ranges where facts about a candidate would stand."""
    stream, clauses = marked.stream, marked.clauses
    unit = marked.units[candidate.unit]
    sentence = clauses.sentences[clauses.sentence_of[candidate.first]]
    others = [
        c.first
        for c in found
        if c.first > candidate.last + 1
        and not any(
            h.group == "lost_to" for j in range(c.first - 3, c.first) for h in marked.at.get(j, ()) if h.last == c.first
        )
        and c.unit == candidate.unit
        and not _bracketed_behind(marked, candidate.last, c.first)
        and _adjacent_money(marked, c.last, c.last + 6)
    ]
    if candidate.where not in ("head", "heading"):
        stop = sentence.last
        if sentence.dictated:
            within = stream.within(unit.start, unit.end)
            stop = min(within.stop, candidate.last + 40)
        elif _in_passing(marked, candidate, sentence.first):
            stop = sentence.last
        else:
            dialogue = bool(unit.first.speaker)
            for after in clauses.sentences[sentence.index + 1 : sentence.index + (9 if dialogue else 4)]:
                if after.unit != candidate.unit and not dialogue:
                    break
                if any(
                    after.first <= c.first < after.first + 3
                    and c.where != "dictated"
                    and not (after.unit == candidate.unit and _first_name(marked, c))
                    for c in found
                    if after.first <= c.first < after.last
                ):
                    break
                stop = after.last
        ranges = [(candidate.last, min([stop, *others]))]
        if marked.stream.notes[unit.start : unit.end].rstrip().endswith(":"):
            for below in marked.units[unit.index + 1 : unit.index + 12]:
                if below.parent != unit.index:
                    break
                inside = stream.within(below.start, below.end)
                ranges.append((inside.start, inside.stop))
        return ranges
    within = stream.within(unit.start, unit.end)
    ranges = [(candidate.last, min([within.stop, *others]))]
    under = {unit.index}
    deals = {c.unit for c in found if c.where == "head" and _adjacent_money(marked, c.last, c.last + 7)}
    for below in marked.units[unit.index + 1 : unit.index + 40]:
        if below.parent in under or (candidate.where == "heading" and below.heading_of == unit.index):
            if below.index in deals and below.parent in under:
                continue
            under.add(below.index)
            inside = stream.within(below.start, below.end)
            ranges.append((inside.start, inside.stop))
        elif below.first.heading or candidate.where == "head":
            break
    return ranges


def _in_passing(marked: Marked, candidate: Candidate, opening: int) -> bool:
    """Tell whether a name stands inside a sentence about something else, so that only its own sentence counts."""
    tokens = marked.stream.tokens
    run = tokens[candidate.first : candidate.last]
    if (
        run[-1].low in wordlists()["company"]
        or candidate.first - opening <= 3
        or marked.units[candidate.unit].first.speaker
    ):
        return False
    before = tokens[candidate.first - 1]
    return before.kind == "word" and not (
        before.low in ("with", "at", "on", "is", "about", "for") and candidate.first - opening <= 7
    )


def _bracketed_behind(marked: Marked, last: int, first: int) -> bool:
    """Tell whether a token stands in the brackets that open right behind a name."""
    tokens = marked.stream.tokens
    return tokens[last].low == "(" and all(t.low != ")" for t in tokens[last:first])


def _first_name(marked: Marked, candidate: Candidate) -> bool:
    names = wordlists()["first_names"]
    return any(t.low in names for t in marked.stream.tokens[candidate.first : candidate.last])


def _adjacent_money(marked: Marked, i: int, stop: int) -> str:
    """Return "money" or "count" where a figure follows at once, else ""."""
    tokens = marked.stream.tokens
    words = 0
    if i < len(tokens) and tokens[i].low == "(":  # what stands in brackets behind a name explains it
        j = i + 1
        while j < min(i + 9, len(tokens)) and tokens[j].low != ")":
            if tokens[j].kind == "money":
                return "money" if not tokens[j].bare else "count"
            j += 1
        i = j + 1 if j < min(i + 9, len(tokens)) else i
    last = min(i + 7, max(stop, i), len(tokens))
    while i < last:
        token = tokens[i]
        if token.kind == "money":
            return "money" if not token.bare else "count"
        if token.kind == "count" and not getattr(token.value, "unit", ""):
            nxt = tokens[i + 1] if i + 1 < len(tokens) else None
            alone = nxt is None or nxt.kind != "word" or nxt.low in ("not", "now", "and", "commit")
            return "count" if words == 0 or (words <= 2 and alone) else ""
        if token.kind == "word":
            words += 1
            if words > 4 or token.low not in SMALL:
                return ""
        elif token.kind != "mark" or token.low in (".", "?", "!", ";"):
            if not (token.low in ".?" and words == 0):
                return ""
            words = 4  # behind a full stop the figure has to come at once
        i += 1
    return ""


def _told(marked: Marked, ranges: Sequence[tuple[int, int]]) -> set[str]:
    tokens = marked.stream.tokens
    facts: set[str] = set()
    for first, last in ranges:
        for i in range(first, min(last, len(tokens))):
            token = tokens[i]
            if token.kind == "money" and isinstance(token.value, Money) and not token.bare:
                facts.add("money")
            elif token.kind == "date":
                before = {
                    h.name for j in range(max(first, i - 3), i) for h in marked.at.get(j, ()) if h.group == "date_cue"
                }
                if "close" in before or "moved" in before or "was" in before:
                    facts.add("date")
            elif token.kind == "percent":
                facts.add("odds")
            for hit in marked.at.get(i, ()):
                if hit.group == "category":
                    facts.add("category")
                elif hit.group == "stage":
                    facts.add("stage")
                elif hit.group == "signed" and hit.name in ("both", "po", "plain"):
                    facts.add("signed")
                elif hit.group == "lost_to" and hit.last - hit.first > 1:
                    facts.add("lost")
                elif hit.group in ("role", "step"):
                    facts.add(hit.group)
                elif hit.group == "risk" and hit.name == "timeline_slip":
                    facts.add("moved")
    return facts


def _section(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether a candidate stands under a heading that is a category."""
    unit = marked.units[candidate.unit]
    above = [unit.parent] if unit.parent is not None else [unit.heading_of] if unit.heading_of is not None else []
    return any(section_category(marked, marked.units[i].index) for i in above)


_SECTION_WORDS = {"closed": "closed_won", "wins": "closed_won", "signed": "closed_won", "losses": "closed_lost"}


def section_category(marked: Marked, index: int) -> str:
    """Return the category that a unit heads its section with, or ""."""
    unit = marked.units[index]
    if unit.first.section:
        within = marked.stream.within(unit.start, unit.end)
        hits = marked.between(within.start, within.stop, "category")
        if hits:
            return hits[0].name
        return next(
            (
                _SECTION_WORDS[t.low]
                for t in marked.stream.tokens[within.start : within.stop]
                if t.low in _SECTION_WORDS
            ),
            "",
        )
    within = marked.stream.within(unit.start, unit.end)
    if len(within) > 9:
        return ""
    tokens = marked.stream.tokens
    i = within.start
    while i < within.stop and tokens[i].kind != "word":
        i += 1
    hit = marked.opening(i, "category") if i < within.stop else None
    if hit is None:
        return ""
    rest = [
        t
        for t in tokens[hit.last : within.stop]
        if t.kind == "word"
        and t.low not in ("deals", "deal", "total", "list", "for", "now", "this", "quarter", "the", "and")
    ]
    return hit.name if not rest or all(t.low.startswith("q") for t in rest) else ""


def section_stage(marked: Marked, index: int) -> str:
    """Return the stage that a unit heads its section with, or ""."""
    unit = marked.units[index]
    if not unit.first.heading:
        return ""
    within = marked.stream.within(unit.start, unit.end)
    words = [t for t in marked.stream.tokens[within.start : within.stop] if t.kind == "word"]
    hit = next((h for h in marked.between(within.start, within.stop, "stage") if h.last - h.first >= len(words)), None)
    return hit.name if hit and len(words) <= 3 else ""


_SPEAKS = frozenset(
    "says said told asks asked owes owed sends sent promised promises wrote calls called rang introduces introduced approved confirmed gives thinks thought mentioned loves likes hates wants knows runs joins".split()
)
_OFFERED = frozenset("quote offer bid price pricing product tool demo proposal poc platform rep".split())
_BEFORE_PERSON = frozenset(
    "with to from ask tell told call ring email mail ping meet met by for champion eb see and".split()
)


def _against(
    marked: Marked, candidate: Candidate, opening: int, run: Sequence[Token], firm: bool,
    people: frozenset[tuple[str, ...]], told: set[str], head: bool, heads: frozenset[int],
) -> float:  # fmt: skip
    tokens = marked.stream.tokens
    words = wordlists()
    points = 0.0
    lows = tuple(t.low for t in run)
    before = tokens[candidate.first - 1] if candidate.first > opening else None
    after = tokens[candidate.last] if candidate.last < len(tokens) else None
    if not firm:
        priced = _adjacent_money(marked, candidate.last, candidate.last + 6) == "money"
        if lows in people or (len(lows) == 2 and (lows[1],) in people and lows[0] in words["first_names"]):
            points += 4.0 if priced else 9.0
        elif lows[0] in words["titles"] and len(lows) <= 3 and lows[0] not in ("st", "hr"):
            points += 4.0 if priced else 9.0
        elif len(lows) == 1 and lows[0] in words["first_names"]:
            points += 3.0 if priced else 9.0
        elif len(lows) == 2 and lows[0] in words["first_names"] and "and" not in lows:
            points += 2.0 if priced else 3.0
        if after is not None and after.low in _SPEAKS and len(lows) <= 2:
            points += 1.5 if lows[0] not in words["first_names"] else 2.0
        if before is not None and before.low in _BEFORE_PERSON and not head and len(lows) <= 2:
            points += 1.0
        if after is not None and after.low == "s" and candidate.last + 1 < len(tokens):
            if len(lows) == 1 and lows[0] in words["first_names"]:
                points += 1.5
            if tokens[candidate.last + 1].low in _OFFERED:
                points += 4.0
    sentence = marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]]
    first, last = marked.clauses.clause(candidate.first)
    if (
        head
        and not any(t.text[:1].isupper() for t in run)
        and (after is None or after.low in (".", "!", "?", "…", "..."))
    ):
        points += 5.0
    if not head:
        opened = next((i for i in range(candidate.first - 1, opening, -1) if tokens[i].low in ("(", ")")), None)
        if (
            opened is not None
            and tokens[opened].low == "("
            and tokens[opened - 1].kind == "word"
            and tokens[opened - 1].capital
        ):
            points += 5.0
        if (
            any(
                h.name == "competition" and h.first - 4 <= candidate.last and candidate.first <= h.last + 3
                for h in marked.between(first, last, "risk")
            )
            and "lost" not in told
            and not _adjacent_money(marked, candidate.last, candidate.last + 6)
        ):
            points += 4.0
        if before is not None and any(
            h.last == candidate.first
            for i in range(max(0, candidate.first - 5), candidate.first)
            for h in marked.at.get(i, ())
            if h.group in ("lost_to",)
        ):
            points += 5.0
    elif any(
        h.name == "competition" and h.first == candidate.last for h in marked.between(candidate.last, last, "risk")
    ) and not told & {"category", "money"}:
        points += 4.0
    unit = marked.units[candidate.unit]
    within = marked.stream.within(unit.start, unit.end)
    if (
        not head
        and _adjacent_money(marked, candidate.last, sentence.last) != "money"
        and _owned(marked, candidate, heads)
        and not (
            candidate.first - opening <= 1
            and (
                _deal_word_next(marked, candidate.last, candidate.last + 4)
                or _adjacent_money(marked, candidate.last, sentence.last)
            )
        )
    ):
        points += 4.0
    frames = {h.name for h in marked.between(within.start, min(candidate.last, within.stop), "frame")}
    same = {h.name for h in marked.between(sentence.first, sentence.last, "frame")}
    if "proof" in frames and (told & {"signed"} or "category" in told) and _won(marked, candidate, sentence.last):
        points += 8.0
    elif "proof" in same and not head:
        points += 3.0
    if "colleague" in same or _possessed(marked, candidate):
        points += 6.0
    if "hearsay" in same and "lost" not in told:
        points += 3.0
    if "talk" in frames and not (head and not {"talk"} & same):
        points += 1.5
    if marked.between(sentence.first, sentence.last, "private") and not told & {"money", "category"}:
        points += 3.0
    if marked.between(sentence.first, sentence.last, "machine"):
        points += 6.0
    return points


def _owned(marked: Marked, candidate: Candidate, heads: frozenset[int]) -> bool:
    """Tell whether a candidate stands in what another account heads."""
    index: int | None = candidate.unit
    seen = 0
    while index is not None and seen < 8:
        if index in heads:
            return True
        unit = marked.units[index]
        if unit.heading_of in heads:
            return True
        index = unit.parent
        seen += 1
    return False


def _won(marked: Marked, candidate: Candidate, last: int) -> bool:
    return any(
        h.group == "signed" or h.name == "closed_won"
        for h in marked.between(candidate.last, last, "signed", "category")
    )


def _possessed(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether the deal is called somebody else's: Kev's deal with Umbrella, Umbrella (Kev's)."""
    tokens = marked.stream.tokens
    words = wordlists()
    for i in range(max(0, candidate.first - 5), min(candidate.last + 4, len(tokens) - 1)):
        if candidate.first <= i < candidate.last or not (tokens[i].capital and tokens[i].low in words["first_names"]):
            continue
        if tokens[i + 1].low == "s" and (
            i + 2 >= len(tokens)
            or tokens[i + 2].low
            in ("deal", "account", "opportunity", "one", "customer", ")", ".", ",", "patch", "book")
            or i + 2 == candidate.first
        ):
            return marked.clauses.sentence_of[i] == marked.clauses.sentence_of[candidate.first]
    return False


def _mentions(
    marked: Marked, registry: Registry, found: Sequence[Candidate], heads: dict[int, Account], strong: set[int]
) -> list[Mention]:
    tokens = marked.stream.tokens
    by_first = {c.first: c for c in found}
    mentions: list[Mention] = []
    recent: list[int] = []
    for sentence in marked.clauses.sentences:
        if marked.units[sentence.unit].first.header in ("from", "to", "cc", "sent", "date", "von", "an"):
            continue
        said = [t for t in tokens[sentence.first : sentence.last] if t.kind == "word"]
        flat = bool(said) and sum(1 for t in said if t.text[0].isupper()) * 8 <= len(said)
        i = sentence.first
        while i < sentence.last:
            candidate = by_first.get(i)
            account = heads.get(i)
            head = candidate is not None and candidate.where in ("head", "heading")
            if account is not None and candidate is not None:
                mentions.append(Mention(i, candidate.last, account.index, head, i in strong))
                recent.append(account.index)
                i = candidate.last
                continue
            if tokens[i].kind == "mark" or not registry.accounts:
                i += 1
                continue
            hit = registry.resolve(tokens, i, sentence.last, flat=flat and len(said) > 6)
            if hit is None:
                i += 1
                continue
            indices, end = hit
            index = indices[0]
            if len(indices) > 1:
                index = next((r for r in reversed(recent) if r in indices), index)
            if _part_of_longer(marked, i, end, candidate):
                i += 1
                continue
            account = registry.accounts[index]
            text = marked.stream.text(i, end)
            if key(text) != key(account.name):
                account.call(text)
            mentions.append(Mention(i, end, index, head))
            recent.append(index)
            i = end
    return mentions


def _part_of_longer(marked: Marked, i: int, end: int, candidate: Candidate | None) -> bool:
    """Tell whether a short form is only the start of another, longer name: Kelly in Kelly Services."""
    tokens = marked.stream.tokens
    if candidate is None or candidate.last <= end or candidate.where == "dictated":
        return False
    rest = [t for t in tokens[end : candidate.last] if t.kind == "word"]
    return (
        bool(rest)
        and all(
            t.capital and t.low not in wordlists()["ordinary"] and t.low not in wordlists()["function"] for t in rest
        )
        and len(rest) >= 1
        and not any(t.text.isupper() for t in rest)
    )
