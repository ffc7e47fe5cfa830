"""Who does what in running text: a piece of a deal's ground comes in, the doings that are still to come go out.

A doing has an owner (the rep, a person, one of our teams) and, as a rule, a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chains.deals import ME, NextStep
from chains.reading.accounts.pieces import Piece
from chains.reading.ground import Ground
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import base_verbs, wordlists
from chains.reading.people.persons import Named
from chains.reading.steps.actions import action_text, completed, due_in
from chains.reading.steps.aims import aimed
from chains.reading.steps.matters import thing_before
from chains.reading.steps.owners import (
    ME_WORDS,
    Owner,
    base_form,
    going_on,
    is_verb,
    owner_at,
    said_of_another,
    whose_team,
)
from chains.reading.steps.subjects import subject_of

ENOUGH = 3.0


@dataclass(frozen=True, slots=True)
class Step:
    """Hold a next step with how sure it is, and where it stands."""

    step: NextStep
    first: int
    last: int
    score: float


_CALLS_BACK = frozenset("call calls ring rings get gets come comes go goes push pushed report reports circle".split())


_BEFORE_CLAUSE = frozenset("and so but then also now oh next because okay ok alright well".split())


def told(ground: Ground, piece: Piece, everybody: Sequence[Named]) -> list[Step]:
    """Find the steps that running text tells: who, does what, by when."""
    tokens, marked = ground.tokens, ground.marked
    if not any(t.kind == "date" or t.low in ("owe", "owes") for t in tokens[piece.first : piece.last]):
        return []  # a doing counts with its day, or where it is owed
    found: list[Step] = []
    clauses = [c for clause in clauses_of(ground, piece) for c in _parted(ground, piece, *clause, everybody)]
    doing: str | None = None  # who did what the clause before told, where this one goes on: she has it and signs Friday
    for place, (first, last) in enumerate(clauses):
        aside: set[int] = set()
        if place + 2 < len(clauses) and _explains(ground, *clauses[place + 1], clauses[place + 2]):
            aside = set(range(*clauses[place + 1])) | {clauses[place + 2][0]}
            last = clauses[place + 2][1]  # I meet Joanna, who holds the budget, on Tuesday
        start = _past_fronted(ground, first, last)
        if start >= last:
            continue
        owner = owner_at(ground, piece, start, last, everybody)
        if owner.name is None or not is_verb(ground, owner, last):
            owner = subject_of(ground, piece, start, last, everybody) or owner
        goes_on = tokens[first].low in ("and", ",", "then") or tokens[first - 1].low == ","
        if owner.name is None and doing is not None and goes_on and _third(tokens[start]) and doing != ME:
            owner = Owner(doing, start)  # deal desk has had the form since yesterday, answers Friday
        if owner.name is None and doing is not None and tokens[start].low == "will" and place:
            owner = Owner(doing, start + 1, sure=True)  # I owe Rita the sheet, will get it to her by Tuesday
        before, doing = doing, owner.name
        if any(t.low == "had" for t in tokens[start : owner.rest + 2]):
            continue  # "I'd had it as commit" is over
        bracketed = owner.name is None and _in_brackets(ground, start, last, piece)
        bracketed = bracketed or any(
            tokens[i].low == "me" and tokens[i - 1].low == "from" for i in range(start + 1, last)
        )
        if owner.name is None and bracketed:
            owner = Owner(ME, start)
        if owner.name is None or not (bracketed or owner.sure or is_verb(ground, owner, last)):
            continue
        if any(h.group == "team" for h in marked.at.get(start, ())):
            owner = Owner(whose_team(ground, start, min(last + 6, piece.last)) or owner.name, owner.rest)
        if owner.name != ME and (_comes_together(ground, owner.rest, last) or _sells(ground, owner.rest, last)):
            continue
        if owner.name == ME and any(
            h.group == "category" for j in range(start, owner.rest + 1) for h in marked.at.get(j, ())
        ):
            continue  # "I call it for 3/31" is a forecast
        if owner.name == ME and _forecast(ground, owner.rest, last):
            continue
        score = 2.5 if bracketed else 2.0
        if place + 1 < len(clauses):
            owner = _taken_over(ground, piece, owner, *clauses[place + 1], everybody)
        due, used = due_in(ground, first, last)
        used |= aside
        for nearby in clauses[place + 1 : place + 3]:
            if due is None and only_due(ground, *nearby):
                due, used = due_in(ground, *nearby)
            else:
                another = owner_at(ground, piece, _past_fronted(ground, *nearby), nearby[1], everybody)
                if another.name is not None and is_verb(ground, another, nearby[1]):
                    break
        if due is None and place and _refers_back(ground, owner.rest, last) and not _deals(ground, *clauses[place - 1]):
            due, _ = due_in(ground, *clauses[place - 1])
        if due is not None and due < ground.conventions.as_of:
            continue
        if due is not None:
            score += 2.0
        elif owner.name == ME and any(t.low in ("owe", "owes") for t in tokens[start:last]):
            score += 1.0
        else:
            score -= 1.0
        if any(t.low in ("not", "never", "no") for t in tokens[start : owner.rest + 2]):
            score -= 2.0
        if marked.clauses.sentences[piece.sentence].dictated and owner.name == ME:
            score -= 1.0
        if piece.lent or any(h.name == "proof" for h in marked.between(piece.first, last, "frame")):
            score -= 1.5
        if score < ENOUGH:
            continue
        action = _done(ground, piece, owner, start, last, used, everybody)
        if owner.name == ME and before not in (None, ME) and action.startswith(("get ", "have ")) and place:
            back = _past_fronted(ground, *clauses[place - 1])
            doer = owner_at(ground, piece, back, clauses[place - 1][1], everybody)
            if _refers_back(ground, owner.rest, last) and doer.name == before:
                owner = doer  # Marco is putting the sizing together, I get it Tuesday
                action = _done(ground, piece, owner, start, clauses[place - 1][1], set(), everybody)
        if action in ("do that", "do it", "do this") and place:  # services still to name a consultant, Imogen does that
            told_before = action_text(ground, piece, *clauses[place - 1], set(), everybody)
            action = told_before.split(" to ", 1)[-1] or action
        if bracketed and len(action.split()) < 2 and place:
            action = action_text(ground, piece, *clauses[place - 1], set(), everybody) or action
        plainly = action_text(ground, piece, owner.rest, last, used, everybody, start, pronouns=False)
        if place and plainly in _RUNNING and due is not None:
            event = action_text(ground, piece, *_event_in(ground, *clauses[place - 1]), set(used), everybody)
            action = event or action  # coffee with her boss 10/13, I set it up
        action = aimed(ground, piece, action, start)
        if action.startswith("back "):
            action = f"get {action}"  # Yusuf gets back to me Monday
        if action:
            found.append(Step(NextStep(action, owner.name, due), start, last, score))
    return found + _back_on(ground, piece, everybody)


_OFFERS = frozenset("offer quote bid undercut guarantee charge".split())


def _sells(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a doing is another firm's, which wants the deal too: Danvex offers 15% lower."""
    said = ground.tokens[first:last]
    return bool(said) and base_form(said[0].low) in _OFFERS and not any(t.low in ("me", "us") for t in said)


_WHO = frozenset("who which whose that".split())
_LEANS = frozenset("on by with at in for to next this before until".split())


def _explains(ground: Ground, first: int, last: int, behind: tuple[int, int]) -> bool:
    """Tell whether a clause only explains a name before it, and the one behind goes on: ..., who decides, on Monday."""
    tokens = ground.tokens
    opened = first + (tokens[first].low == ",")
    goes_on = behind[0] + (tokens[behind[0]].low == ",")
    if last - first > _ASIDE or goes_on >= behind[1] or opened >= last or tokens[opened].low not in _WHO:
        return False
    return tokens[goes_on].low in _LEANS or tokens[goes_on].kind == "date"


_ASIDE = 9  # tokens of a clause that explains a name
_TOGETHER = frozenset("meets meet sits sit convenes convene gathers gather votes vote".split())


def _comes_together(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a board or committee only has its day: pricing committee meets 12/8."""
    said = ground.tokens[first:last]
    bare = all(t.kind != "word" or t.low in ("on", "at", "in", "next", "this", "again") for t in said[1:])
    return bool(said) and said[0].low in _TOGETHER and bare


_GUESSES = frozenset("guess bet reckon figure expect believe assume".split())
_PLACES = frozenset("put give call keep leave have hold say".split())


def _forecast(ground: Ground, first: int, last: int) -> bool:
    """Tell whether the rep only says how likely a deal is: I'd put it at 60%, I'd guess they close in August."""
    tokens = ground.tokens
    first += first < last and tokens[first].low in ("would", "will")
    low = tokens[first].low if first < last else ""
    return low in _GUESSES or (low in _PLACES and any(t.kind == "percent" for t in tokens[first:last]))


def _taken_over(ground: Ground, piece: Piece, owner: Owner, first: int, last: int, everybody: Sequence[Named]) -> Owner:
    """Return an owner with the name of who is said to be on it: CS owes them a plan, Freya is on it."""
    start = _past_fronted(ground, first, last)
    other = owner_at(ground, piece, start, last, everybody) if start < last else Owner(None, first)
    lows = [t.low for t in ground.tokens[max(start, other.rest - 1) : last] if t.kind == "word"]
    on_it = other.name is not None and lows[:3] in (
        ["is", "on", "it"],
        ["on", "it"],
        ["s", "on", "it"],
        ["am", "on", "it"],
    )
    return replace(owner, name=other.name) if on_it else owner


def _done(
    ground: Ground,
    piece: Piece,
    owner: Owner,
    start: int,
    stretch: int,
    used: set[int],
    everybody: Sequence[Named],
) -> str:
    """Return what an owner does, in plain words."""
    tokens = ground.tokens
    stop = stretch if owner.stop is None else owner.stop
    clear = ground.marked.between(owner.rest + 1, stop, "all_clear")
    stop = clear[0].first if clear else stop  # she signs on monday nothing outstanding
    thing = owner.sure and owner.stop is not None and not owner.verb  # Joseph's patch is due: the patch
    action = action_text(ground, piece, owner.rest, stop, used, everybody, start, pronouns=not thing)
    if thing:
        return action
    opening = tokens[owner.rest].low if owner.rest < len(tokens) else ""
    if owner.verb == "answer" and not action:
        return completed(ground, piece, owner.verb, start)
    if owner.verb and opening in ("with", "if", "whether"):
        return f"{owner.verb} {action}"
    if owner.verb:
        return f"{owner.verb} {_with_article(action)}" if action else ""
    if owner.name != ME and opening not in base_verbs() and said_of_another(tokens[owner.rest]):
        left = action_text(ground, piece, owner.rest, stop, used, everybody, start, pronouns=False)
        told_so = [f"{base_form(opening)} {said.partition(' ')[2]}".strip() for said in (left, action)]
        full = completed(ground, piece, told_so[0], start)
        return full if full != told_so[0] else told_so[1]
    if going_on(tokens[owner.rest]) and opening not in base_verbs():
        return f"{base_form(opening)} {action.partition(' ')[2]}".strip()
    has = (
        opening in ("has", "have")
        and not action.startswith(("to ", "get "))
        and tokens[owner.rest + 1].low not in ("to", "until", "till")
    )
    return f"deliver {action}" if has and action else action


_RUNNING = frozenset(
    ("run it", "run that", "set it up", "set that up", "do it", "host it", "lead it", "handle it", "arrange it", "go")
)
_EVENTS = frozenset("call meeting demo visit coffee lunch dinner workshop readout review session presentation".split())


def _event_in(ground: Ground, first: int, last: int) -> tuple[int, int]:
    """Return the words of the event that a clause tells, without its day; nothing where it tells none."""
    tokens = ground.tokens
    at = next((i for i in range(first, last) if tokens[i].low in _EVENTS), None)
    if at is None:
        return first, first
    start = at
    while start > first and tokens[start - 1].kind == "word" and tokens[start - 1].low not in wordlists()["function"]:
        start -= 1
    stop = next((i for i in range(at, last) if tokens[i].kind == "date" or tokens[i].low in ("moved", "is")), last)
    return start, stop


def _with_article(action: str) -> str:
    """Return a thing with the article that speech leaves out."""
    head = action.split()[0]
    low = action[:1].lower() + action[1:] if any(head.casefold() in wordlists()[n] for n in _PLAIN_WORDS) else action
    named = head[:1].isupper() and low == action and not head.isupper()
    return low if named or head.casefold() in _ARTICLES or head[:1].isdigit() else f"the {low}"


_PLAIN_WORDS = ("function", "ordinary")
_ARTICLES = frozenset("the a an our their his her my this that these those all both every".split())


def _past_fronted(ground: Ground, first: int, last: int) -> int:
    """Return where a clause opens behind the words that only lead to it, a day among them: on 17.11. I call ..."""
    tokens = ground.tokens
    start = first
    while start < last and (tokens[start].kind == "mark" or tokens[start].low in _BEFORE_CLAUSE):
        start += 1
    if start < last and tokens[start].low in _ON and start + 1 in ground.own:
        while start + 1 < last and start + 1 in ground.own:
            start += 1
        return start + 1 + (start + 1 < last and tokens[start + 1].kind == "mark")  # On Globex I show the roadmap
    dated = start + (tokens[start].low in ("on", "by", "until", "till", "am", "bis")) if start < last else last
    if dated + 1 < last and tokens[dated].kind == "date" and tokens[dated + 1].kind == "word":
        return dated + 1
    return start


_ON = frozenset("on at for with re regarding in".split())


def _back_on(ground: Ground, piece: Piece, everybody: Sequence[Named]) -> list[Step]:
    """Find what somebody gives back: pricing sits with Noor in deal desk, back Thu; Anke says back on Wed."""
    tokens, marked = ground.tokens, ground.marked
    for i in range(piece.first, piece.last - 1):
        if tokens[i].low != "back" or any(
            base_verbs().get(t.low, t.low) in _CALLS_BACK for t in tokens[max(piece.first, i - 4) : i]
        ):
            continue
        due, _ = due_in(ground, i, min(i + 4, piece.last))
        if due is None or due < ground.conventions.as_of or not any(t.kind == "date" for t in tokens[i + 1 : i + 3]):
            continue
        person = next((p for p in reversed(everybody) if piece.first <= p.first and p.last <= i), None)
        thing = thing_before(ground, piece, i)
        if person is not None and thing:
            return [Step(NextStep(f"return the {thing}", person.name, due), person.first, i + 2, 4.0)]
        team = next((h for h in reversed(marked.between(max(piece.first, i - 6), i, "team"))), None)
        if team is not None and thing and tokens[team.first - 1].low not in ("their", "his", "her"):
            name = marked.stream.text(team.first, team.last)
            return [Step(NextStep(f"return the {thing}", name, due), team.first, i + 2, 4.0)]
    return []


def clauses_of(ground: Ground, piece: Piece) -> list[tuple[int, int]]:
    """Return the clauses of a piece; brackets belong to the clause they stand in."""
    found: list[tuple[int, int]] = []
    clause_of = ground.marked.clauses.clause_of
    depth = 0
    start = piece.first
    for i in range(piece.first, piece.last):
        low = ground.tokens[i].low
        glued = "/" in (low, ground.tokens[i - 1].low) and ground.tokens[i - 1].end == ground.tokens[i].start
        if i > start and depth == 0 and clause_of[i] != clause_of[i - 1] and low not in ("(", ")") and not glued:
            found.append((start, i))
            start = i
        depth += (low == "(") - (low == ")")
        depth = max(depth, 0)
    if start < piece.last:
        found.append((start, piece.last))
    return found


def _parted(ground: Ground, piece: Piece, first: int, last: int, everybody: Sequence[Named]) -> list[tuple[int, int]]:
    """Part a clause before "and" where what follows is somebody's doing of its own: ... and she rings me Tuesday."""
    tokens = ground.tokens
    found: list[tuple[int, int]] = []
    start = first
    dictated = ground.marked.clauses.sentences[piece.sentence].dictated
    doers = {p.first for p in everybody if dictated and p.last < last and _acts(ground, p.last, last)}
    for i in range(first + 1, last - 2):
        if i in doers and i > start:
            found.append((start, i))
            start = i
            continue
        if i < first + 2:
            continue
        if tokens[i].low not in ("and", "so", "but") or tokens[i].text == "&" or i - start < 2:
            continue
        owner = owner_at(ground, piece, i + 1, last, everybody)
        doing = owner.name is not None and is_verb(ground, owner, last)
        dated = any(t.kind == "date" for t in tokens[i:last])
        pronoun = tokens[i + 1].low in ("i", "he", "she", "we")
        if (doing and owner.name != ME and i - start > 3) or (dated and (doing or pronoun or _third(tokens[i + 1]))):
            found.append((start, i))
            start = i
    return [*found, (start, last)]


def _acts(ground: Ground, i: int, last: int) -> bool:
    """Tell whether a person dictated without marks does something next: dewayne on our security team sends ..."""
    tokens = ground.tokens
    if tokens[i].low in ("in", "on", "from", "over", "their", "the", "our"):
        stop = min(last, i + 6)
        while i < stop and not _third(tokens[i]):
            i += 1
    return i < last and _third(tokens[i])


def _third(token: Token) -> bool:
    """Tell whether a word is a verb as said of somebody else: gets, signs."""
    return token.low in base_verbs() and base_verbs()[token.low] != token.low and token.low.endswith("s")


_ONLY_DUE = frozenset(
    (
        "by until due on for at the is aiming target targeting expected promised planned latest hopefully ideally say "
        "around about answer reply back eta deadline before end of"
    ).split()
)


def only_due(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a clause only says when something is due: due 3/18; aiming for Friday; it's due Monday."""
    said = ground.tokens[first:last]
    due = _ONLY_DUE | _IT if any(t.low == "due" for t in said) else _ONLY_DUE
    return all(t.kind in ("mark", "date", "count") or t.low in due for t in said)


_IT = frozenset("it s that this all".split())


def _deals(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a clause tells of the deal itself, so that its date is the close: 64k commit, 3/27 -> 4/10."""
    if any(
        t.kind in ("money", "percent") or t.low in ("->", "→", "=>") for t in ground.tokens[max(0, first - 1) : last]
    ):
        return True
    return bool(ground.marked.between(first, last, "category"))


def _refers_back(ground: Ground, first: int, last: int) -> bool:
    """Tell whether a clause is about what the one before it named: I run it; he chases that."""
    lows = [t.low for t in ground.tokens[first:last] if t.kind == "word"]
    return 0 < len(lows) <= 6 and (
        lows[-1] in ("there", "then") or any(w in ("it", "that", "this", "them", "those") for w in lows[:3])
    )


def _in_brackets(ground: Ground, first: int, last: int, piece: Piece) -> bool:
    tokens = ground.tokens
    inside = range(max(first, piece.first + 1), min(last + 2, piece.last - 1))
    return any(tokens[i].low in ME_WORDS and tokens[i - 1].low == "(" and tokens[i + 1].low == ")" for i in inside)
