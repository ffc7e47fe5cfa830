"""What an amount is an amount of: tokens come in; a basis ("ARR", "a month", "one-off") or what a unit price is for
("per seat") goes out."""

from functools import cache

from chains.figures.tokens import Tokens, any_of, words
from chains.kinds import Basis


def basis_before(t: Tokens, i: int, taken: int) -> Basis | None:
    """Read "ARR of 120k", "TCV: 410k": the basis before token `i`; None where the figure ending at `taken` has it."""
    k = i - 1
    while k >= 0 and k > i - 3 and t.fold[k] in (":", "=", "of", "is", "~", "-", "at"):
        k -= 1
    bases: dict[str, str] = words()["bases"]
    found = bases.get(t.word(k)) if k >= 0 else None
    if found:
        return Basis(found) if taken < t.end[k] else None
    for length in (3, 2):
        told = basis_words(t, k + 1 - length) if k + 1 >= length else None
        if told is not None and told[1] == k + 1 and taken < t.end[k]:
            return told[0]
    return None


def basis_behind(t: Tokens, j: int) -> tuple[Basis | None, int, str]:
    """Read what an amount is an amount of: the basis, the token after it, and what a unit price is for."""
    basis: Basis | None = None
    per, after = "", j
    for _ in range(3):
        k = after
        k += t.fold[k] == "," and t.fold[k + 1] == "total" and basis_words(t, k + 1) is not None
        if (
            basis_words(t, k) is None
            and t.fold[k] in ("in", "of", "new", "net", "total", "(", ",", "annual")
            and t.text[t.start[k] - 1 : t.start[k]] != "\n"
        ):
            ahead = k + 1
            if t.fold[ahead] in ("new", "net", "total", "incremental"):
                ahead += 1
            if t.fold[ahead] == "new":
                ahead += 1
            found = basis_words(t, ahead)
            if t.fold[k] == "(":
                found = (found[0], found[1] + 1) if found and t.fold[found[1]] == ")" else None
            elif t.fold[k] == ",":
                found = (
                    found
                    if found
                    and t.fold[found[1]] in (",", ".", ";", "", ")", "\n")
                    and t.word(ahead) in words()["bases"]
                    else None
                )
            if t.fold[k] == "annual" and found is None:
                found = None
        else:
            found = basis_words(t, k)
        if found and "\n" not in t.text[t.end[j - 1] : t.start[found[1] - 1]]:
            basis, after = basis or found[0], found[1]
            continue
        thing = per_at(t, after)
        if thing is None:
            break
        named, after = thing
        if named != "year" or not per:
            per = named if not per or named not in ("month", "year") else per
    return basis, after, per


def basis_words(t: Tokens, k: int) -> tuple[Basis, int] | None:
    bases: dict[str, str] = words()["bases"]
    if t.word(k) in bases:
        return Basis(bases[t.fold[k]]), k + 1
    for name, phrase in _phrases().get(t.fold[k], ()):
        if all(t.fold[k + n] == piece for n, piece in enumerate(phrase)):
            return Basis(name), k + len(phrase)
    return None


def per_at(t: Tokens, k: int) -> tuple[str, int] | None:
    """Read "/mo", "per seat", "a month", "each", "p.a." at `k`: what the price is for and the token after it."""
    slash = t.fold[k] == "/" and t.glued(k) and t.word(k + 1) != ""
    article = t.word(k) in ("a", "an", "every") and t.word(k + 1) in any_of("per_a")
    if slash or article or t.word(k) in any_of("per"):
        j = k + 1
    elif t.word(k) in ("each", "apiece"):
        return "each", k + 1
    elif t.fold[k] == "p" and t.fold[k + 1] == "." and t.fold[k + 2] in ("a", "m"):
        return "year" if t.fold[k + 2] == "a" else "month", k + 4 if t.fold[k + 3] == "." else k + 3
    elif t.word(k) in ("pa", "pm", "pcm"):
        return "year" if t.fold[k] == "pa" else "month", k + 1
    else:
        return None
    word = t.word(j)
    if word in any_of("per_month"):
        return "month", j + 1
    if word in any_of("per_year"):
        return "year", j + 1
    return (word, j + 1) if word in any_of("per_things") else None


@cache
def _phrases() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Return first word -> (basis, words) for bases of several words, longest first."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    listed: dict[str, list[list[str]]] = words()["basis_phrases"]
    for name, phrases in listed.items():
        for phrase in phrases:
            found.setdefault(phrase[0], []).append((name, tuple(phrase)))
    return {first: tuple(sorted(each, key=lambda p: -len(p[1]))) for first, each in found.items()}
