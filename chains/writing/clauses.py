"""Clauses and next steps as whole sentences: notes' words and facts come in, clauses without capital or stop go out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chains.deals import ME, Deal, NextStep
from chains.kinds import Team
from chains.wordfiles import load
from chains.writing.grammar import is_order, shape, small_start, third_person, verbs, words
from chains.writing.phrasing import Phrasing

_TEAM_WORDS: Mapping[str, Team] = {
    "legal": Team.LEGAL, "our legal": Team.LEGAL, "counsel": Team.LEGAL, "security": Team.SECURITY,
    "infosec": Team.SECURITY, "product": Team.PRODUCT, "engineering": Team.ENGINEERING, "engineers": Team.ENGINEERING,
    "solutions": Team.SOLUTIONS, "customer success": Team.CUSTOMER_SUCCESS, "customer_success": Team.CUSTOMER_SUCCESS,
    "cs": Team.CUSTOMER_SUCCESS, "services": Team.SERVICES, "ps": Team.SERVICES, "finance": Team.FINANCE,
    "deal desk": Team.DEAL_DESK, "deal_desk": Team.DEAL_DESK, "marketing": Team.MARKETING, "support": Team.SUPPORT,
}  # fmt: skip
_SHORT = 5  # words of a part of a clause that is looked up
_PLURAL_OWNERS = frozenset("they we both engineers lawyers guys people folks boys girls ladies".split())
_CONNECTIVES = re.compile(
    r"^(because of|because|since|as|after|due to|until|now that|so|reason|why)(?:(?: is| was)?\s*[,:=])?\s+",
    re.IGNORECASE,
)
# a wish told with the account's name, which stands at the head of the entry: "Orrin want 60 days"
_WANTED = re.compile(r"(?:[A-Z][\w'’.-]* ){1,3}(?:wants?|would like|'d like) (?!to\b)")
_AND_WANTS = re.compile(r"\band (wants|needs|asks|insists)\b")
_RETURNED = re.compile(
    r"return the (?!redline|contract|msa|dpa|draft|form|questionnaire|comment|paper|answer|document|nda|sow|clause|term"
    r"|mark)\w+$"
)
_SHARE = re.compile(r"\d+(?:\.\d+)? ?% (?:off|less|discount|down|cheaper)\b", re.IGNORECASE)
_EVENT = re.compile(r"(the|our|their|The|Our|Their) ([A-Z][a-z-]+)\b")
_IS_OUT = re.compile(r"(?:contract|paper|agreement|order form|proposal|quote)(?:'s| is) out\b", re.IGNORECASE)
_THEIRS = re.compile(r"go live\b|launch\b")  # what the customer does, whoever notes it


@dataclass(frozen=True, slots=True)
class _Fragments:
    clauses: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    wishes: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    states: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    runs: Mapping[str, str]
    on_a_day: frozenset[str]


@lru_cache(maxsize=1)
def _fragments() -> _Fragments:
    data: Any = load("chains.writing", "fragments.yaml")

    def compiled(rows: list[list[str]]) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
        return tuple((re.compile(row[0], re.IGNORECASE), tuple(row[1:])) for row in rows)

    return _Fragments(
        clauses=compiled(data["clauses"]),
        wishes=compiled(data["wishes"]),
        states=compiled(data["states"]),
        runs=data["runs"],
        on_a_day=frozenset(data["on_a_day"]),
    )


def whole(text: str, phrasing: Phrasing) -> str:
    """Return a clause of the notes as a clause with its subject: "want net 60" -> "they want net 60"."""
    clause = phrasing.tidy.clause(text)
    if not clause:
        return ""
    return completed(clause, phrasing)


def completed(clause: str, phrasing: Phrasing) -> str:
    """Return a tidied clause with the subject it has lost: "want net 60" -> "they want net 60"."""
    head, mark, rest = _split_off(clause)
    said = _whole(head, phrasing)
    several = mark.startswith(",") and shape(said) == "sentence"
    parts = [_known(part) for part in rest.split(", ")] if several else [rest]
    return f"{said}{mark}{', '.join(parts)}"


def with_small_event(text: str) -> str:
    """Return a sentence with what happens in small letters: "the Kickoff is on May 12" -> "the kickoff"."""
    hit = _EVENT.match(text)
    known = hit is not None and hit[2].lower() in _fragments().runs
    return f"{text[: hit.start(2)]}{hit[2].lower()}{text[hit.end(2) :]}" if hit and known else text


@lru_cache(maxsize=1024)
def is_known_form(text: str) -> bool:
    """Tell whether words are a short form that every rep uses: "down to us and Innspire"."""
    return any(pattern.fullmatch(text) for pattern, _ in _fragments().clauses)


def _known(part: str) -> str:
    """Return a later part of a clause as a clause where it is a short form that every rep uses: "no open points"."""
    if len(part.split()) > _SHORT or part.casefold().startswith(("no ", "in ", *"0123456789")):
        return part
    if shape(part) != "nominal" and not _IS_OUT.match(part):
        return part
    return next((hit.expand(put[0]).strip(" ,") for p, put in _fragments().clauses if (hit := p.fullmatch(part))), part)


def wish(text: str, phrasing: Phrasing) -> str:
    """Return what a buyer wants as a clause: "net 60 instead of net 30" -> "they want net 60 instead of net 30"."""
    clause = phrasing.tidy.clause(text)
    if not clause:
        return ""
    if wanted := _WANTED.match(clause):
        clause = f"they want {clause[wanted.end() :]}"
    if _SHARE.match(clause):
        return f"they want {clause}"
    if shape(clause) != "nominal":
        return completed(clause[:1].lower() + clause[1:] if clause[1:2].islower() else clause, phrasing)
    for pattern, put in _fragments().wishes:
        if hit := pattern.fullmatch(clause):
            return re.sub(r"\ba (a|an|the|\d+%)\b", r"\1", hit.expand(put[0]))
    return clause


def because(text: str, phrasing: Phrasing) -> str:
    """Return a cause with the word that joins it: "their legal started late" -> "because their legal started late"."""
    tidied = phrasing.tidy.spelled(" ".join(text.split())).strip(" ,;.!-")
    joined = _CONNECTIVES.match(tidied)
    word = joined[1].lower() if joined else "because"
    clause = phrasing.tidy.clause(tidied[joined.end() :] if joined else tidied)
    if not clause:
        return ""
    if word in ("reason", "why"):
        word = "because"
    if word in ("because of", "due to", "until"):
        return f"{'because of' if word == 'due to' else word} {clause}"
    form = shape(clause)
    if form == "nominal":
        return f"{'after' if word == 'after' else 'because of'} {clause}"
    said = _whole(clause, phrasing) if form != "sentence" else clause
    return f"{'because' if word in ('as', 'so') else word} {said}"


def next_step(deal: Deal, phrasing: Phrasing) -> str:
    """Return what happens next with owner and date, as a clause; empty where no step is told."""
    if deal.next_step is None:
        return ""
    step = deal.next_step.value
    action = _as_order(phrasing.tidy.clause(step.action))
    action = _RETURNED.sub("have it back", action)
    if not action or "?" in action:
        return ""
    who = _who(step, deal)
    when = _when(step, action, deal, phrasing)
    due = phrasing.days.near(step.due) if step.due else None
    tail = "" if when else ".open"
    if is_order(action):
        return _doing(who, action, when, due, tail, phrasing, step)
    return _thing(who, action, when, due, tail, phrasing, step)


def _as_order(action: str) -> str:
    """Return an action that opens with an inflected verb in its base form: "sets the date" -> "set the date"."""
    first, _, rest = action.partition(" ")
    known, low = verbs(), first.lower()
    base = known.thirds.get(low)
    if base is None and low.endswith("ing"):
        stem = low[:-3]
        base = next((b for b in (stem, f"{stem}e", stem[:-1]) if b in known.bases), None)
    return f"{base} {rest}".strip() if base and low not in known.helping else action


def _doing(
    who: str, action: str, when: str | None, due: str | None, tail: str, phrasing: Phrasing, step: NextStep
) -> str:
    if when and action.endswith(when):
        action = action[: -len(when)].rstrip()
    if who in ("me", "nobody") and _THEIRS.match(action):
        return f"they {action} {when}" if when else f"they {action}"
    facts = {"action": action, "when": when, "due": due}
    if who in ("me", "you", "nobody"):
        return phrasing.voice.say(f"step.{who}.do{tail}", **facts)
    owner = owner_name(step.owner or "", phrasing)
    first, _, rest = action.partition(" ")
    verb = first.lower() if _is_many(owner) else third_person(first.lower())
    return phrasing.voice.say(f"step.them.do{tail}", **{**facts, "action": f"{verb} {rest}".strip(), "owner": owner})


def _thing(
    who: str, action: str, when: str | None, due: str | None, tail: str, phrasing: Phrasing, step: NextStep
) -> str:
    if when and action.endswith(when):
        action = action[: -len(when)].rstrip()
    for pattern, put in _fragments().states:
        if hit := pattern.fullmatch(action):
            action = hit.expand(put[0])
            break
    if shape(action) == "sentence":
        return action if when is None or (due and due in action) else f"{action} {when}"
    action = _without_owner(action, step.owner or "")
    facts: dict[str, str | None] = {"the_action": _the(action), "when": when, "due": due}
    head = re.split(r"\s(?:with|for|of|on|from|at|in|about|by|via)\s", action)[0]
    run = next((_fragments().runs[w.lower()] for w in reversed(words(head)) if w.lower() in _fragments().runs), None)
    form = "event" if run else "paper"
    if form == "paper" and step.due:
        facts |= {"when": phrasing.days.by(step.due), "on": phrasing.days.on(step.due)}
    if who in ("me", "nobody", "you"):
        return phrasing.voice.say(f"step.{'me' if who == 'you' else who}.{form}{tail}", **facts)
    owner = owner_name(step.owner or "", phrasing)
    return phrasing.voice.say(f"step.them.{form}{tail}", **facts, owner=owner, run=run)


def _is_many(owner: str) -> bool:
    return owner.split(" ")[-1].lower() in _PLURAL_OWNERS


def _without_owner(action: str, owner: str) -> str:
    """Return a thing without those who do it, who are named beside it: "installation services team" of services."""
    team = re.escape(owner.replace("_", " "))
    if not owner or owner == ME:
        return action
    action = re.sub(rf"\s+(?:with|by|from) {team}(?: \([^()]*\)| in \w+)?(?=$|[,.;])", "", action)
    rest = re.sub(
        rf"\s+(?:by|with|from)?\s*(?:our |the )?{team}(?: team| crew| people)?$", "", action, flags=re.IGNORECASE
    )
    first = rest.split(" ", 1)[0]
    small = rest[:1].lower() + rest[1:] if first.lower() in _fragments().runs else rest
    return small or action


def team_of(owner: str) -> Team | None:
    """Return the team that an owner stands for, or None for a person."""
    return _TEAM_WORDS.get(owner.strip().casefold())


def owner_name(owner: str, phrasing: Phrasing) -> str:
    """Return an owner as a sentence names them: "legal" -> "our legal", a person by name."""
    team = team_of(owner)
    if team is not None:
        return phrasing.voice.say(f"team.{team.value}")
    said = phrasing.tidy.spelled(owner)
    return f"the {said}" if said in ("CSM", "SE", "partner") else said


def _who(step: NextStep, deal: Deal) -> str:
    if step.owner is None:
        return "nobody"
    if step.owner == ME:
        return "me"
    if step.owner.casefold() in ("you", "manager"):
        return "you"
    for fact in deal.dependencies:
        asked = fact.value.team is Team.MANAGER and fact.value.person
        if asked and asked.casefold() == step.owner.casefold():
            return "you"
    return "them"


def _when(step: NextStep, action: str, deal: Deal, phrasing: Phrasing) -> str | None:
    if step.due is None:
        return None
    told = " ".join(s.text for s in deal.next_step.spans) if deal.next_step else ""
    first = words(action)[:1]
    on_a_day = bool(first) and first[0].lower() in _fragments().on_a_day
    limit = re.search(r"\b(by|until|til|till|before|latest)\b", told, re.IGNORECASE) is not None
    if (on_a_day or not is_order(action)) and not limit:
        return phrasing.days.on(step.due)
    return phrasing.days.by(step.due)


def _the(action: str) -> str:
    first = words(action)[0].lower() if words(action) else ""
    if first in verbs().subjects or first in ("my", "our", "their", "first", "next"):
        return action if first not in ("first", "next") else f"the {action}"
    if first in _fragments().runs and not action[1:2].isupper():
        action = f"{action[:1].lower()}{action[1:]}"
    elif not action[1:2].isupper():
        action = small_start(action)
    return f"the {action}"


def _split_off(clause: str) -> tuple[str, str, str]:
    """Split a clause at its first comma or stop, so that its head can be completed by itself."""
    hit = re.search(r"([,;:.]) ", clause)
    if hit is None:
        return clause, "", ""
    return clause[: hit.start()], clause[hit.start() : hit.end()], clause[hit.end() :]


def _whole(clause: str, phrasing: Phrasing) -> str:
    for pattern, put in _fragments().clauses:
        if hit := pattern.fullmatch(clause):
            wording = put[phrasing.voice.pick(pattern.pattern, len(put))]
            return hit.expand(wording).strip(" ,")
    known = verbs()
    first, _, rest = clause.partition(" ")
    low = first.lower()
    match shape(clause):
        case "order":
            said = clause if first.isupper() else f"{low}{clause[len(first) :]}"
            theirs = low in known.of_the_customer or low == "have" or _THEIRS.match(said)
            return f"they {said}" if theirs else f"I {said}"
        case "predicate" if low in known.thirds and known.thirds[low] in known.of_the_customer:
            return f"they {known.thirds[low]} {_AND_WANTS.sub(lambda m: f'and {known.thirds[m[1]]}', rest)}"
        case "predicate" if known.thirds.get(low) not in known.of_a_person:
            return f"it {clause}"
        case "past" if known.pasts.get(low) in known.of_the_rep:
            return f"I {clause}"
        case "past" if known.pasts.get(low) in known.of_the_customer | known.customer_did:
            return f"they {low}{clause[len(first) :]}"
    return clause
