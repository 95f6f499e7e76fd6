"""Months and weeks as an address says them; what is none is not found."""

from volunteer_site.core import dates
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.recognition.rolls.models import MONTHLY


def month(said: str) -> str:
    """Return a month like 2026-11; raises NotFound for anything else."""
    try:
        dates.month_dates(said)
    except ValueError:
        shop = ("/print", _("Print shop"))
        raise NotFound(_("There is no such month. Choose one."), link=shop) from None
    return said


def edition(said: str) -> tuple[str, str]:
    """Return the month and the kind of a roll from 2026-11 or 2026-11-newcomers; or NotFound."""
    return month(said[: len("2026-11")]), said[len("2026-11-") :] or MONTHLY


def week(said: str) -> str:
    """Return a week like 2026-W47; raises NotFound for anything else."""
    try:
        dates.week_days(said)
    except ValueError:
        shop = ("/print", _("Print shop"))
        raise NotFound(_("There is no such week. Choose one."), link=shop) from None
    return said


def day_words(day: str) -> tuple[str, str]:
    """Cut a day as it is said, 11月20日 周五, into the date and the day of the week."""
    if dates.saying().chinese:
        date, _blank, weekday = day.rpartition(" ")
    else:
        weekday, _blank, date = day.partition(" ")
    return date, weekday
