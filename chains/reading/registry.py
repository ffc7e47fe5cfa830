"""Which names stand for which account: names come in, the account each run of tokens speaks of goes out.

Short forms, acronyms and names in brackets lead to one account; names that only look alike stay two.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import DamerauLevenshtein

from chains.reading.lexicon import wordlists
from chains.reading.tokens import Token, fold

LEGAL = frozenset(
    "inc llc llp lp ltd limited plc gmbh ag kg ohg se sa sas sarl srl spa bv nv ab as asa oy aps pvt pty co corp corporation company group holding holdings".split()
)
GENERIC = frozenset(
    "the city university bank banco banque of state county group hospital st saint new first north south east west grupo das der die la le el a".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&|\+")


@dataclass(slots=True)
class Account:
    """Hold one account while its names are gathered; `name` is the fullest form so far."""

    index: int
    name: str
    aliases: list[str] = field(default_factory=list)
    exported: bool = False
    order: int = 0  # offset of the first mention

    def call(self, other: str) -> None:
        """Add another form of the name."""
        if other and other != self.name and other not in self.aliases:
            self.aliases.append(other)


def key(text: str) -> tuple[str, ...]:
    """Return the folded words of a name, `&` spelled out."""
    return tuple("and" if w in "&+" else fold(w) for w in _WORD.findall(text))


def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without a legal form at their end and an article at their start."""
    while len(words) > 1 and words[-1] in LEGAL:
        words = words[:-1]
    return words[1:] if len(words) > 1 and words[0] == "the" else words


class Registry:
    """Hold the accounts and the forms their names take."""

    def __init__(self) -> None:
        self.accounts: list[Account] = []
        self._forms: dict[tuple[str, ...], list[tuple[int, bool]]] = {}
        self._exact: dict[tuple[str, ...], int] = {}
        self._first: dict[str, set[int]] = {}
        self._opening: dict[str, int] = {}  # first word -> length of the longest form that opens with it

    def add(self, name: str, aliases: Iterable[str] = (), *, exported: bool = False, order: int = 0) -> Account:
        """Add an account with its forms and return it."""
        account = Account(len(self.accounts), name, exported=exported, order=order)
        self.accounts.append(account)
        self._learn(account, name)
        for alias in aliases:
            account.call(alias)
            self._learn(account, alias)
        return account

    def rename(self, account: Account, fuller: str) -> None:
        """Take a fuller form for the name; the old one becomes an alias."""
        old, account.name = account.name, fuller
        if fuller in account.aliases:
            account.aliases.remove(fuller)
        account.call(old)
        self._learn(account, fuller)

    def alias(self, account: Account, text: str) -> None:
        """Learn another form of an account's name."""
        account.call(text)
        self._learn(account, text)

    def opening_with(self, word: str) -> list[Account]:
        """Return the accounts whose name opens with a folded word."""
        found = self._forms.get((word,), [])
        indices = {index for index, _ in found} | self._first.get(word, set())
        return [self.accounts[index] for index in sorted(indices)]

    def exact(self, text: str) -> Account | None:
        """Return the account with that very name (legal form left off), or None."""
        index = self._exact.get(core(key(text)))
        return None if index is None else self.accounts[index]

    def resolve(
        self, tokens: Sequence[Token], i: int, stop: int, *, flat: bool = False, head: bool = False
    ) -> tuple[list[int], int] | None:
        """Return the accounts that a form opening at token `i` may mean and where it ends; the longest form counts."""
        longest = self._opening.get(tokens[i].low)
        if longest is None and not (tokens[i].kind != "word" and (longest := self._opening.get(fold(tokens[i].text)))):
            return self._near(tokens, i, stop) if head else None
        words: list[str] = []
        ends: list[int] = []
        j = i
        while j < stop and len(words) < longest:
            token = tokens[j]
            if token.kind == "mark":
                if token.low in "&+":
                    words.append("and")
                    ends.append(j + 1)
                elif token.low not in "-–.,'’/":
                    break
            elif token.kind == "word":
                words.append(token.low if token.low not in ("s",) else "s")
                ends.append(j + 1)
            else:
                for piece in key(token.text):
                    words.append(piece)
                    ends.append(j + 1)
            j += 1
        for size in range(min(longest, len(words)), 0, -1):
            found = self._forms.get(tuple(words[:size]))
            if not found:
                continue
            small = size == 1 and words[0] in wordlists()["function"]  # "so" is no acronym in speech
            cased = [
                index
                for index, needs_capital in found
                if not needs_capital or tokens[i].capital or (flat and not small)
            ]
            if cased:
                return cased, ends[size - 1]
        return self._near(tokens, i, stop) if head else None

    def _near(self, tokens: Sequence[Token], i: int, stop: int) -> tuple[list[int], int] | None:
        """Match a misspelt name at the head of a line: one slip of the pen in a long word."""
        token = tokens[i]
        if (
            token.kind != "word"
            or len(token.low) < 5
            or token.low in wordlists()["ordinary"]
            or token.low in wordlists()["function"]
        ):
            return None
        for account in self.accounts:
            first = core(key(account.name))[0] if key(account.name) else ""
            if len(first) >= 5 and first[0] == token.low[0] and DamerauLevenshtein.distance(first, token.low) == 1:
                return [account.index], i + 1
        return None

    def _learn(self, account: Account, text: str) -> None:
        full = key(text)
        if not full:
            return
        short = core(full)
        self._exact.setdefault(short, account.index)
        self._first.setdefault(short[0], set()).add(account.index)
        capital = text[:1].isupper()
        self._form(account, full, capital and len(full) == 1 and _common(full[0]))
        self._form(account, short, capital and len(short) == 1 and _common(short[0]))
        for size in range(1, len(short)):
            piece = short[:size]
            if piece[-1] in wordlists()["joining"] or (
                size == 1 and (not _telling(piece[0]) or piece[0] in wordlists()["first_names"])
            ):
                continue
            if all(w in GENERIC for w in piece):
                continue
            self._form(account, piece, size == 1 and (capital or _common(piece[0])) and _common(piece[0]))
        # Transports Kermadec is Kermadec, Ville de Saint-Aubrac is Saint-Aubrac
        tail = short
        while len(tail) > 1 and (
            tail[0] in GENERIC or tail[0] in wordlists()["joining"] or tail[0] in wordlists()["company"]
        ):
            tail = tail[1:]
        if (
            tail != short
            and len(tail[0]) > 2
            and tail[0] not in wordlists()["function"]
            and tail[0] not in wordlists()["first_names"]
        ):
            for size in range(1, len(tail) + 1):
                if tail[size - 1] not in wordlists()["joining"]:
                    self._form(account, tail[:size], size == 1)
        letters = [w for w in short if w not in ("of", "the", "for")]
        initials = "".join(w[0] for w in letters if w != "and")
        if len(initials) >= 3:
            self._form(account, (initials,), True)
        if len(full) > len(short) and len(full) >= 3:
            self._form(account, ("".join(w[0] for w in full if w not in ("and", "of")),), True)
        if "and" in letters and len(letters) == 3:
            self._form(account, (letters[0][0], "and", letters[2][0]), True)
        elif len(initials) == 2 and len(letters) == 2 and text[:1].isupper():
            self._form(account, (initials,), True)

    def _form(self, account: Account, words: tuple[str, ...], needs_capital: bool) -> None:
        if not words:
            return
        known = self._forms.setdefault(words, [])
        if len(known) >= _SHARED:
            return  # a form that so many share tells nobody apart
        if all(index != account.index for index, _ in known):
            known.append((account.index, needs_capital))
        self._opening[words[0]] = max(self._opening.get(words[0], 0), len(words))


_SHARED = 24


def _common(word: str) -> bool:
    words = wordlists()
    return (
        word in words["function"]
        or word in words["ordinary"]
        or word in words["company"]
        or word in words["labels"]
        or word in words["first_names"]
        or word in _EVERYDAY
        or word in words["titles"]
    )


def _telling(word: str) -> bool:
    """Tell whether a first word alone can stand for the account."""
    words = wordlists()
    return len(word) > 1 and not (
        word in words["function"] or word in GENERIC or word in _COLOURS or word in words["ordinary"]
    )


_COLOURS = frozenset(
    "blue red green black white gold golden silver grey gray brown orange yellow purple pink big little old great grand general global united american national royal".split()
)
_EVERYDAY = frozenset(
    "target square gap notion apple orange shell oracle stripe slack zoom box nest ring chase visa delta amazon meta ford dell sage quill summit compass bridge harbor harbour cascade orchard sterling mercy union pioneer liberty horizon summit eagle falcon river lake mountain forest meadow valley ridge canyon peak crown anchor beacon apex atlas titan phoenix orbit pulse spark wave tide stone iron copper maple cedar oak pine elm willow rose lily grove field spring summer winter autumn storm cloud sky sun moon star light bright swift rapid fast quick smart clever brave bold true noble prime premier select choice value trust faith hope grace joy dream vision focus insight logic reason method system matrix vector sigma omega alpha gamma".split()
)
