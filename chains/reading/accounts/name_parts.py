"""What looks like a name's first words and is none: candidates come in, where the name itself opens goes out.

Articles of a deal, verbs that open a sentence, numbers that count deals off, and two names joined by "and".
"""

from chains.reading.accounts.contacts import OF_A_DEAL
from chains.reading.layout.marked import Candidate, Marked
from chains.reading.lexicon import wordlists


def and_between(marked: Marked, candidate: Candidate, alone: set[str]) -> int:
    """Return the "and" between two names, of which one stands alone elsewhere, or 0: Prism and Delfino ... Prism."""
    tokens = marked.stream.tokens
    for i in range(candidate.first + 1, candidate.last - 1):
        if tokens[i].text.casefold() == "and":
            halves = {marked.stream.text(candidate.first, i), marked.stream.text(i + 1, candidate.last)}
            return i if any(half.casefold() in alone for half in halves) else 0
    return 0


def did(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether a sentence opens with what was done to a customer: Rescheduled Prism for Friday."""
    tokens = marked.stream.tokens
    opens = candidate.first == marked.clauses.sentences[marked.clauses.sentence_of[candidate.first]].first
    low = tokens[candidate.first].low
    longer = candidate.last - candidate.first > 1 and tokens[candidate.first + 1].capital
    return opens and low in wordlists()["did"] and longer and tokens[candidate.first + 1].kind == "word"


def article_of_a_deal(marked: Marked, candidate: Candidate) -> bool:
    """Tell whether "the" opens what is no name but a deal: the Quill renewal."""
    tokens = marked.stream.tokens
    if candidate.last - candidate.first < 2 or tokens[candidate.first].low != "the" or candidate.last >= len(tokens):
        return False
    return tokens[candidate.last].low in OF_A_DEAL


_LEAST_COUNTED = 3  # sentences that open with 1, 2, 3 are numbered


def numbering(marked: Marked) -> frozenset[int]:
    """Return the bare numbers that count the deals off: 1 Globex ..., 2 Initech ..., 3 Umbrella ..."""
    tokens = marked.stream.tokens
    counted: list[int] = []
    for sentence in marked.clauses.sentences:
        first = sentence.first
        if first + 1 < sentence.last and tokens[first].text == str(len(counted) + 1) and tokens[first + 1].capital:
            counted.append(first)
    return frozenset(counted if len(counted) >= _LEAST_COUNTED else ())


_COUNTED_OFF = frozenset("first second third fourth fifth".split())
_GOES_THROUGH = frozenset("second third next then last lastly finally also".split())


def counts_off(marked: Marked, i: int) -> bool:
    """Tell whether "First" opens a round of deals and no name: First Dokkum Shipyards ... Then Sneek Marina ..."""
    tokens, words = marked.stream.tokens, wordlists()
    if tokens[i].low not in _COUNTED_OFF or i + 2 >= len(tokens) or not tokens[i + 1].capital:
        return False
    own = tokens[i + 1].low not in words["company"] and tokens[i + 1].low not in words["ordinary"]
    if not own or not tokens[i + 2].capital:
        return False
    spoken = marked.units[marked.clauses.sentences[marked.clauses.sentence_of[i]].unit].first.speaker != ""
    return spoken or any(tokens[s.first].low in _GOES_THROUGH for s in marked.clauses.sentences)
