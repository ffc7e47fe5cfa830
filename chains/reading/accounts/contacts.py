"""Where plain sentences speak of a customer: marked notes come in, what leads to a name or follows it goes out.

"Had a good call with Vandelay", "Anna at Hooli", "nothing new from Stark", "Tanager came back to us": the rows stand in
`cues_contacts.yaml`.
"""

from chains.reading.layout.marked import Marked
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import Hit, wordlists

POINTS = {"topic": 3.5, "who": 3.0, "met": 2.0, "does": 1.5}
_AT = frozenset(["at", "from", "@", "with"])
_OF = frozenset(["of", "("])  # only behind a known first name
_ARTICLES = frozenset("the our my".split())
OF_A_DEAL = frozenset(
    "deal deals renewal opp opportunity account contract proposal quote order po guys people folks thing business"
    " project".split()
)
_SMALL = frozenset("the our my over out there new now".split())
_OPENING = frozenset("on at for with about re regarding over as to".split())
_GOES_ON = frozenset(
    "they we no who where which still nothing same because since as".split()
)  # behind a name and a comma
_STARTS = frozenset(
    "and but so then also while whereas though because if when once since that think guess believe hope sure say says"
    " said hear heard told reckon suppose except".split()
)


class Contacts:
    """Look up what leads to a token; everything is gathered once."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self._leads: dict[int, Hit] = {}
        self.leading: set[int] = set()  # tokens that only lead to a customer: closest is, quick one on
        said = [t for t in marked.stream.tokens if t.kind == "word"]
        self.flat = sum(1 for t in said if t.capital) * 8 <= len(said)  # the notes as a whole hardly use capitals
        for hit in marked.hits:
            if hit.group not in ("contact", "subject"):
                continue
            if hit.name == "topic" and hit.group == "contact":
                self.leading |= set(range(hit.first, hit.last))
            held = self._leads.get(hit.last)
            if held is None or POINTS[hit.name] > POINTS[held.name]:
                self._leads[hit.last] = hit

    def leads(self, i: int) -> tuple[str, int]:
        """Return what leads to a name at token `i` and the token at which that opens; "" where nothing does."""
        marked, tokens = self.marked, self.marked.stream.tokens
        sentences = marked.clauses.sentence_of
        j = i
        while j and tokens[j - 1].low in _SMALL and sentences[j - 1] == sentences[i]:
            j -= 1
        for at in dict.fromkeys((i, j)):
            person = self._person_before(at)
            if person is not None:
                return "who", person
        for at in dict.fromkeys((i, j)):
            hit = self._leads.get(at)
            if hit is not None and sentences[hit.first] == sentences[i]:
                return hit.name, hit.first
        opening = marked.clauses.sentences[sentences[i]].first
        if j == i and i > opening and tokens[i - 1].low in wordlists()["did"]:
            return "met", i - 1  # Rescheduled Prism
        last = next((k for k in range(i, min(i + 5, len(tokens))) if tokens[k].low in OF_A_DEAL), None)
        named = last is not None and all(t.capital or (self.flat and self._strange(t)) for t in tokens[i:last])
        if j < i and tokens[j].low in _ARTICLES and last is not None and last > i and named:
            return "topic", j  # the Quill renewal, the Lindenhof people
        led = j - 1 >= opening and tokens[j - 1].low in _OPENING
        behind = tokens[j - 2] if j > 1 else None
        if led and (j - 1 == opening or (behind and (behind.kind == "date" or behind.low in _STARTS | {","}))):
            return "met", j - 1
        return "", i

    def _strange(self, token: Token) -> bool:
        words = wordlists()
        return token.kind == "word" and not any(
            token.low in words[n] for n in ("function", "ordinary", "labels", "roles")
        )

    def _person_before(self, i: int) -> int | None:
        """Return where a person opens who is said to be at the firm named at token `i`: Anna at, Jo from, Raj (."""
        marked, tokens, words = self.marked, self.marked.stream.tokens, wordlists()
        sentences = marked.clauses.sentence_of
        if i < 2 or tokens[i - 1].low not in _AT | _OF:
            return None
        j = i - 2
        if tokens[j].low == "over" and j:
            j -= 1
        token = tokens[j]
        if token.kind != "word" or sentences[j] != sentences[i] or marked.opening(i, "team", "role"):
            return None
        if token.low in words["roles"] and tokens[i - 1].low in ("at", "from", "@"):
            return j
        first = j - 1 if j and tokens[j - 1].low in words["first_names"] and token.capital else j
        known = tokens[first].low in words["first_names"]
        strange = token.capital and all(
            token.low not in words[name] for name in ("function", "ordinary", "company", "labels", "roles", "titles")
        )
        if tokens[i - 1].low in _OF or tokens[i - 1].low == "with":
            return first if known and tokens[i - 1].low != "with" else None
        if first == j and j and strange and not known and tokens[j - 1].capital and sentences[j - 1] == sentences[j]:
            first = j - 1
        return first if known or strange else None

    def does(self, last: int, opening: int, first: int) -> bool:
        """Tell whether a name opens a thought (at `first`) and goes on (at `last`) with what a customer does."""
        tokens = self.marked.stream.tokens
        before = tokens[first - 1] if first > opening else None
        if before is not None and before.kind != "mark" and before.low not in _STARTS:
            return False
        if last < len(tokens) and tokens[last].low == "(":
            closed = next((k for k in range(last, min(last + 6, len(tokens))) if tokens[k].low == ")"), last)
            priced = any(t.kind in ("money", "percent") for t in tokens[last:closed])
            last = closed + 1 if closed > last and not priced else last  # Fallowfield (new CFO) starts from scratch
        if last < len(tokens) and tokens[last].low in (",", "-", "–", "—") and last + 1 < len(tokens):
            return tokens[last + 1].low in _GOES_ON
        return last < len(tokens) and any(h.group == "customer" for h in self.marked.at.get(last, ()))

    def slots(self) -> list[int]:
        """Return the tokens at which a customer's name would stand, by what leads to them."""
        tokens = self.marked.stream.tokens
        found = {i + (i < len(tokens) and tokens[i].low in (",", ":")) for i in self._leads}
        names = wordlists()["first_names"]
        found |= {
            i + 2
            for i in range(len(tokens) - 2)
            if tokens[i].low in names
            and tokens[i + 1].low in ("at", "from", "of", "@")
            and tokens[i + 2].kind == "word"
        }
        if self.flat:  # the hobart thing
            found |= {
                i
                for i in range(1, len(tokens) - 1)
                if tokens[i - 1].low in _ARTICLES and tokens[i + 1].low in OF_A_DEAL and self._strange(tokens[i])
            }
        return sorted(found)
