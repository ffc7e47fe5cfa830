"""What a number counts: tokens come in, the thing in the singular goes out ("seat", "recruiter")."""

from collections.abc import Container
from functools import cache

from chains.figures.tokens import NUMBER, WORD, Tokens, any_of


def unit_at(t: Tokens, j: int, dates: Container[int], whole: bool = True) -> tuple[str, int]:
    """Return what is counted at token `j`, in the singular, and the token after it; "" where nothing tells."""
    if t.fold[j] in ("-", "+") and t.glued(j) and t.glued(j + 1) and t.word(j + 1) in any_of("units"):
        j += 1
    if t.fold[j] == "x" and t.glued(j):
        return "x", j + 1
    if t.fold[j] == "-" and t.glued(j) and t.glued(j + 1) and t.kind[j + 1] == WORD:
        return _singular(t.fold[j + 1]), j + 2  # "1-pager"
    k = j
    for _ in range(4):
        word = t.word(k)
        if not word or k in dates or "\n" in t.text[t.end[k - 1] : t.start[k]]:
            break
        singular = _singular(word)
        if singular in any_of("units"):
            further = _plural_behind(t, k + 1, dates) if word == singular else 0
            return (_singular(t.fold[further - 1]), further) if further else (singular, k + 1)
        if word in any_of("describing"):
            k += 1
            continue
        if word in any_of("no_units") or word in _links():
            break
        if t.kind[k + 1] == NUMBER and t.glued(k + 1):
            k += 2  # "SOC2" is one word
            continue
        if t.capital(k) and not t.text[t.start[k] : t.end[k]].isupper():
            break
        if whole and word.endswith("s") and len(word) > 3 and "'" not in word and not word.endswith(("ss", "us", "is")):
            return singular, k + 1
        k += 1
    return "", j


def _plural_behind(t: Tokens, k: int, dates: Container[int]) -> int:
    """Return the token after a plural behind a unit that only describes it ("4 new hospital logos"), else 0."""
    for _ in range(2):
        word = t.word(k)
        if not word or word in any_of("no_units") or word in _links() or k in dates:
            return 0
        if _singular(word) in any_of("units") and word != _singular(word):
            return k + 1
        k += 1
    return 0


def _singular(word: str) -> str:
    if word in ("people", "staff"):
        return "person"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word


@cache
def known_units() -> frozenset[str]:
    return any_of("units") - {"x"}


@cache
def _links() -> frozenset[str]:
    """Return the small words that end a counted thing: "4 of", "3 and", "60 if"."""
    return (
        any_of("after_day")
        | any_of("asks_for_date")
        | {"off", "no", "than", "per", "now", "more", "up", "down", "out", "w/o", "without", "yet"} - {"more", "date"}
    )
