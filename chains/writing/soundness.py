"""Which clauses of notes can stand as sentences: a clause written out comes in, the clause with the article and the
joints it has lost goes out, or "" where it cannot stand by itself. The words that decide stand in soundness.yaml.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chains.reading.lexicon import wordlists
from chains.wordfiles import either, load
from chains.writing.grammar import is_order, shape, third_person, verbs

_OPENS_ASKING = re.compile(r"(?:who|whom|where|what|when|how)\b", re.IGNORECASE)
_ASKING_MOST = 12  # words; a longer clause has a main clause somewhere
_MAIN = re.compile(r"\b(?:is|was|isn't|not known|we do(?:n't| not)|I do(?:n't| not)|unclear|open)\b", re.IGNORECASE)
_DENIAL_ALONE = re.compile(r"\b(?:is|are) not$", re.IGNORECASE)
_CUT_OFF = 4  # words of a clause that only tells what something is not
_SO_MUCH = re.compile(r",? so \d[\d.,]*[km]?\.?$", re.IGNORECASE)  # what it makes is told by the amount
_LEAST = 2  # words of a sentence
_SHORT_HEAD = 2  # words of a bare thing before the clause that tells what it is about
_DENIES = re.compile(r"n't\b|\b(?:not|cannot|never|no|nobody|nothing|only)\b", re.IGNORECASE)
_ALL_WELL = re.compile(r"nothing (?:else )?is (?:open|outstanding|pending|missing)\b")
_CLAUSE_END = re.compile(r"[.;:] |, (?=and |but |so )")


@dataclass(frozen=True, slots=True)
class _Rules:
    ends_hanging: re.Pattern[str]
    may_end: re.Pattern[str]
    opens_hanging: re.Pattern[str]
    next_clause: re.Pattern[str]
    joined: re.Pattern[str]
    ours: re.Pattern[str]
    bare: re.Pattern[str]
    no_article: frozenset[str]
    taken_back: re.Pattern[str]
    needs_another: re.Pattern[str]
    shrugs: re.Pattern[str]
    repairs: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data: Any = load("chains.writing", "soundness.yaml")

    name = r"(?-i:[A-Z])[\w.'’-]+"
    return _Rules(
        ends_hanging=re.compile(rf"\b(?:{either(data['hanging_ends'])})$", re.IGNORECASE),
        may_end=re.compile(rf"\b(?:{'|'.join(data['ends_all_the_same'])})$", re.IGNORECASE),
        opens_hanging=re.compile(rf"(?:{either(data['hanging_starts'])})\b", re.IGNORECASE),
        next_clause=re.compile(
            rf", (?=(?:{either(data['next_subjects'])}"
            rf"|(?:{either(data['next_teams'])})(?: here| there)? (?={either(data['team_verbs'])})"
            rf"|{name} (?:{name} )?(?:{either(data['person_verbs'])}))\b)",
            re.IGNORECASE,
        ),
        joined=re.compile(rf"(?:{either(data['joined_already'])})\b", re.IGNORECASE),
        ours=re.compile(
            rf"(?:, | (?=ours\b))((?:{either(data['our_measure'])}) is"
            rf" (?:net |about )?(?:\d|{either(data['numbers'])})[^,.;]{{0,30}}?)"
            r"(?=$|[,.;])",
            re.IGNORECASE,
        ),
        bare=re.compile(rf"(?P<thing>(?:[a-z][a-z'’/-]* ){{1,3}})(?P<verb>{either(data['bare_verbs'])})\b"),
        no_article=frozenset(str(w) for w in data["no_article"]),
        needs_another=re.compile(rf"(?:{either(data['needs_another'])})\b", re.IGNORECASE),
        shrugs=re.compile(rf"\b(?:{either(data['shrugs'])})\b", re.IGNORECASE),
        repairs=tuple((re.compile(p, re.IGNORECASE), put) for p, put in _repairs(data, either)),
        taken_back=re.compile(rf"\b(?:{either(data['taken_back'])})\b", re.IGNORECASE),
    )


def _repairs(data: Any, either: Callable[[Iterable[str]], str]) -> Iterator[tuple[str, str]]:
    """Yield what gives a clause back the small words it has lost, in this order."""
    yield r"\s*\(me\)(?=[,.;]|$)", ""
    yield rf",? (?<!the )(?<!a )(?<!our )(?<!their )(?:{either(data['calls_by'])})$", ""
    alone = "know|knew|have|met|got|spoke|heard|saw|talk|talked|deal"
    yield rf"^((?:only|never|just|already) (?:{alone})) (?!to\b|been\b)", r"I \1 "
    yield r"^(?:it |they )?(?=(?-i:Would|Could|Should|Might|Will|Can't|Couldn't|Don't|Didn't|Haven't)\b)", ""
    modal = r"would(?:n't)?|could(?:n't)?|should(?:n't)?|might"
    how = r"(?:still |also |rather |really |just |not |never |even |personally )*"
    yield rf"^(?i:({modal})) ({how}(?:{either(data['thinks'])}))\b", r"I \1 \2"
    yield r"^(found out|learn(?:ed|t) (?:late|too late|only)|waited|underestimated|should(?:'ve| have))\b", r"I \1"
    failing = r"can't|cannot|couldn't|don't|didn't|haven't|hadn't|can not|could not|do not|did not|have not"
    yield rf"^({failing}) ({how}(?:{either(data['fails'])}))\b(?! (?:i|we|you|they|he|she)\b)", r"I \1 \2"
    yield rf"^(?:it )?({modal}) (?=(?:also |still |really )?(?:like|love|appreciate)\b)", r"they \1 "
    yield rf"^({modal}|will|won't|may) (?!(?:i|we|you|they|he|she|it|that|this|there)\b)", r"it \1 "
    yield (
        r"^(they|we|i|he|she) (?:want|need|have|ask)s? \1 (?=(?:also |still |just |now )?(?:want|need|have|ask))",
        r"\1 ",
    )
    does = "is|are|was|were|be|been|get|gets|got|has|have"
    yield (
        rf"^((?:the|our|their|my|his|her) (?:(?!\w+ed\b|(?:{does})\b)[\w'’-]+ ){{1,3}})({either(data['stands'])})$",
        r"\1is \2",
    )
    yield rf"^({either(data['stays'])}) (?=with|on|to|as|in|put)", r"they are \1 "
    things = "|".join(sorted(verbs().things_too))
    went = r"is|isn't|are|was|has|hasn't|came|went|comes|goes|got"
    yield rf"^(?:they|I|we) ((?:{things}|docusign)(?: \w+)? (?:{went})\b)", r"the \1"
    yield rf"^(?:they|I|we) ((?:{things}|docusign)) ((?:complet|sign|approv|return)ed by)\b", r"the \1 was \2"


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lists = wordlists()
    return (lists["ordinary"] | verbs().things_too) - lists["first_names"] - lists["function"]


def sound(clause: str) -> str:
    """Return a clause as it can stand as a sentence: "the" before a bare thing, its parts joined.

    Return "" where it hangs on words that are not there, takes itself back, or has no verb: what it tells stands in the
    fields of its deal, or is better left out than pasted.
    """
    clause = _SO_MUCH.sub("", clause)
    head, comma, rest = clause.partition(", ")
    bare_head = head.isalpha() or head.replace(" ", "").isalpha()
    opens = _rules().next_clause.match(f", {rest}") is not None
    if comma and bare_head and head.islower() and len(head.split()) <= _SHORT_HEAD and opens and not _is_clause(head):
        clause = rest  # "redlines on, their lawyer won't have the renewal"
    for pattern, put in _rules().repairs:
        clause = pattern.sub(lambda m, put=put: _small_after(m.expand(put)), clause)  # type: ignore[misc]
    clause = _agreeing(clause)
    if hangs(clause) or not _is_clause(clause) or _rules().taken_back.search(clause):
        return ""
    if is_order(clause) or _rules().shrugs.search(clause):
        return ""  # nobody is told to whom an order goes, and a shrug is no news
    return joined(with_the(clause))


def _small_after(text: str) -> str:
    """Return a repaired opening with the verb in small letters: "I Would still bet" -> "I would still bet"."""
    subject, blank, rest = text.partition(" ")
    return f"{subject} {rest[:1].lower()}{rest[1:]}" if blank and subject in ("I", "it", "they", "the") else text


def _agreeing(clause: str) -> str:
    """Return a clause whose verb goes with one person: "he want the price fixed" -> "he wants the price fixed"."""
    wishes = "|".join(sorted(verbs().of_the_customer))
    lone = re.compile(rf"(?:^|(?<=[.;,] )|(?<=\band ))(he|she) ({wishes})\b", re.IGNORECASE)
    return lone.sub(lambda m: f"{m[1]} {third_person(m[2].lower())}", clause)


def _is_clause(clause: str) -> bool:
    """Tell whether a clause has its subject and its verb."""
    if len(clause.split()) < _LEAST:
        return False
    return shape(clause) == "sentence" or shape(f"{clause[:1].lower()}{clause[1:]}") == "sentence"


def hangs(clause: str) -> bool:
    """Tell whether a clause hangs on words that are not there: "which must approve", "the council has to vote on"."""
    bare = clause.strip(" .,;:")
    rules = _rules()
    if not bare or clause.rstrip().endswith("?"):
        return False
    if rules.opens_hanging.match(bare):
        return True
    if rules.needs_another.match(bare) and not _is_clause(bare.partition(", ")[2]):
        return True
    if _OPENS_ASKING.match(bare) and len(bare.split()) < _ASKING_MOST and not _MAIN.search(bare):
        return True
    if _DENIAL_ALONE.search(bare) and len(bare.split()) <= _CUT_OFF:
        return True
    return rules.ends_hanging.search(bare) is not None and not rules.may_end.search(bare)


def joined(clause: str) -> str:
    """Return clauses that only a comma parts with the word that joins them: "they signed, we haven't" -> ", but we"."""
    rules = _rules()
    clause = rules.ours.sub(r" (\1)", clause)
    for place in reversed(list(rules.next_clause.finditer(clause))):
        before, after = clause[: place.start()], clause[place.end() :]
        last = _CLAUSE_END.split(before)[-1]
        opened = last.count("(") > last.count(")")
        if opened or (rules.joined.match(last) and "," not in last):
            continue
        own = re.split(r"[.;:]|, ", after)[0]
        first = own.split(" and ")[0]
        if shape(last) != "sentence" or shape(first) != "sentence":
            continue
        if after[len(own) :].startswith((", and ", ", but ")):
            clause = f"{before}. {after[:1].upper()}{after[1:]}"
            continue
        against = _DENIES.search(first) and not _DENIES.search(last) and not _ALL_WELL.match(first)
        clause = f"{before}, {'but' if against else 'and'} {after}"
    return clause


def with_the(clause: str) -> str:
    """Return a clause with "the" before the one thing it is about: "town hasn't paid" -> "the town hasn't paid"."""
    rules, known = _rules(), verbs()
    first = clause.split(" ", 1)[0]
    if first[:1].isupper() and first[1:].islower() and first.casefold() in _common():
        small = with_the(f"{clause[:1].lower()}{clause[1:]}")
        return small if small.startswith("the ") else clause
    bare = rules.bare.match(clause)
    if bare is None:
        return clause
    things, verb = bare["thing"].split(), bare["verb"]
    last = things[-1]
    many = last.endswith("s") and not last.endswith(("ss", "us"))
    known_apart = any(w in rules.no_article or w in known.subjects or w in known.helping for w in things)
    does = things[0].endswith(("ing", "ly")) or things[0] in known.pasts or last in known.thirds
    does = does or (last in known.pasts and last not in known.bases)
    does = does or (things[0] in known.bases and things[0] not in known.things_too)
    lone = verb in ("left", "got") and len(things) == 1 and shape(clause) != "sentence"
    if many or known_apart or does or lone or " ".join(things) in rules.no_article:
        return clause
    return f"the {clause}"
