"""Accounts as the rep says them: the deals of a `Book` come in, a full and a short name for each go out."""

import re
from collections.abc import Iterable, Sequence

from chains.accounts import LEGAL_FORMS
from chains.deals import Deal

_SMALL = frozenset("and of the for in on at by von van der den de la le du und y & zonen".split())
# what can be left off the end of a name once it has been said in full
_GENERIC = frozenset(
    "industries systems insurance logistics partners hotels hospital medical center centre clinic surgical castings "
    "aggregates quarries recycling demolition robotics fabrication trucking freight spedition kontraktlogistik "
    "manufacturing foods pharma telecom wireless fiber mobile broadband rail solutions services technologies labs "
    "software university school college council bank payments lending recruiting nurses transit auth authority "
    "millworks dairy mining forge gears components labor steel imaging group partners works".split()
)


class Names:
    """Say accounts: in full at first, then as short as stays unmistakable."""

    def __init__(self, deals: Sequence[Deal]) -> None:
        self._full = {d.name: capitalised(d.name) for d in deals}
        taken = [self._full[d.name] for d in deals]
        self._short = {d.name: _short(self._full[d.name], taken) for d in deals}

    def full(self, account: str) -> str:
        """Return the account with capitals where the notes left them out."""
        return self._full.get(account) or capitalised(account)

    def short(self, account: str) -> str:
        """Return the name for a second mention."""
        return self._short.get(account) or self.full(account)

    def joined(self, accounts: Iterable[str], short: bool = True) -> str:
        """Return several accounts as one phrase: "Globex, Zenith and 3Pillar"."""
        return joined([self.short(a) if short else self.full(a) for a in accounts])


def joined(parts: Sequence[str], word: str = "and") -> str:
    """Return parts as one phrase with `word` before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def capitalised(name: str) -> str:
    """Return a name with capitals, where the rep typed it all in small letters; a name with any capital stands."""
    if any(c.isupper() for c in name):
        return name
    words = name.split(" ")
    if len(words) == 1 and any(c.isdigit() for c in name):
        return name  # a brand such as go2freight
    return " ".join(
        w if (i and w in _SMALL) else re.sub(r"(?:^|(?<=-)|(?<=\d))[^\W\d_]", lambda m: m[0].upper(), w)
        for i, w in enumerate(words)
    )


def _short(full: str, taken: Sequence[str]) -> str:
    words = full.rstrip(",.").split(" ")
    while len(words) > 1 and re.sub(r"\W", "", words[-1]).casefold() in LEGAL_FORMS:
        words.pop()
    while len(words) > 1 and re.fullmatch(r"\(.*\)", words[-1]):
        words.pop()
    short = " ".join(words).rstrip(",")
    kept = list(words)
    while len(kept) > 1 and kept[-1].casefold() in _GENERIC:
        kept.pop()
    while len(kept) > 1 and (kept[-1] in ("&", "and", "of") or not kept[-1][:1].isalnum()):
        kept.pop()
    candidate = " ".join(kept).rstrip(",")
    # one short or common word is no name yet, and it must not fit another account
    alone = len(candidate) >= 4 and candidate.casefold() not in _GENERIC
    unique = sum(1 for other in taken if re.search(rf"(?<!\w){re.escape(candidate)}(?!\w)", other)) == 1
    return candidate if alone and unique else short
