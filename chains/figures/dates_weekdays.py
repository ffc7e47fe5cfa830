"""Weekdays and words for days: "Fri", "next Fri", "tue 3/17", "the Monday after", "tomorrow"."""

from dataclasses import replace
from datetime import date, timedelta

from chains.figures.dates_base import DateMention, Found, day_of
from chains.figures.dates_days import Days
from chains.figures.fiscal import Tense, months_on, week_of
from chains.figures.tokens import BREAK, NUMBER, WORD, any_of


class Weekdays(Days):
    """Read weekdays, alone or beside their date: then the date wins."""

    def weekday(self, i: int) -> Found | None:
        t = self.t
        word = t.fold[i]
        if self.recurs(i):
            return None
        j = i + 1
        if t.fold[j] == "." and t.glued(j) and t.kind[j + 1] != BREAK and len(word) <= 5:
            j += 1
        if t.fold[j] in any_of("times_of_day"):
            j += 1
        if t.fold[j] in (",", "("):
            j += 1
        if t.fold[j] in ("the", "den", "le", "el"):
            j += 1
        named = self.dated_behind(i, j)
        if named and (word not in self.short or named[1].day.weekday() == self.short[word]):
            return named
        if word in self.short or self.other_meaning(i):
            return None
        if anchored := self.weekday_after(i):
            return anchored
        if t.word(i + 1) == "week" and t.word(i + 2) not in self.weekdays:  # "Friday week"
            ahead = self.weekday_near(self.weekdays[word], "future") + timedelta(days=7)
            return i + 2, DateMention(t.start[i], t.end[i + 1], ahead, bare=True)
        return i + 1, DateMention(
            t.start[i], t.end[i], self.weekday_near(self.weekdays[word], self.tense_at(i)), bare=True
        )

    def weekday_after(self, i: int) -> Found | None:
        """Read "the Monday after" and "that Friday" behind a written-out day: the next one from that day on."""
        t = self.t
        if self.last_day is None or t.start[i] - self.last_day[0] > 200:
            return None
        day = self.last_day[1]
        ahead = (self.weekdays[t.fold[i]] - day.weekday()) % 7
        if (
            t.word(i + 1) in ("after", "thereafter")
            and t.before(i) in ("the", "on")
            and t.fold[i + 2] not in ("the", "that")
        ):
            return i + 2, DateMention(t.start[i], t.end[i + 1], day + timedelta(days=ahead or 7), bare=True)
        if t.before(i) == "that":
            return i + 1, DateMention(t.start[i], t.end[i], day + timedelta(days=ahead), bare=True)
        return None

    def dated_behind(self, i: int, j: int) -> Found | None:
        """Read the date at `j` that a weekday at `i` only announces; the date wins."""
        t = self.t
        hit: Found | None = None
        if t.kind[j] == NUMBER:
            hit = self.number(j) or self.plain_day(i, j)
        elif t.word(j) in self.months:
            hit = self.month_first(j)
        elif t.word(j) in self.ordinals or t.word(j) in self.cardinals:
            hit = self.spelled_day(j)
        if hit is None or hit[1].period is not None:
            return None
        after, mention = hit
        end = mention.end
        if t.before(j) == "(" and t.fold[after] == ")":
            after, end = after + 1, t.end[after]
        elif t.before(j) == "(":
            return None
        day = mention.day
        apart = t.before(j) == "," and t.fold[i] in self.weekdays and not mention.bare
        if apart and day.weekday() != self.weekdays[t.fold[i]]:
            return None  # "order form out Monday, 3/31": two days
        if mention.bare and t.fold[i] in self.weekdays and day.weekday() != self.weekdays[t.fold[i]]:
            near = [months_on(self.as_of, k) for k in (-1, 0, 1)]
            fitting = [
                d for m in near if (d := day_of(m.year, m.month, day.day)) and d.weekday() == self.weekdays[t.fold[i]]
            ]
            day = fitting[0] if fitting else day
        return after, DateMention(t.start[i], end, day)

    def plain_day(self, i: int, j: int) -> Found | None:
        """Read "Thu 12" where the 12th is a Thursday near as_of."""
        t = self.t
        piece = t.fold[j]
        if (
            t.before(j) in (",", "(")
            or not piece.isdigit()
            or not 1 <= int(piece) <= 31
            or t.fold[i] not in self.weekdays
        ):
            return None
        if (t.glued(j + 1) and t.fold[j + 1] in (":", "%", "/", "-")) or (t.glued(j + 1) and t.kind[j + 1] == WORD):
            return None
        near = (months_on(self.as_of, k) for k in (-1, 0, 1, 2))
        days = [d for m in near if (d := day_of(m.year, m.month, int(piece)))]
        when = self.choose([d for d in days if d.weekday() == self.weekdays[t.fold[i]]], self.tense_at(i))
        if when is None or self.counted(j + 1):
            return None
        return j + 1, DateMention(t.start[j], t.end[j], when, bare=True)

    def recurs(self, i: int) -> bool:
        t = self.t
        before = t.before(i)
        chained = before in ("and", "or", "&", "+", "/", ",") and self.recurring == i - 1
        if before in ("every", "each", "per", "any", "jeden", "cada", "chaque", "most") or chained:
            self.recurring = i + 1
            return True
        return False

    def other_meaning(self, i: int) -> bool:
        """Tell whether a short weekday is another word here: "sat down", "the sun", "monday.com", "Sun & Sage"."""
        t = self.t
        word, before, after = t.fold[i], t.before(i), t.fold[i + 1]
        if after == "." and t.glued(i + 1) and t.glued(i + 2) and t.kind[i + 2] == WORD:
            return True
        if word == "sat":
            return before in ("i", "he", "she", "we", "they", "it", "who", "that", "has", "have", "never") or after in (
                "in",
                "with",
                "down",
                "through",
                "thru",
                "next",
                "between",
                "for",
                "there",
                "idle",
            )
        if word == "sun":
            return before == "the" or after == "&" or (t.capital(i) and t.capital(i + 1) and after not in self.months)
        if word in ("mon", "wed", "mar"):
            return t.glued(i) and before == "-"
        return False

    def weekday_near(self, weekday: int, tense: Tense, same_day: bool = False) -> date:
        ahead = (weekday - self.as_of.weekday()) % 7
        if ahead == 0:
            return self.as_of if same_day else self.as_of + timedelta(days=-7 if tense == "past" else 7)
        if tense == "past" or (tense == "nearest" and ahead > 3):
            return self.as_of + timedelta(days=ahead - 7)
        return self.as_of + timedelta(days=ahead)

    def relative_weekday(self, i: int) -> Found | None:
        """Read "this Fri", "next Fri" (Friday of next week), "last Monday"."""
        t = self.t
        weekday = self.weekdays.get(t.word(i + 1))
        if weekday is None:
            return None
        which = self.relative[t.fold[i]]
        hit = self.dated_behind(i + 1, i + 3 if t.fold[i + 2] == "the" else i + 2)
        if hit:
            return hit[0], replace(hit[1], start=t.start[i])
        if which == "next":
            day = week_of(self.as_of).start + timedelta(days=7 + weekday)
        elif which == "last":
            day = self.weekday_near(weekday, "past")
        else:
            day = self.weekday_near(weekday, self.tense_at(i) if t.fold[i] == "this" else "future", same_day=True)
        return i + 2, DateMention(t.start[i], t.end[i + 1], day, bare=True)

    def with_weekday_behind(self, after: int, mention: DateMention) -> Found:
        """Take in a weekday that follows its date: "3/17 (tue)", "Dec 11 Fri"."""
        t = self.t
        j = after + 1 if t.fold[after] == "(" else after
        weekday = self.weekdays.get(t.word(j))
        if weekday is None or weekday != mention.day.weekday() or "\n" in t.text[mention.end : t.start[j]]:
            return after, mention
        if j == after:
            follows = t.kind[j + 1] == NUMBER or t.word(j + 1) in self.months
            return (after, mention) if follows else (j + 1, replace(mention, end=t.end[j]))
        return (j + 2, replace(mention, end=t.end[j + 1])) if t.fold[j + 1] == ")" else (after, mention)

    def day_word(self, i: int) -> Found | None:
        t = self.t
        if t.fold[i] == "morgen" and t.before(i) in ("guten", "am", "jeden"):
            return None
        return self.mention(i, i + 1, self.as_of + timedelta(days=self.days[t.fold[i]]))
