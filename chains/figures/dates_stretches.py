"""Parts of a period and stretches from here: "end of March", "EOQ", "mid-April", "next quarter", "in a few weeks"."""

from datetime import date, timedelta

from chains.figures.dates_base import Found
from chains.figures.dates_periods import Periods
from chains.figures.fiscal import Period, fiscal_year_of, half_of, month_of, months_on, quarter_of, week_of
from chains.figures.tokens import NUMBER, any_of


class Stretches(Periods):
    """Read ends, middles and beginnings of periods, and periods counted from as_of."""

    def week_of_month(self, i: int) -> Found | None:
        """Read "first week of April": seven days, the last of which counts."""
        t = self.t
        number = self.ordinals.get(t.word(i), 0)
        if not 1 <= number <= 4 or self.stretches.get(t.word(i + 1)) != "week" or t.fold[i + 2] != "of":
            return None
        month = self.month_period(i + 3) if t.word(i + 3) in self.months else None
        if month is None:
            return None
        start = month[1].start + timedelta(days=7 * (number - 1))
        week = Period(start, start + timedelta(days=6), self.label(i, month[0]))
        return self.mention(i, month[0], week.end, week)

    def end_word(self, i: int) -> Found:
        """Read "EOD", "EOW", "EOM march", "EOQ3", "EOY"."""
        t = self.t
        what = self.ends[t.fold[i]]
        after = i + 1
        named: tuple[int, Period] | None = None
        if what == "month":
            j = after + 1 if t.fold[after] in ("(", "of", "-") else after
            if t.word(j) in self.months:
                named = self.month_period(j)
                if named and t.fold[after] == "(" and t.fold[named[0]] == ")":
                    named = (named[0] + 1, named[1])
        elif what == "quarter" and t.kind[after] == NUMBER and t.glued(after) and t.fold[after] in "1234":
            named = after + 1, self.coming((0, int(t.fold[after]), 3), i)
        elif what in ("quarter", "year", "half"):
            named = self.piece(after + 1) if t.fold[after] == "(" else self.piece(after)
            if named and t.fold[after] == "(" and t.fold[named[0]] == ")":
                named = (named[0] + 1, named[1])
        elif (
            what == "week"
            and self.relative.get(t.word(after)) == "next"
            and self.stretches.get(t.word(after + 1)) == "week"
        ):
            named = after + 2, week_of(self.as_of + timedelta(days=7))
        if what == "day":
            return self.mention(i, after, self.as_of)
        if named:
            after, period = named
        else:
            period = self.stretch(what, 0)
        day = self.friday(period) if what == "week" else period.end
        return self.mention(i, after, day, Period(period.start, period.end, t.text[t.start[i] : t.end[after - 1]]))

    def stretch_end(self, i: int) -> Found | None:
        """Read "by quarter end", "at year-end", "month end"; "their own year end close" is none."""
        t = self.t
        j = i + 2 if t.fold[i + 1] == "-" else i + 1
        if (
            t.fold[j] != "end"
            or t.before(i) in ("own", "their", "our", "the", "a")
            or t.word(j + 1) in ("close", "closing", "party")
        ):
            return None
        what = self.stretches[t.fold[i]]
        period = self.stretch(what, 0)
        day = self.friday(period) if what == "week" else period.end
        return self.mention(i, j + 1, day, Period(period.start, period.end, self.label(i, j + 1)))

    def friday(self, week: Period) -> date:
        """Return the Friday of a week; of this one after Friday has passed, the next."""
        friday = week.start + timedelta(days=4)
        return friday + timedelta(days=7) if week.holds(self.as_of) and friday < self.as_of else friday

    def part(self, i: int) -> Found | None:
        """Read "end of March", "mid-April", "early next month", "late Q3", "middle of the quarter", "Ende März"."""
        t = self.t
        part = self.parts[t.fold[i]]
        j = i + 1
        while j < i + 5 and t.fold[j] in any_of("part_fillers"):
            j += 1
        which = self.relative.get(t.word(j), "")
        if which and self.stretches.get(t.word(j + 1)):
            what = self.stretches[t.word(j + 1)]
            found: tuple[int, Period] | None = (j + 2, self.stretch(what, {"this": 0, "next": 1, "last": -1}[which]))
        elif t.word(j) in self.months:
            what, found = "month", self.month_period(j)
        elif piece := self.piece(j):
            months = (piece[1].end.year - piece[1].start.year) * 12 + piece[1].end.month - piece[1].start.month + 1
            what, found = {3: "quarter", 6: "half"}.get(months, "year"), piece
        elif t.word(j) in self.stretches and (j > i + 1 or part == "mid"):
            if t.fold[i] == "close" or (part == "mid" and j == i + 1 and not self.asked(i)):
                return None  # "mid year check-in"
            what = self.stretches[t.word(j)]
            found = j + 1, self.stretch(what, 0)
        else:
            return None
        if (
            found is None
            or (t.fold[i] in ("close", "mi", "in") and what != "month")
            or (t.fold[i] in ("close", "start", "beginning") and j == i + 1)
        ):
            return None
        after, period = found
        day = self.in_part(part, what, period)
        if day is None:
            return None
        vague = what in ("week", "day") and part == "early"
        label = " ".join(t.text[t.start[i] : t.end[after - 1]].split())
        return self.mention(i, after, day, Period(period.start, period.end, label), vague)

    def in_part(self, part: str, what: str, period: Period) -> date | None:
        """Return the day that a part of a period means: its last day, the 15th, the 5th, the 25th."""
        if what == "day":
            return period.end if part == "end" else None
        if what == "week":
            return {"mid": period.start + timedelta(days=2), "early": period.start + timedelta(days=1)}.get(
                part, self.friday(period)
            )
        if part == "end":
            return period.end
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
        first = {"early": period.start, "mid": months_on(period.start, months // 2), "late": period.end.replace(day=1)}[
            part
        ]
        return first.replace(day={"early": 5, "mid": 15, "late": 25}[part])

    def relative_stretch(self, i: int) -> Found | None:
        """Read "next quarter", "this month", "last week", "this am", "next few weeks"."""
        t = self.t
        which = self.relative[t.fold[i]]
        word = t.word(i + 1)
        if which == "this" and t.fold[i] == "this" and word in ("am", "pm", "morning", "afternoon", "evening", "arvo"):
            return self.mention(i, i + 2, self.as_of)
        if which == "last" and word == "night":
            return self.mention(i, i + 2, self.as_of - timedelta(days=1))
        if which == "next" and word in ("few", "couple"):
            j = i + 3 if t.fold[i + 2] == "of" else i + 2
            if t.word(j).rstrip("s") in self.stretches:
                return self.mention(i, j + 1, self.as_of + timedelta(days=21), vague=True)
        after = i + 2
        if word in ("fiscal", "calendar"):
            word, after = t.word(i + 2), i + 3
        if t.fold[i] == "coming" and t.before(i) in ("is", "was", "are", "were", "be"):
            return None
        what = self.stretches.get(word)
        if word in self.months:
            return self.relative_month(i, which)
        if (
            what is None
            or what == "day"
            or word == "quarters"
            or (which == "last" and t.before(i) in ("the", "for", "in", "over", "my"))
        ):
            return None
        if t.fold[i] == "past" and t.before(i) != "this":
            return None
        period = self.stretch(what, {"this": 0, "next": 1, "last": -1}[which])
        if "calendar" in t.fold[i:after]:
            period = (
                Period(date(period.start.year, 1, 1), date(period.start.year, 12, 31), period.label)
                if what == "year"
                else period
            )
        day = self.friday(period) if what == "week" else period.end
        label = " ".join(t.text[t.start[i] : t.end[after - 1]].split())
        vague = which != "this" and what in ("week", "month", "year")
        return self.mention(i, after, day, Period(period.start, period.end, label), vague)

    def relative_month(self, i: int, which: str) -> Found | None:
        """Read "this March", "next January", "last May"."""
        found = self.month_period(i + 1, tense="past" if which == "last" else "future")
        if found is None:
            return None
        after, period = found
        if which == "next" and period.holds(self.as_of):
            period = month_of(months_on(period.start, 12))
        return self.mention(i, after, period.end, Period(period.start, period.end, self.label(i, after)))

    def stretch(self, what: str, step: int) -> Period:
        """Return the day, week, month, quarter, half or fiscal year that lies `step` after the one holding as_of."""
        if what == "day":
            return Period(self.as_of + timedelta(days=step), self.as_of + timedelta(days=step), "")
        if what == "week":
            return week_of(self.as_of + timedelta(days=7 * step))
        if what == "month":
            return month_of(months_on(self.as_of, step))
        if what == "quarter":
            return quarter_of(months_on(self.as_of.replace(day=1), 3 * step), self.fiscal)
        if what == "half":
            return half_of(months_on(self.as_of.replace(day=1), 6 * step), self.fiscal)
        return fiscal_year_of(months_on(self.as_of.replace(day=1), 12 * step), self.fiscal)

    def in_a_while(self, i: int) -> Found | None:
        """Read "in a few weeks" (vague), "in 2 weeks", "in ten days"."""
        t = self.t
        j = i + 2 if t.fold[i + 1] in ("a", "the", "next") else i + 1
        if t.fold[j] in ("few", "couple", "some") or t.fold[i + 1] == "some":
            j += 2 if t.fold[j + 1] == "of" else 1
            if t.word(j).rstrip("s") in self.stretches:
                return self.mention(i, j + 1, self.as_of + timedelta(days=21), vague=True)
            return None
        if t.fold[i] != "in" or j != i + 1:
            return None
        number = (
            int(t.fold[j])
            if t.kind[j] == NUMBER and t.fold[j].isdigit() and len(t.fold[j]) < 3
            else self.cardinals.get(t.word(j), 0)
        )
        what = self.stretches.get(t.word(j + 1).removesuffix("s"))
        if (
            not number
            or what not in ("day", "week")
            or t.before(i) in ("met", "held", "done", "=")
            or t.fold[j + 2] in ("so", "=", "a")
        ):
            return None
        if self.tense == "past" or (
            t.word(j + 1) == t.word(j + 1).removesuffix("s") and number > 1 and t.word(j + 1) not in ("wk",)
        ):
            return None
        return self.mention(i, j + 2, self.as_of + timedelta(days=number * (7 if what == "week" else 1)))
