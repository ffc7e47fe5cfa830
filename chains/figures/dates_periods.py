"""Periods by name: "Q1 FY27", "q two", "H2", "March", "FY27", "KW 12", "week of 3/16"."""

from datetime import date, timedelta

from chains.figures.dates_base import DateMention, Found, full_year
from chains.figures.dates_weekdays import Weekdays
from chains.figures.fiscal import Period, Tense, month_of, pick, piece_in_year, piece_of_year, span_of_months, week_of
from chains.figures.tokens import BREAK, NUMBER, WORD, any_of

_MODAL_BEHIND = (
    "have",
    "be",
    "not",
    "also",
    "well",
    "need",
    "want",
    "take",
    "come",
    "go",
    "still",
    "never",
    "only",
    "get",
)
FARTHEST_MONTH = 230  # days: "an audit in Aug" written in December was last August


class Periods(Weekdays):
    """Read quarters, half-years, years, months and weeks that are named."""

    def month_alone(self, i: int) -> Found | None:
        t = self.t
        word = t.fold[i]
        asked = t.before(i) in any_of("asks_for_date")
        joined = (t.before(i) in ("-", "–", "/") and t.before(i - 1) in self.months) or (
            t.fold[i + 1] in ("-", "–", "to", "/") and t.word(i + 2) in self.months
        )
        vague = t.fold[i + 1] == "-" and t.word(i + 2) == "ish"  # June-ish
        asked = asked or vague or self.stands_alone(i)
        years = self.year(i + 1) is not None and t.fold[i + 1] not in ("of", "de")
        if word in any_of("months_doubtful") and not (asked or joined or years):
            return None
        if (
            word in ("may", "march")
            and not t.capital(i)
            and t.before(i) in ("to", "now", "this", "that", "from", "of")
            and not years
        ):
            return None
        if word == "may" and not t.capital(i) and t.word(i + 1) in _MODAL_BEHIND:
            return None  # "was not proposed and may have brought"
        if t.glued(i) and t.before(i) not in ("-", "–", "(", "/", "~", "[", ">", '"', ":"):
            return None
        if t.kind[i + 1] == NUMBER and not years and t.fold[i] in any_of("months_doubtful"):
            return None
        found = self.month_period(i)
        if found is None:
            return None
        after, period = found
        return self.mention(i, i + 3 if vague else after, period.end, period)

    def stands_alone(self, i: int) -> bool:
        """Tell whether a month with a capital is all that stands between two marks: "sending it Monday. June."."""
        t = self.t
        closed = t.kind[i + 1] == BREAK or t.fold[i + 1] in (".", ";", ")")
        return t.capital(i) and closed and t.before(i) in (".", ",", ";", "(", "-", "–", "|")

    def month_period(self, i: int, tense: Tense | None = None) -> tuple[int, Period] | None:
        month = self.months[self.t.word(i)]
        after = i + 1
        if self.t.fold[after] == "." and self.t.glued(after) and self.t.kind[after + 1] == NUMBER:
            after += 1
        if year := self.year(after):
            after, number = year
            return after, month_of(date(number, month, 1), self.label(i, after))
        near = [month_of(date(self.as_of.year + k, month, 1), self.label(i, i + 1)) for k in (-1, 0, 1)]
        tense = tense or self.tense_at(i)
        found = pick(near, self.as_of, tense)
        if tense == "future" and (found.start - self.as_of).days > FARTHEST_MONTH and not self.awaited(i):
            found = pick(near, self.as_of, "past")
        return i + 1, found

    def awaited(self, i: int) -> bool:
        """Tell whether the word before a month asks for something to come ("close in March", "by March")."""
        t = self.t
        j = i - 2 if t.before(i) in ("in", "of", "end", "early", "mid", "late", "-") else i - 1
        return t.word(j) in any_of("awaits")

    def period_at(self, i: int) -> Found | None:
        """Read a quarter, a half-year, a fiscal year, a plain year or "KW 12" at `i`."""
        t = self.t
        if t.glued(i) and (t.kind[i - 1] == NUMBER or t.kind[i - 1] == WORD):
            return None
        word = t.fold[i]
        if (
            word in ("kw", "cw")
            and t.kind[i + 1] == NUMBER
            and t.fold[i + 1].isdigit()
            and 1 <= int(t.fold[i + 1]) <= 53
        ):
            return self.calendar_week(i)
        if (word in ("week", "wk", "w") and t.word(i + 1) in ("of", "commencing", "c")) or (
            word == "w" and t.fold[i + 1] == "/"
        ):
            return self.week_with(i)
        found = self.piece(i)
        if found is None:
            return None
        after, period = found
        return self.mention(i, after, period.end, period)

    def piece(self, i: int) -> tuple[int, Period] | None:
        """Read "Q1", "q two", "1Q", "Q1 FY27", "FY27 Q1", "Q3/26", "first quarter", "H2", "FY27", "in 2027" at `i`."""
        t = self.t
        word = t.fold[i]
        calendar = word in ("calendar", "cal", "cy") and self.numbered(i + 1) is not None
        j = i + 1 if calendar else i
        if t.word(j) in ("fy", "fiscal", "cy") or (t.kind[j] == NUMBER and len(t.fold[j]) == 4):
            year = self.named_year(j)
            if year is None:
                return None
            after, number = year
            k = after + 1 if t.fold[after] in ("-", "/", ",") and self.numbered(after + 1) else after
            numbered = self.numbered(k)
            fiscal = t.word(j) != "cy"
            if numbered and numbered[1] > 0 and not (k == after and t.kind[j] == NUMBER and t.kind[k] != WORD):
                return numbered[0], self.numbered_in(numbered, number, fiscal and t.kind[j] != NUMBER, i)
            if t.kind[j] == NUMBER:
                budget = t.word(after) in ("budget", "plan", "budgets", "fiscal", "renewal", "contract")
                if (
                    not (t.before(j) in any_of("asks_for_date") or t.before(j) in ("within", "throughout"))
                    and not budget
                ):
                    return None
                return after, Period(date(number, 1, 1), date(number, 12, 31), str(number))
            first = date(number if self.fiscal == 1 or not fiscal else number - 1, self.fiscal if fiscal else 1, 1)
            return after, span_of_months(first, 12, self.label(i, after))
        numbered = self.numbered(j)
        if numbered is None:
            return None
        after = numbered[0]
        k = after + 1 if t.fold[after] in ("of", "in", "/", "-", ",", "(") else after
        if k > after and t.fold[k] == "the" and t.word(k + 1) in ("year", "fiscal"):
            return k + (2 if t.word(k + 1) == "year" else 3), self.coming(numbered, i)
        signed = (t.fold[after] in ("/", "-") and t.glued(k)) or t.fold[after] in ("'", "’")
        year = self.named_year(k, short=signed or (t.kind[j] == NUMBER and t.glued(k)))  # "Q1/26", "1H27"
        if year and t.fold[after] == "(" and t.fold[year[0]] != ")":
            year = None
        if year:
            end = year[0] + 1 if t.fold[after] == "(" else year[0]
            period = self.numbered_in(
                numbered, year[1], t.word(k) in ("fy", "fiscal"), i, calendar or t.word(k) == "cy"
            )
            return end, Period(period.start, period.end, self.label(i, end))
        if calendar:
            found = piece_of_year(numbered[1], numbered[2], self.label(i, after), self.as_of, 1, self.tense_at(i))
            return after, found
        return after, self.coming(numbered, i)

    def coming(self, numbered: tuple[int, int, int], i: int) -> Period:
        _, number, months = numbered
        return piece_of_year(
            number, months, f"{'Q' if months == 3 else 'H'}{number}", self.as_of, self.fiscal, self.tense_at(i)
        )

    def numbered_in(
        self, numbered: tuple[int, int, int], year: int, fiscal: bool, i: int, calendar: bool = False
    ) -> Period:
        _, number, months = numbered
        label = f"{'Q' if months == 3 else 'H'}{number}"
        return piece_in_year(number, months, label, year, fiscal, self.as_of, 1 if calendar else self.fiscal)

    def numbered(self, j: int) -> tuple[int, int, int] | None:
        """Read "Q1", "1Q", "q two", "quarter one", "third quarter", "3rd quarter", "H2": after, number, months."""
        t = self.t
        word = t.fold[j]
        if word in ("q", "h") and t.kind[j + 1] == NUMBER and t.glued(j + 1) and t.fold[j + 1] in ("1", "2", "3", "4"):
            number = int(t.fold[j + 1])
            if t.glued(j + 2) and t.kind[j + 2] == WORD and t.fold[j + 2] not in ("fy", "s"):
                return None
            return (j + 2, number, 3 if word == "q" else 6) if word == "q" or number <= 2 else None
        if t.kind[j] == NUMBER and word in ("1", "2", "3", "4") and t.glued(j + 1) and t.fold[j + 1] in ("q", "h"):
            if t.fold[j + 1] == "h" and not t.capital(j + 1):
                return None  # "2h" are two hours
            return j + 2, int(word), 3 if t.fold[j + 1] == "q" else 6
        if word in ("q", "quarter", "h") and t.kind[j + 1] == WORD and 1 <= self.cardinals.get(t.fold[j + 1], 0) <= 4:
            number = self.cardinals[t.fold[j + 1]]
            return (j + 2, number, 6 if word == "h" else 3) if word != "h" or number <= 2 else None
        if word == "quarter" and t.kind[j + 1] == NUMBER and t.fold[j + 1] in ("1", "2", "3", "4"):
            return j + 2, int(t.fold[j + 1]), 3
        number = self.ordinals.get(word, 0) if t.kind[j] == WORD else 0
        k = j + 1
        if (
            t.kind[j] == NUMBER
            and word in ("1", "2", "3", "4")
            and (t.glued(k) and t.fold[k] in ("st", "nd", "rd", "th", "."))
        ):
            number, k = int(word), k + 1
        if word in ("fiscal",):
            return None
        what = self.stretches.get(t.word(k))
        if (
            1 <= number <= 4
            and what in ("quarter", "half")
            and t.word(k) != "quarters"
            and (what == "quarter" or number <= 2)
        ):
            if what == "half" and (
                (t.fold[k + 1] == "of" and t.word(k + 2) != "the")
                or (t.fold[k + 1] == "of" and self.stretches.get(t.word(k + 3)) != "year")
            ):
                return None
            return k + 1, number, 3 if what == "quarter" else 6
        return None

    def named_year(self, j: int, short: bool = False) -> tuple[int, int] | None:
        """Read "FY27", "FY 2026/27", "fiscal 2027", "CY26", "2026", or "26" where a sign before it allows."""
        t = self.t
        k = j
        if t.word(j) in ("fy", "cy", "fiscal"):
            k = j + 1
            if t.word(k) == "year":
                k += 1
            if t.fold[k] in ("'", "’"):
                k += 1
            if t.kind[k] != NUMBER or not t.fold[k].isdigit() or len(t.fold[k]) not in (2, 4):
                return None
            after, year = k + 1, full_year(t.fold[k])
            if (
                t.fold[after] in ("/", "-", "–")
                and t.glued(after)
                and t.kind[after + 1] == NUMBER
                and t.glued(after + 1)
            ):
                second = t.fold[after + 1]
                if second.isdigit() and len(second) in (2, 4) and full_year(second) == year + 1:
                    return after + 2, year + 1
            return after, year
        if t.kind[j] == NUMBER and t.fold[j].isdigit():
            if (
                len(t.fold[j]) == 4
                and 1990 <= int(t.fold[j]) <= 2049
                and not (t.glued(j + 1) and (t.kind[j + 1] == WORD or t.fold[j + 1] in ("%", "-", "/", "€", "$")))
            ):
                return j + 1, int(t.fold[j])
            if short and len(t.fold[j]) == 2 and 15 <= int(t.fold[j]) <= 49:
                return j + 1, full_year(t.fold[j])
        if t.fold[j] in ("'", "’") and t.kind[j + 1] == NUMBER and len(t.fold[j + 1]) == 2 and t.glued(j + 1):
            return j + 2, full_year(t.fold[j + 1])
        return None

    def calendar_week(self, i: int) -> Found | None:
        number = int(self.t.fold[i + 1])
        year = self.as_of.isocalendar().year
        try:
            weeks = [week_of(date.fromisocalendar(year + k, number, 1), f"KW {number}") for k in (-1, 0, 1)]
        except ValueError:  # a year without week 53
            return None
        week = pick(weeks, self.as_of, self.tense_at(i))
        return self.mention(i, i + 2, week.start + timedelta(days=4), week)

    def week_with(self, i: int) -> Found | None:
        """Read "week of 3/16", "w/c 16/3": the week's Friday."""
        t = self.t
        j = i + 2
        if t.fold[i + 1] == "/":
            if t.fold[i + 2] != "c":
                return None
            j = i + 3
        if t.fold[j] == "the":
            j += 1
        hit = self.number(j) if t.kind[j] == NUMBER else self.month_first(j) if t.word(j) in self.months else None
        if hit is None or hit[1].period:
            return None
        week = week_of(hit[1].day, self.label(i, hit[0]))
        return hit[0], DateMention(t.start[i], hit[1].end, week.start + timedelta(days=4), week)
