"""A remark in the words of an update: a `Remark` about a deal and what has been said of it come in, sentences that
name their people go out, and nothing that stands there already.
"""

import re
from collections.abc import Sequence

from chains.kinds import Category, RiskKind
from chains.writing.clauses import wish
from chains.writing.grammar import plural_verb, shape, small_start, verbs
from chains.writing.plain_facts import unmet_buyer
from chains.writing.remarks import Remark
from chains.writing.retelling import does_alone, nearest_person, with_person
from chains.writing.structure import is_understood
from chains.writing.telling import Entry, touches
from chains.writing.voice import first_up

_LOST_TO = re.compile(
    r"^(?:it'?s )?(?i:lost)(?: on)?(?: (?P<day>\d{1,2}[./]\d{1,2}\.?|\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2}))? to"
    r" (?P<who>[A-Z][\w&'’-]*(?: [A-Z][\w&'’-]*)*)(?P<rest>.*)$"
)
_ONLY_AMOUNT = 10  # words of a clause that says no more than what the deal is worth
_CELL = re.compile(r"(?:none|none now|gone|yes|no)\s*\((.+)\)", re.IGNORECASE)
_LOST_AGAIN = re.compile(
    r"^(?:(?:it'?s )?(?:lost|dead|gone|closed lost)(?! to\b| against\b)\b[\s,.:;-]*)+", re.IGNORECASE
)
_THEY_DID = frozenset(
    "went stayed stays stay kept keep keeps chose picked bought took take takes signed go goes dropped decided".split()
)
_STOP = re.compile(
    r"(?<=[.!?])(?<!\b[DMS]r\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bHr\.)(?<!\bEng\.)(?<!\bIng\.)(?<!\bProf\.)(?<!\b[A-Z]\.)\s+(?=[\"'(]?\w)"
)
_BOTH = re.compile(r"both (?:sides|parties) have signed", re.IGNORECASE)
_POINTS_BACK = re.compile(r"(?:that'?s|that is|this is|so that'?s) (?!why\b|what\b|where\b)", re.IGNORECASE)
_SHORT_RIVAL = 5  # words that tell no more than who the rival is
_ENOUGH = 4  # telling words of a sentence that can be said twice
_SCRAP = 3  # words of a bare thing that is no news by itself: "lost tickets"
_ABSENT = re.compile(r"(?:none|not|nobody|no one|unknown)\b", re.IGNORECASE)


def news(words: str, told: Entry) -> str:
    """Return what has not been said yet, and nothing that speaks against the deal's own state."""
    kept: list[str] = []
    won = told.deal.category is not None and told.deal.category.value is Category.CLOSED_WON
    amount = told.deal.amount
    figure = told.phrasing.figures.amount(amount.value.amount, amount.value.currency) if amount else ""
    for i, part in enumerate(_STOP.split(words)):
        if figure and figure in part and len(part.split()) <= _ONLY_AMOUNT:
            continue  # "I'm carrying the renewal, which is $310k": the lead has told it
        if (not won and _BOTH.match(part)) or (i == 0 and _POINTS_BACK.match(part)):
            continue
        if len(_content_words(part)) >= _ENOUGH and repeats(part, ["", *told.said, *kept]):
            continue
        kept.append(part)
    return " ".join(kept)


def why_lost(why: str) -> str:
    """Return why a deal is lost, not saying again that it is: "Lost, stays on paper" -> "they stay on paper"."""
    if to := _LOST_TO.match(why):
        # "lost 19/5 to Kestrel, CFO vetoed" -> "they went with Kestrel, CFO vetoed"
        day = f" on {to['day']}" if to["day"] else ""
        return f"they went with {to['who']}{day}{to['rest']}"
    rest = _LOST_AGAIN.sub("", why)
    first, _, after = rest.partition(" ")
    if first.lower() in _THEY_DID:
        return f"they {plural_verb(first) or first.lower()} {after}"
    return rest


def whose(text: str, remark: Remark, told: Entry) -> str:
    """Return a clause that has lost the person it is about with their name: "holds it" -> "Ann Orr holds it"."""
    if not remark.spans or not does_alone(text):
        return text
    who = nearest_person(told.deal, remark.spans[0].start, told.phrasing)
    return f"{who} {text}" if who else ""


def uncelled(text: str) -> str:
    """Return what the bracket of a table's cell tells: "gone (Pam left on January 5)" -> "Pam left on January 5"."""
    cell = _CELL.fullmatch(text.strip(" .,"))
    return cell[1] if cell else text


def is_scrap(words: str) -> bool:
    """Tell whether words name a bare thing, with neither verb nor figure."""
    count = len(words.split())
    if words.casefold() == "never met":
        return True  # a cell about nobody
    if count > _SCRAP or any(c.isdigit() or c == ":" for c in words):
        return False
    return shape(words) == "nominal" or (count < _SCRAP and shape(words) != "sentence")


def by_pronoun(text: str, told: Entry) -> str:
    """Return a remark that opens on the account's own name with "they" in its place, or without it."""
    deal = told.deal
    called = {deal.name, *deal.aliases, deal.name.split()[0] if len(deal.name.split()[0]) > _SCRAP else deal.name}
    for name in sorted(called, key=len, reverse=True):
        if text[: len(name)].casefold() != name.casefold() or text[len(name) : len(name) + 1] != " ":
            continue
        without = text[len(name) + 1 :]
        verb, _, rest = without.partition(" ")
        wish_verb = verb.lower() if verb.lower() in verbs().of_the_customer else ""
        if many := plural_verb(verb) or wish_verb:
            return f"they {many} {rest}".strip()
        return without if shape(without) == "sentence" else text
    return text


def understandable(words: str, remark: Remark, told: Entry) -> str:
    """Return a fragment that tells a risk or a wish as a clause: "2 voicemails since May" -> "they are silent: ..."."""
    if not remark.spans:
        return words
    phrasing = told.phrasing
    fragment = shape(words) == "nominal"
    for exception in told.deal.exceptions:
        if fragment and touches(exception.spans, remark.spans):
            return wish(words, phrasing)
    for risk in told.deal.risks:
        kind = risk.value.kind
        if touches(risk.spans, remark.spans) and (fragment or not is_understood(kind, words)):
            if is_understood(kind, " ".join(told.said)) or (kind is RiskKind.NO_NEXT_STEP and not fragment):
                continue
            buyer = unmet_buyer(told.deal, kind)
            if buyer is not None:
                return phrasing.voice.say("buyer.unmet", name=buyer.value.name)
            rival = next((c.value for c in told.deal.competitors if c.value.casefold() in words.casefold()), None)
            if kind is RiskKind.COMPETITION and rival and len(words.split()) <= _SHORT_RIVAL:
                return phrasing.voice.say("competitor", competitor=rival)
            if ";" in words or (_ABSENT.match(words) and len(words.split()) <= _SCRAP):
                return phrasing.voice.say(f"risk.{kind.value}")
            return f"{phrasing.voice.say(f'risk.{kind.value}')}: {small_start(words)}"
    return words


def spoken(words: str, remark: Remark, told: Entry) -> str:
    """Return a remark with the people it means: a quoted one with who wrote it, "he" and "she" by name."""
    if not remark.quoted or not remark.spans:
        return with_person(words, told.deal, remark.spans, told.said, told.phrasing)
    if words.endswith("?"):
        return ""
    who = nearest_person(told.deal, remark.spans[0].start, told.phrasing)
    said = words.strip('"“”„«» ')
    return f'{who} writes: "{first_up(said)}"' if who else f'they write: "{first_up(said)}"'


def repeats(step: str, said: Sequence[str]) -> bool:
    """Tell whether most of a step's words have been said in one sentence already."""
    words = _content_words(step)
    return bool(words) and any(len(words & _content_words(s)) >= 0.6 * len(words) for s in said[1:])


def _content_words(text: str) -> frozenset[str]:
    return frozenset(w.casefold() for w in re.findall(r"[^\W_]{4,}|\d+", text))
