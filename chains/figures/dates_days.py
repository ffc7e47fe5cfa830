"""Days in figures and words: "3/31", "30.9.", "31st of March", "december eleven", "the 17th"."""

import re
from datetime import date

from chains.figures.dates_base import DateForms, DateMention, Found, day_of, full_year
from chains.figures.fiscal import Tense, months_on
from chains.figures.tokens import BREAK, NUMBER, WORD, any_of

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d/-])")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/%])(?!\.\d)")
_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})(?![\d-])")
# what happens on a day: "their board only meets 22.10"
_HAPPENS = frozenset({"meets", "sits", "comes", "arrives", "starts", "ends", "opens", "votes", "decides"})
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})(?!\d|\.\d)|\.?(?![\d.]))")
_CLOCK = re.compile(
    r"[T ,]{1,3}\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?[AaPp]\.?[Mm]\b)?(?: ?UTC|Z\b|[+-]\d{2}:?\d{2})?"
)


class Days(DateForms):
    """Read days that are written out."""

    def number(self, i: int) -> Found | None:
        t = self.t
        start, piece = t.start[i], t.fold[i]
        before = t.text[start - 1 : start]
        digit_before = start > 1 and t.text[start - 2].isdigit()
        if before and (before.isalnum() or before in "/$€£" or (before in ".:" and digit_before)):
            return None
        if before == "-" and digit_before:
            if t.fold[i + 1] == "/" and t.glued(i + 1) and i > 2 and t.fold[i - 3] == "/" and (hit := self.numeric(i)):
                return hit  # "7/14-7/16"
            return self.day_first(i) or self.range_end(i, self.past_ordinal(i + 1))  # "9-20 March", "March 9-20"
        following = t.fold[i + 1]
        glued = t.glued(i + 1)
        if glued and following in ("/", "-") and t.kind[i + 2] in (NUMBER, WORD):
            hit = self.numeric(i)
            if hit:
                return hit
        if "." in piece:
            hit = self.dotted(i)
            if hit:
                return hit
        if len(piece) <= 2:
            return self.day_first(i) or self.day_alone(i)
        return None

    def numeric(self, i: int) -> Found | None:
        text, start = self.t.text, self.t.start[i]
        if match := _ISO.match(text, start):
            year, month, day = (int(g) for g in match.groups())
            found = day_of(year, month, day)
            return self.up_to(i, match.end(), found, clock=True) if found else None
        if match := _DASHED.match(text, start):
            return self.written(i, match, clock=True)
        match = _SLASHED.match(text, start)
        if match is None or text[match.end() : match.end() + 1].isalpha():
            return None
        if match.group(3) is None and self.is_fraction(i, match):
            return None
        return self.written(i, match, clock=match.group(3) is not None)

    def dotted(self, i: int) -> Found | None:
        text, start = self.t.text, self.t.start[i]
        match = _DOTTED.match(text, start)
        if match is None or text[match.end() : match.end() + 1].isalnum():
            return None
        _first, second, year = match.groups()
        order = "MDY" if self.order == "MDY" and int(second) > 12 else "DMY"
        if year is None:
            closed = text[match.end() - 1] == "."  # "30.9.", not "30.9"
            sentence_end = (
                closed and re.match(r"\s+[^\W\d_a-z]|\s*$", text[match.end() : match.end() + 20] or " ") is not None
            )
            cell = i == 0 or self.t.kind[i - 1] == BREAK or self.t.fold[i - 1] in ("|", ";", "(", "\t")
            asked = (
                self.asked(i)
                or self.weekday_before(i)
                or self.t.before(i) in _HAPPENS
                or (cell and closed and self.order == "DMY")
            )
            asked = asked or (closed and self.order == "DMY" and self.listed(i) and int(_first) > 12 >= int(second) > 0)
            if not asked and (not closed or sentence_end or self.order != "DMY") and not (closed and len(second) == 2):
                return None
            if asked and not closed and len(second) != 2 and not self.on_its_weekday(i, match, order):
                return None
            if text[match.end() : match.end() + 2].strip()[:1] in ("%", "€", "$", "£"):
                return None
        return self.written(i, match, order=order, clock=year is not None)

    def on_its_weekday(self, i: int, match: re.Match[str], order: str) -> bool:
        """Tell whether the weekday before "23.9" is that day's: "Wed 23.9"."""
        before = self.t.before(i)
        day = self.ordered(int(match.group(1)), int(match.group(2)), None, order, self.tense_at(i))
        return day is not None and day.weekday() == self.weekdays.get(before, self.short.get(before, -1))

    def listed(self, i: int) -> bool:
        """Tell whether a number stands behind a comma or a bracket, as a deal's facts do: "80k, 24.3. Contract"."""
        return self.t.before(i) in (",", ";", "(", "-", "–", "|", "commit", "upside", "forecast")

    def written(self, i: int, match: re.Match[str], order: str = "", clock: bool = False) -> Found | None:
        first, second, year = match.groups()
        day = self.ordered(int(first), int(second), year, order or self.order, self.tense_at(i))
        return self.up_to(i, match.end(), day, clock) if day else None

    def ordered(self, first: int, second: int, year: str | None, order: str, tense: Tense) -> date | None:
        """Return the date of two numbers in the given order, in the other one only where that is the sole way."""
        pairs = [(first, second), (second, first)] if order == "MDY" else [(second, first), (first, second)]
        for month, day in pairs:
            found = self.near(month, day, tense) if year is None else day_of(full_year(year), month, day)
            if found:
                return found
        return None

    def up_to(self, i: int, end: int, day: date, clock: bool) -> Found:
        if clock and (match := _CLOCK.match(self.t.text, end)):
            end = match.end()
        after = self.t.after(end, i + 1)
        return after, DateMention(self.t.start[i], end, day)

    def is_fraction(self, i: int, match: re.Match[str]) -> bool:
        """Tell whether "3/4" is a part of something and no date."""
        t = self.t
        first, second = int(match.group(1)), int(match.group(2))
        if self.weekday_before(i):
            return False
        asked = self.asked(i)
        if (first, second) == (24, 7):
            return not asked or self.order == "MDY"
        if first > 12 and second <= 12 and self.order == "MDY" and not asked:
            return True  # not in the order that the rep writes
        after = t.after(match.end(), i)
        word = t.word(after)
        if word in any_of("after_fraction") and not (asked and word not in ("of",)):
            return True
        if t.before(i) in any_of("before_fraction") or t.before(i) in ("a", "an"):
            return True
        small = first < second <= 5 and (first, second) != (3, 5)
        plural = word.endswith("s") and len(word) > 4 and not word.endswith("ss") and not t.capital(after)
        return small and plural and not asked

    def day_first(self, i: int) -> Found | None:
        """Read "31 March", "31st of March", "31-Mar-26", and the first day of "9 to 20 March"."""
        t = self.t
        day = int(t.fold[i]) if t.fold[i].isdigit() and len(t.fold[i]) <= 2 else 0
        if not 1 <= day <= 31:
            return None
        j = self.past_ordinal(i + 1)
        if month := self.month_behind(j):
            after, number = month
            return self.day_and_month(i, after, number, day)
        k = j
        if t.fold[k] in (
            "-",
            "–",
            "—",
            "to",
            "and",
            "&",
            "bis",
            "al",
            "au",
            "or",
            "+",
            "until",
            "till",
            "through",
            "thru",
        ):
            k += 1
            if t.kind[k] == NUMBER and t.fold[k].isdigit() and len(t.fold[k]) <= 2 and day < int(t.fold[k]) <= 31:
                month = self.month_behind(self.past_ordinal(k + 1))
                if month:
                    found = self.with_year(month[0], month[1], day, i)
                    if found:
                        return j, DateMention(t.start[i], t.end[j - 1], found[1])
        return None

    def day_and_month(self, i: int, after: int, month: int, day: int) -> Found | None:
        found = self.with_year(after, month, day, i)
        if found is None:
            return None
        end, when = found
        return end, DateMention(self.t.start[i], self.t.end[end - 1], when)

    def month_behind(self, j: int) -> tuple[int, int] | None:
        """Return what follows the month's name and its number where "of March", "-Mar" or "März" starts at `j`."""
        t = self.t
        linked = t.fold[j] in ("of", "de", "del")
        if t.fold[j] in ("of", "de", "del", ".", "-", "/", "den") and (t.fold[j] not in ("-", "/", ".") or t.glued(j)):
            j += 1
        month = self.months.get(t.word(j))
        if month is None:
            return None
        if (
            t.fold[j] in ("may", "march", "mars", "mar")
            and not t.capital(j)
            and not linked
            and t.fold[j + 1] in ("be", "have", "not", "on", "in")
        ):
            return None  # "the 12 may be late"
        after = j + 1
        if t.fold[after] == "." and t.glued(after) and self.year(after + 1) is not None:
            after += 1
        return after, month

    def month_first(self, i: int) -> Found | None:
        """Read "Mar 31", "March 31st, 2026", "july first", "december eleven"."""
        t = self.t
        month = self.months[t.fold[i]]
        j = i + 1
        if t.fold[j] == "." and t.glued(j) and t.kind[j + 1] == NUMBER:
            j += 1
        if t.fold[j] in ("-", "/") and t.glued(j) and t.glued(j + 1):
            j += 1
            if t.fold[j].isdigit() and len(t.fold[j]) == 2 and 0 <= int(t.fold[j]) - self.as_of.year % 100 <= 3:
                return None  # "Dec-26", as spreadsheets write a month of a year
        if t.fold[j] == "the":
            j += 1
        if t.kind[j] == NUMBER and t.fold[j].isdigit() and len(t.fold[j]) <= 2 and 1 <= int(t.fold[j]) <= 31:
            day, after = int(t.fold[j]), self.past_ordinal(j + 1)
            clock = t.fold[j + 1] == ":" and t.glued(j + 2) and t.kind[j + 2] == NUMBER
            if after == j + 1 and t.glued(j + 1) and (t.kind[j + 1] == WORD or t.fold[j + 1] == "%" or clock):
                return None  # "May 5pm", "March 20k", "May 5:30", but "June 29: Trumpf is in it"
            if t.fold[after] == "%" or (
                t.fold[i] in ("may", "march") and not t.capital(i) and not self.fits_day(after)
            ):
                return None
            return self.day_and_month(i, after, month, day)
        spelled = self.spelled(j)
        if spelled and (spelled[2] or not self.counted(spelled[0])):
            return self.day_and_month(i, spelled[0], month, spelled[1])
        return None

    def fits_day(self, after: int) -> bool:
        """Tell whether a day number may end before token `after` where the month may be a verb ("may 5 reps")."""
        return not self.t.word(after).endswith("s")

    def counted(self, j: int) -> bool:
        """Tell whether a thing follows that is counted: "december two calls"."""
        word = self.t.word(j)
        return word.endswith("s") and len(word) > 3 and word not in any_of("after_day")

    def with_year(self, after: int, month: int, day: int, i: int) -> tuple[int, date] | None:
        year = self.year(after)
        if year:
            found = day_of(year[1], month, day)
            return (year[0], found) if found else None
        found = self.near(month, day, self.tense_at(i))
        return (after, found) if found else None

    def past_ordinal(self, j: int) -> int:
        """Step over "st", "nd", "rd", "th" (or ".", "er", "º" as others write it) glued to a day number."""
        t = self.t
        if t.glued(j) and t.fold[j] in ("st", "nd", "rd", "th", "er", "º", "ª", "te", "ten"):
            return j + 1
        return j

    def spelled(self, j: int) -> tuple[int, int, bool] | None:
        """Read "thirty first", "eleven", "twentieth" at `j`: what follows, the day, whether it was an ordinal."""
        t = self.t
        word = t.word(j)
        if word in self.ordinals:
            return j + 1, self.ordinals[word], True
        number = self.cardinals.get(word)
        if number is None or not 1 <= number <= 31:
            return None
        k = j + 1
        if number in (20, 30):
            if t.fold[k] == "-":
                k += 1
            ones = t.word(k)
            if ones in self.ordinals and self.ordinals[ones] < 10:
                number, k = number + self.ordinals[ones], k + 1
                return (k, number, True) if number <= 31 else None
            if 0 < self.cardinals.get(ones, 0) < 10:
                number, k = number + self.cardinals[ones], k + 1
                return (k, number, False) if number <= 31 else None
            k = j + 1
        return k, number, False

    def spelled_day(self, i: int) -> Found | None:
        """Read "thirtieth october", "the twenty eighth", "by the fifteenth"."""
        t = self.t
        if t.before(i) == "-":
            return None
        found = self.spelled(i)
        if found is None:
            return None
        after, day, ordinal = found
        month = self.month_behind(after)
        if month and (ordinal or t.fold[month[0] - 1] != "may"):  # "one may think"
            return self.day_and_month(i, month[0], month[1], day)
        if not ordinal or (day < 4 and not self.asked(i - 1)):
            return None
        if t.kind[after] == NUMBER and "/" in t.text[t.end[after] : t.end[after] + 1]:
            return None  # first 1/30, then 2/27
        return self.lone_day(i, after, day)

    def day_alone(self, i: int) -> Found | None:
        """Read "the 17th", "by 17th", "on the 3rd"."""
        t = self.t
        after = self.past_ordinal(i + 1)
        if after == i + 1 and self.announced(i):
            return self.lone_day(i, after, int(t.fold[i]))
        if range_end := self.range_end(i, after):
            return range_end
        if after == i + 1 or not 1 <= int(t.fold[i]) <= 31 or t.fold[after - 1] in ("er", "te", "ten"):
            return None
        return self.lone_day(i, after, int(t.fold[i]))

    def range_end(self, i: int, after: int) -> Found | None:
        """Read the last day of "May 4 to 15", "March 9-20"."""
        t = self.t
        joined = t.before(i) in ("-", "–", "—", "to", "through", "thru", "until", "till", "bis")
        if not joined or self.last_day is None or self.last_day[0] != t.end[i - 2] or not t.word(i - 3):
            return None
        first = self.last_day[1]
        if t.fold[i - 2].lstrip("0") != str(first.day):
            return None
        if (
            (t.word(after) and t.word(after) not in any_of("after_day"))
            or t.fold[after] in ("%", "/", ":")
            or not first.day < int(t.fold[i]) <= 31
        ):
            return None
        day = day_of(first.year, first.month, int(t.fold[i]))
        return (after, DateMention(t.start[i], t.end[after - 1], day)) if day else None

    def announced(self, i: int) -> bool:
        """Tell whether a plain number is a day: "on the 24.", "by the 12,"."""
        t = self.t
        before = t.before(i) == "the" and t.before(i - 1) in ("on", "by", "until", "till", "til", "since", "from")
        closed = t.kind[i + 1] == BREAK or (
            t.fold[i + 1] in (".", ",", ";", ")") and (t.kind[i + 2] == BREAK or not t.glued(i + 2))
        )
        return before and closed and t.fold[i].isdigit() and 1 <= int(t.fold[i]) <= 31

    def lone_day(self, i: int, after: int, day: int) -> Found | None:
        t = self.t
        the = t.before(i) == "the"
        weekday = self.weekday_before(i - 1 if the else i)
        asked = self.asked(i - 1 if the else i) and t.before(i) not in ("of", "for")
        if not (the or asked or weekday) or t.before(i) == "-":
            return None
        word = t.word(after)
        if word in any_of("not_day"):
            return None
        if word and not (asked and the) and day <= 12 and word not in any_of("after_day") and not t.capital(after):
            return None
        if t.fold[after] in ("of", "de") and (hit := self.day_of_month(i, after, day)):
            return hit
        anchor = self.corrects(i)
        tense = self.tense_at(i - 1 if the else i)
        if tense == "future" and self.goes_on_from_past(i - 1 if the else i):
            tense = "past"
        when = self.near_day(day, tense, anchor)
        if when is None:
            return None
        return after, DateMention(t.start[i], t.end[after - 1], when, bare=True)

    def day_of_month(self, i: int, after: int, day: int) -> Found | None:
        t = self.t
        step = {"this": 0, "next": 1, "last": -1}.get(self.relative.get(t.fold[after + 1], ""))
        if step is None or self.stretches.get(t.fold[after + 2]) != "month":
            return None
        first = months_on(self.as_of, step)
        when = day_of(first.year, first.month, day)
        return self.mention(i, after + 3, when) if when else None

    def goes_on_from_past(self, i: int) -> bool:
        """Tell whether a day number goes on from a past day ("told me on April 9, I put it in the CRM on the 14th")."""
        if self.last_day is None or self.t.before(i) != "on" or self.last_day[1] >= self.as_of:
            return False
        between = self.t.text[self.last_day[0] : min(self.t.start[i], self.last_day[0] + 81)]
        return len(between) <= 80 and not re.search(r"[.;\n]", between)

    def corrects(self, i: int) -> date | None:
        """Return the date before token `i` where the day number corrects or continues it ("7/24, no, the 17th")."""
        if self.last_day is None:
            return None
        end, day = self.last_day
        between = self.t.text[end : min(self.t.start[i], end + 31)]
        if len(between) > 30 or "\n" in between:
            return None
        said = re.findall(r"[^\W\d_]+|->|=>|[-–—]", between.casefold())
        return day if all(word in any_of("corrects") for word in said) else None
