"""Who acts, told by the words around: marked notes and a token come in; whether it names people goes out.

"The route team" is people by its noun; an unknown word is somebody where it opens a thought and goes on as only people
do: "Renae over there rings me", "Tipene their engineer", "Amadi redraws the plan".
"""

from chains.reading.layout.marked import Marked
from chains.reading.layout.tokens import Token
from chains.reading.lexicon import base_verbs, wordlists

GROUPS = frozenset(
    "team crew people lads lot guys folks gang squad boys girls office dept department desk mob bunch".split()
)
_OPENS = frozenset("and but so then also now once when til till until if because since as that to from".split())
_WHOSE = frozenset("their our the my".split())
_NOUN_ENDS = ("ment", "tion", "sion", "ing", "ness", "ance", "ence", "ity", "age", "ship", "ware")
_IS = frozenset("is s was stays remains".split())
_MET = frozenset("met saw rang told asked old young".split())
_FURTHER = {"on": 8, "who": 12}  # "on the shop floor", "who does the night shift"
SELLS = frozenset("offers quotes bids undercuts pitches guarantees charges sells supplies makes costs".split())
_WILL = frozenset("will promised has owes".split())
_PART = 4  # tokens from a name to the part it plays
_BEHIND_VERB = frozenset(
    "a an the it this that them him her us me up off out over back through down all both our their his my your each "
    "every another whether if about".split()
)


def third_form(token: Token) -> bool:
    """Tell whether a word has the ending of a verb said of somebody: repairs, walks, redraws."""
    low, words = token.low, wordlists()
    if token.kind != "word" or not token.text.islower() or len(low) < 4:
        return False
    ends = low.endswith("s") and not low.endswith(("ss", "us", "is"))
    return ends and not any(low in words[name] for name in ("function", "roles", "company"))


def may_be_a_name(token: Token) -> bool:
    """Tell whether a word with a capital can be somebody's name: no everyday word, none of a trade, no thing."""
    plain = token.kind == "word" and token.text[:1].isupper() and token.text[1:].islower() and len(token.low) > 2
    words, known = wordlists(), ("function", "ordinary", "trade", "topics", "labels", "company", "roles", "fields")
    plain = plain and not token.low.endswith((*_NOUN_ENDS, "body", "one", "thing"))
    return plain and not any(token.low in words[name] for name in known)


def acts_like_one(marked: Marked, i: int) -> bool:
    """Tell whether an unknown word with a capital opens a thought and goes on as a person does."""
    tokens = marked.stream.tokens
    if not may_be_a_name(tokens[i]):
        return False
    if i and tokens[i - 1].low in _MET:
        return True  # I met old Steenkamp
    if i and not (tokens[i - 1].kind == "mark" or tokens[i - 1].low in _OPENS or _new_sentence(marked, i)):
        return i + 2 < len(tokens) and tokens[i + 1].low in _WHOSE and _role(marked, i + 2)
    j = i + 1
    if j + 1 >= len(tokens):
        return False
    if tokens[j].low in _WHOSE:
        return _role(marked, j + 1)
    if plays_a_part(marked, i) or (tokens[j].low == "(" and tokens[j + 1].low in ("he", "she")):
        return True
    if tokens[j].low in ("over", "there"):
        j += 2 if tokens[j].low == "over" and tokens[j + 1].low == "there" else 1
        return j < len(tokens) and (
            third_form(tokens[j]) or tokens[j].low in ("is", "s", "has", "will", "said", "promised")
        )
    if tokens[j].low in ("in", "from", "at"):
        return in_a_house(marked, i)
    if tokens[j].low in SELLS:
        return False  # Vendora offers the same for less
    known = tokens[j].low in base_verbs() and base_verbs()[tokens[j].low] != tokens[j].low
    behind = tokens[j + 1] if j + 1 < len(tokens) else None
    return third_form(tokens[j]) and behind is not None and (known or behind.low in _BEHIND_VERB)


def in_a_house(marked: Marked, i: int) -> bool:
    """Tell whether a word goes on with a department and what is done there: Huw in accounts promised me."""
    tokens = marked.stream.tokens
    if i + 3 >= len(tokens) or tokens[i + 1].low not in ("in", "from", "at") or not tokens[i + 2].text.islower():
        return False
    at = next((k for k in range(i + 3, min(i + 6, len(tokens))) if _verb(tokens[k])), None)
    return at is not None and not any(t.kind in ("mark", "date", "money") for t in tokens[i:at])


def _verb(token: Token) -> bool:
    known = base_verbs().get(token.low, token.low) != token.low and token.low.endswith("s")
    return known or third_form(token) or token.low in _WILL


def plays_a_part(marked: Marked, i: int) -> bool:
    """Tell whether a word goes on with a part in the deal: Shauna is our champion, Dinesh on site fights for us."""
    tokens = marked.stream.tokens
    if i + 2 >= len(tokens) or not (tokens[i + 1].low in _IS or tokens[i + 1].low in _FURTHER):
        return False
    reach = _FURTHER.get(tokens[i + 1].low, _PART)
    stop = i + 2 + reach
    return any(h.first - i <= reach for h in marked.between(i + 2, stop, "role"))


def _new_sentence(marked: Marked, i: int) -> bool:
    return marked.clauses.sentence_of[i] != marked.clauses.sentence_of[i - 1]


def _role(marked: Marked, j: int) -> bool:
    """Tell whether a job opens at a token or behind one more word: their engineer, their plant head."""
    tokens, roles = marked.stream.tokens, wordlists()["roles"]
    return any(k < len(tokens) and tokens[k].low in roles for k in (j, j + 1)) or marked.opening(j, "role") is not None


def does_something(marked: Marked, i: int) -> bool:
    """Tell whether a first name without a capital goes on with a verb and its object: rab fits the panels."""
    tokens, words = marked.stream.tokens, wordlists()
    if i + 2 >= len(tokens) or any(tokens[i].low in words[name] for name in ("function", "ordinary", "trade", "roles")):
        return False
    verb = tokens[i + 1]
    known = base_verbs().get(verb.low, verb.low) != verb.low and verb.low.endswith("s")
    return (known or third_form(verb)) and tokens[i + 2].low in _BEHIND_VERB


def unlisted(marked: Marked, i: int) -> bool:
    """Tell whether a word that no list knows goes on with a known verb and its object: mae does the training."""
    tokens, words = marked.stream.tokens, wordlists()
    if i + 2 >= len(tokens) or len(tokens[i].low) < 3 or tokens[i].low.endswith((*_NOUN_ENDS, "s")):
        return False
    lists = ("function", "ordinary", "trade", "topics", "labels", "company", "roles", "fields", "sections")
    if any(tokens[i].low in words[name] for name in lists) or tokens[i].low in base_verbs():
        return False
    verb = tokens[i + 1].low
    return base_verbs().get(verb, verb) != verb and verb.endswith("s") and tokens[i + 2].low in _BEHIND_VERB


def introduced_small(marked: Marked, i: int, last: int) -> bool:
    """Tell whether a word without a capital is somebody by whose they are: josphat our agronomist trains them."""
    tokens = marked.stream.tokens
    if i + 3 >= last or tokens[i + 1].low not in ("our", "their") or tokens[i].low in base_verbs():
        return False
    if marked.opening(i, "team", "topic", "category", "stage", "step", "verb", "exception") is not None:
        return False
    if tokens[i].low.endswith(_NOUN_ENDS) or (tokens[i].low.endswith("s") and not tokens[i].low.endswith("us")):
        return False
    return any(third_form(tokens[j]) and tokens[j].low in base_verbs() for j in range(i + 3, min(i + 5, last)))
