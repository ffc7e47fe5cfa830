"""Dates as the rep would say them: a `date` and the conventions come in, "March 27", "27 March" or "Friday" go out.

A day of this week or the next few days is named by its weekday, every other one by its date, so that the text stays
true when it is read tomorrow.
"""

from dataclasses import dataclass
from datetime import date

from chains.deals import Conventions

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Days:
    """Say dates in the rep's order, counted from the day the notes were written."""

    conventions: Conventions

    def calendar(self, day: date) -> str:
        """Return the calendar date, with its year only where it is more than ten months away."""
        month = MONTHS[day.month - 1]
        said = f"{day.day} {month}" if self.conventions.date_order == "DMY" else f"{month} {day.day}"
        if abs((day - self.conventions.as_of).days) <= 300:
            return said
        return f"{said} {day.year}" if self.conventions.date_order == "DMY" else f"{said}, {day.year}"

    def near(self, day: date) -> str:
        """Return the way a person says a day that is close: today, tomorrow, a weekday, else the date."""
        away = (day - self.conventions.as_of).days
        match away:
            case 0:
                return "today"
            case 1:
                return "tomorrow"
            case -1:
                return "yesterday"
        if 1 < away <= 6 and day.weekday() < 5:
            return WEEKDAYS[day.weekday()]
        return self.calendar(day)

    def full(self, day: date) -> str:
        """Return weekday and date, for a day on which something is due."""
        return f"{WEEKDAYS[day.weekday()]}, {self.calendar(day)}"

    def on(self, day: date) -> str:
        """Return a day as an adverb: "today", "on Friday", "on March 27"."""
        said = self.near(day)
        return said if said in ("today", "tomorrow", "yesterday") else f"on {said}"

    def by(self, day: date) -> str:
        """Return a day as a limit: "by today", "by Friday", "by March 27"."""
        return f"by {self.near(day)}"
