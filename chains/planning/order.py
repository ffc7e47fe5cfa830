"""In which order the blocks of an update stand: a `Situation` comes in, the names of blocks go out."""

import re

from chains.planning.situation import Situation

USUAL_ORDER = (
    "money",
    "changes",
    "bad",
    "fill",
    "asked",
    "bets",
    "not_bets",
    "won",
    "commits",
    "upside",
    "later",
    "needs",
)
_MONEY_LAST = re.compile(
    r"\b(?:then|and then|last|before) (?:the )?(?:numbers?|figures?|money|sums?|totals?|landing)"
    r"|\b(?:total|numbers?|money|figures?) (?:last|at the end|after)\b",
    re.IGNORECASE,
)
_BIG_ONE = re.compile(r"\b(?:big one|biggest|big deal|main one|key deal)\b", re.IGNORECASE)


def order_of(s: Situation) -> tuple[str, ...]:
    named: list[str] = ["headline"]
    for block in s.manner.blocks:
        if block == "deals":
            named += ["deals", "won", "commits", "upside"]
        elif block == "dates":
            named += ["deals"] if s.manner.blocks[0] == "dates" else []
        else:
            named.append(block)
    if "needs" in s.asked.kinds:
        named.insert(1, "needs")
    if "changes" in s.asked.kinds and s.changes is not None:
        named.insert(1, "changes")
    # who likes names and figures has the answer before the names, unless they say which comes first
    if "deals" in named and "money" in named and not _MONEY_LAST.search(s.request.manager.listens):
        named.remove("money")
        named.insert(min(named.index("deals"), 1 if named[:1] == ["headline"] else 0), "money")
    # the answer opens the text unless the manager wants the accounts or the bad news before the sums
    if "money" not in named:
        waits = named[1:2] == ["changes"] or (named[1:2] == ["bad"] and s.manner.bad_opens)
        named.insert(2 if waits else 1, "money")
    order = list(dict.fromkeys(named))
    rest = [b for b in ("asked", "deals", *USUAL_ORDER) if b not in order]
    if "changes" in rest:
        order.insert(order.index("money") + 1, "changes")
        rest.remove("changes")
    if "bad" in rest:
        # early all the same: right after the answer and what moved
        order.insert(max(order.index("money"), order.index("changes")) + 1, "bad")
        rest.remove("bad")
    order.insert(order.index("bad") + 1, "gone")
    # what fills a hole and the choice it leaves belong to the bad news; a hole in another period comes last
    if _BIG_ONE.search(s.request.manager.listens):
        order.insert(order.index("money") + 1, "asked")
        rest.remove("asked")
    gone = [st for st in s.standings if st.group == "moved"]
    moved = any(st.asked for st in gone) if is_line_by_line(s) else bool(gone)
    order.insert(order.index("gone") + 1 if moved else len(order), "fill")
    rest.remove("fill")
    return (*order, *rest) if moved else (*order[:-1], *rest, "fill")


def is_line_by_line(s: Situation) -> bool:
    return s.manner.layout == "lines" or "lines" in s.asked.kinds
