"""Which names stand for which account: names come in, the account each run of tokens speaks of goes out.

Short forms, acronyms and names in brackets lead to one account; names that only look alike stay two.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from chains.accounts import LEGAL_FORMS
from chains.reading.accounts.name_words import (
    EVERYDAY_PAIRS,
    GENERIC,
    is_common,
    is_dull,
    is_own_word,
    is_telling,
    same_word,
)
from chains.reading.layout.tokens import Token, fold
from chains.reading.lexicon import wordlists

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


@lru_cache(maxsize=4096)
def key(text: str) -> tuple[str, ...]:
    """Return the folded words of a name, `&` spelled out and short spellings written in full."""
    return tuple("and" if w in "&+" else same_word(fold(w)) for w in _WORD.findall(text))


def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without a legal form at their end and an article at their start."""
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words = words[:-1]
    return words[1:] if len(words) > 1 and words[0] == "the" else words


class Registry:
    """Hold the accounts and the forms their names take."""

    def __init__(self) -> None:
        self.accounts: list[Account] = []
        self._forms: dict[tuple[str, ...], list[tuple[int, bool]]] = {}
        self._exact: dict[tuple[str, ...], int] = {}
        self._cased: set[tuple[str, int]] = set()  # single words that need their capital even in dictated text
        self._opening: dict[str, int] = {}  # first word -> length of the longest form that opens with it
        self._inner: dict[tuple[str, ...], int] = {}  # words inside one account's name only, that stand for it
        self._inner_words: frozenset[str] = frozenset()
        self._words: set[str] = set()  # every word of a form
        self._owned: set[str] = set()  # those with the s of an owner: endas, of St Enda's
        self._firsts: dict[str, str] = {}  # name -> its first word

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

    def named(self, words: tuple[str, ...]) -> Account | None:
        """Return the account with these folded words for its name (legal form left off), or None."""
        index = self._exact.get(words)
        return None if index is None else self.accounts[index]

    def exact(self, text: str) -> Account | None:
        """Return the account with that very name (legal form left off), or None."""
        index = self._exact.get(core(key(text)))
        return None if index is None else self.accounts[index]

    def resolve(
        self, tokens: Sequence[Token], i: int, stop: int, *, flat: bool = False, head: bool = False
    ) -> tuple[list[int], int] | None:
        """Return the accounts that a form opening at token `i` may mean and where it ends; the longest form counts."""
        opening, _ = self._as_known(tokens, i, stop)
        longest = self._opening.get(opening) or self._opening.get(same_word(fold(tokens[i].text)))
        if longest is None:
            return self._within(tokens, i, stop, head) or (self._near(tokens, i, stop) if head else None)
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
                word, j = self._as_known(tokens, j, stop)
                words.append(word)
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
                if not needs_capital
                or tokens[i].capital
                or (flat and not small and (words[0], index) not in self._cased)
            ]
            whole = self._exact.get(core(tuple(words[:size])))
            if len(cased) > 1 and whole in cased:
                cased = [whole]  # the name of one account in full, the start of another's
            if cased:
                return cased, ends[size - 1]
        return self._within(tokens, i, stop, head) or (self._near(tokens, i, stop) if head else None)

    def _as_known(self, tokens: Sequence[Token], i: int, stop: int) -> tuple[str, int]:
        """Return a word as the names have it, and its last token: Enda's and Enda for endas, Hexleys for Hexley."""
        word = same_word(tokens[i].low)
        tail = i + 1 < stop and tokens[i + 1].low == "s" and tokens[i + 1].start == tokens[i].end
        if tail and word + "s" in self._owned:
            return word + "s", i + 1
        if word in self._words:
            return word, i
        if word + "s" in self._owned:
            return word + "s", i
        bare = word[:-1]
        possessed = word.endswith("s") and len(bare) > 3 and bare in self._words and is_own_word(bare)
        return (bare, i) if possessed else (word, i)

    def tell_apart(self, people: frozenset[tuple[str, ...]] | None = None) -> None:
        """Learn the words that stand in the name of one exported account only: Flüeli for Bergbahnen Flüeli AG.

        With `people` (folded names) also those of the other accounts: what names a person names no account.
        """
        if people is not None:
            self._tell_words(people)
            return
        names = [(a.index, core(key(a.name))) for a in self.accounts if a.exported]
        if len(names) > _MANY:
            return  # nobody writes remarks on so many
        owners: dict[str, set[int]] = {}
        for index, words in names:
            for word in words:
                owners.setdefault(word, set()).add(index)
        for index, words in names:
            for first in range(1, len(words)):
                for last in range(first + 1, len(words) + 1):
                    piece = words[first:last]
                    if any(w in wordlists()["joining"] for w in (piece[-1], *(piece if len(piece) == 1 else ()))):
                        continue
                    mine = [w for w in piece if owners[w] == {index} and len(w) > 2 and w not in LEGAL_FORMS]
                    if mine and not (len(piece) == 1 and piece[0] in wordlists()["function"]):
                        self._inner.setdefault(piece, index)
        self._inner_words = frozenset(w for piece in self._inner for w in piece[:1])

    def _tell_words(self, people: frozenset[tuple[str, ...]]) -> None:
        """Learn the telling single words inside the names: Ehlert for Kunststoff Ehlert GmbH."""
        names = [(a.index, core(key(a.name))) for a in self.accounts]
        if len(names) > _MANY:
            return
        owners: dict[str, set[int]] = {}
        for index, words in names:
            for word in words:
                owners.setdefault(word, set()).add(index)
        taken = {word for name in people for word in name}
        for index, words in names:
            for word in words[1:]:
                free = owners[word] == {index} and (word,) not in self._forms and word not in taken
                if free and len(word) > 3 and not is_common(word) and word not in GENERIC and word not in LEGAL_FORMS:
                    self._inner.setdefault((word,), index)
        self._inner_words = frozenset(w for piece in self._inner for w in piece[:1])

    def _within(self, tokens: Sequence[Token], i: int, stop: int, head: bool) -> tuple[list[int], int] | None:
        """Match words from inside one account's name: with their capitals, or plain at the head of a line."""
        if head and tokens[i].low in ("the", "die", "der", "el", "la", "le") and i + 1 < stop:
            return self._within(tokens, i + 1, stop, head)
        if tokens[i].kind != "word" or same_word(tokens[i].low) not in self._inner_words:
            return None
        before = tokens[i - 1] if i else None
        if (
            before is not None
            and before.kind == "word"
            and before.capital
            and before.end + 1 == tokens[i].start
            and not head
        ):
            return None  # the last name of somebody
        ends: list[tuple[str, int]] = []
        for j in range(i, min(stop, i + 8)):
            if tokens[j].kind == "word":
                ends.append((same_word(tokens[j].low), j + 1))
            elif tokens[j].low not in "-–.'’":
                break
        for size in range(len(ends), 0, -1):
            piece = tuple(word for word, _ in ends[:size])
            index = self._inner.get(piece)
            if index is None:
                continue
            shown = tokens[i].capital and not (size == 1 and is_dull(piece[0]))
            closes = ends[size - 1][1] >= stop or tokens[ends[size - 1][1]].kind == "mark"
            if shown or (head and closes):
                return [index], ends[size - 1][1]
        return None

    def _near(self, tokens: Sequence[Token], i: int, stop: int) -> tuple[list[int], int] | None:
        """Match a misspelt name at the head of a line: one slip of the pen in a long word."""
        token = tokens[i]
        cut = _CUT.fullmatch(token.text)
        for account in self.accounts if cut else ():
            first = self._first(account)
            if cut and first.startswith(cut[1].casefold()) and first.endswith(cut[2].casefold()) and len(first) > 5:
                return [account.index], i + 1  # H'borough
        if (
            token.kind != "word"
            or len(token.low) < 5
            or token.low in wordlists()["ordinary"]
            or token.low in wordlists()["function"]
        ):
            return None
        for account in self.accounts:
            first = self._first(account)
            if len(first) >= 5 and first[0] == token.low[0] and DamerauLevenshtein.distance(first, token.low) == 1:
                return [account.index], i + 1
        return None

    def _first(self, account: Account) -> str:
        """Return the first word of an account's name, "" where it has none."""
        if account.name not in self._firsts:
            words = key(account.name)
            self._firsts[account.name] = core(words)[0] if words else ""
        return self._firsts[account.name]

    def _learn(self, account: Account, text: str) -> None:
        full = key(text)
        if not full:
            return
        short = core(full)
        self._exact.setdefault(short, account.index)
        capital = text[:1].isupper()
        self._owned |= {word for word, plain in zip(full, _WORD.findall(text), strict=True) if _OWNER.search(plain)}
        self._form(account, full, capital and len(full) == 1 and is_common(full[0]))
        self._form(account, short, capital and len(short) == 1 and is_common(short[0]))
        for size in range(1, len(short)):
            piece = short[:size]
            if piece[-1] in wordlists()["joining"] or (
                size == 1 and (not is_telling(piece[0]) or piece[0] in wordlists()["common_first_names"])
            ):
                continue
            if all(w in GENERIC for w in piece):
                continue
            self._form(account, piece, size == 1 and (capital or is_common(piece[0])) and is_common(piece[0]))
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
            and tail[0] not in wordlists()["common_first_names"]
        ):
            for size in range(1, len(tail) + 1):
                if tail[size - 1] not in wordlists()["joining"]:
                    self._form(account, tail[:size], size == 1)
        for word in short[
            1:
        ]:  # "Castle" is Thornbury Castle Homes; two that share it are told apart by what was said last
            if len(word) > 3 and is_own_word(word) and not account.exported:
                self._form(account, (word,), True, always=True)
        for first in range(1, len(short) - 1):  # "Pão Dourado" is Rede Pão Dourado
            for last in range(first + 2, len(short) + 1):
                piece = short[first:last]
                joined = {piece[0], piece[-1]} & wordlists()["joining"]
                if not joined and any(is_own_word(w) for w in piece) and not account.exported:
                    self._form(account, piece, True, always=True)
        letters = [w for w in short if w not in ("of", "the", "for")]
        initials = "".join(w[0] for w in letters if w != "and")
        if len(initials) >= 3:
            self._form(account, (initials,), True)
        if len(full) > len(short) and len(full) >= 3:
            self._form(account, ("".join(w[0] for w in full if w not in ("and", "of")),), True)
        if "and" in letters[1:2] and len(letters) >= 3:
            self._form(account, (letters[0][0], "and", letters[2][0]), True)
        elif len(initials) == 2 and initials not in EVERYDAY_PAIRS and len(letters) == 2 and text[:1].isupper():
            self._form(account, (initials,), True)

    def _form(self, account: Account, words: tuple[str, ...], needs_capital: bool, *, always: bool = False) -> None:
        if not words:
            return
        if always and words not in self._forms:
            self._cased.add((words[0], account.index))
        known = self._forms.setdefault(words, [])
        if len(known) >= _SHARED:
            return  # a form that so many share tells nobody apart
        if all(index != account.index for index, _ in known):
            known.append((account.index, needs_capital))
        self._opening[words[0]] = max(self._opening.get(words[0], 0), len(words))
        self._words.update(words)


_OWNER = re.compile(r"['’][sS]$")
_CUT = re.compile(r"([^\W\d_]{1,3})['’]([^\W\d_]{3,})")
_SHARED = 24
_MANY = 400
