"""Times as people type them from paper: 1805, 18:05, 18：05, 18."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from volunteer_site.core import dates
from volunteer_site.core.words import gettext as _

_TIME = re.compile(r"([0-9]{1,2})[:.点时]([0-9]{2})分?|([0-9]{1,2})([0-9]{2})|([0-9]{1,2})[点时]?")
A_DAY = timedelta(days=1)


class WrongTime(ValueError):
    """It is no time, or the door was not open then; the message says so."""


@dataclass(frozen=True)
class Window:
    """A shift's time, with the hours of its door around it (R18)."""

    starts_at: datetime
    ends_at: datetime
    opens: datetime
    closes: datetime

    def read(self, typed: str) -> datetime:
        """Return the moment that is meant, after midnight too; raises WrongTime."""
        local, first = _clock(typed), dates.local(self.opens).date()
        for day in (first, first + A_DAY):
            moment = dates.utc(datetime.combine(day, local))
            if self.opens <= moment <= self.closes:
                return moment
        raise WrongTime(
            _(
                "%(time)s does not fit: the door was open from %(from)s to %(to)s.",
                time=f"{local:%H:%M}",
                **{"from": dates.show_time(self.opens), "to": dates.show_time(self.closes)},
            )
        )


def _clock(typed: str) -> time:
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", typed).replace(" ", ""))
    if not found:
        raise WrongTime(_("%(typed)s is not a time. Type 18:05 or 1805.", typed=typed))
    hour, minute = (int(part or 0) for part in _parts(found))
    try:
        return time(hour, minute)
    except ValueError:
        raise WrongTime(_("%(typed)s is not a time. Type 18:05 or 1805.", typed=typed)) from None


def _parts(found: re.Match[str]) -> tuple[str | None, str | None]:
    with_colon, together, hour = (found[1], found[2]), (found[3], found[4]), found[5]
    if with_colon[0]:
        return with_colon
    return together if together[0] else (hour, None)
