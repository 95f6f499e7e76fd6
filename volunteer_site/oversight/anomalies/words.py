"""What the rules, their numbers and their findings are called; neutral, for nobody is accused."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from flask_babel import LazyString

from volunteer_site.core import dates
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.oversight.anomalies.models import Kind

NAMED = 20  # entries that a question names


def N_(message: str) -> str:  # noqa: N802 -- the name that message extraction looks for
    """Mark `message` for translation; its numbers are filled in when it is shown."""
    return message


class Said(NamedTuple):
    """A rule in words: its name, what it looks for, and how a finding is told with its numbers."""

    name: LazyString
    what: LazyString
    told: str


SAID: Final[dict[str, Said]] = {
    Kind.TWO_PLACES: Said(
        _l("At two places at once"),
        _l("One person's marks say that they were in two activities at the same time."),
        N_("In two activities at once for %(minutes)s minutes."),
    ),
    Kind.NOT_THERE: Said(
        _l("Not registered yet, or gone"),
        _l("Hours of a day on which the person had not registered yet, or had deleted their data."),
        N_("%(minutes)s minutes on a day on which the person was not registered."),
    ),
    Kind.ONE_DEVICE: Said(
        _l("One phone for several"),
        _l("One phone checked in several people who share no phone number, in one activity."),
        N_("One phone checked in %(people)s people who share no phone number."),
    ),
    Kind.NIGHT: Said(
        _l("Entered at night"),
        _l("One coordinator ticked or entered many people at night, long after the activity."),
        N_("%(people)s people entered between %(first)s and %(last)s."),
    ),
    Kind.BURST: Said(
        _l("Many scans at once"),
        _l("Several people scanned at one door in the same moment. Ticks do not count."),
        N_("%(scans)s scans within %(seconds)s seconds."),
    ),
    Kind.TOO_MANY: Said(
        _l("More people than places"),
        _l("Far more people were marked as present than places had been announced."),
        N_("%(present)s people present, %(places)s places announced."),
    ),
    Kind.WALK_INS: Said(
        _l("Many without a sign-up"),
        _l("Many people, and a large share, were added at the door without having signed up."),
        N_("%(people)s of %(present)s people had not signed up."),
    ),
    Kind.LATE_SHARE: Said(
        _l("Suddenly much entered later"),
        _l("A community entered far more afterwards than in its own past and than the others."),
        N_(
            "%(late)s of %(entries)s entries of %(month)s were entered later: %(percent)s %%. "
            "Half a year before: %(before)s %%, the other communities: %(others)s %%."
        ),
    ),
    Kind.UNDER_CAP: Said(
        _l("Just under the day's limit"),
        _l("Several days of a week just under the minutes that need no approval."),
        N_("%(days)s days of the week %(week)s just under %(cap)s minutes, %(minutes)s in all."),
    ),
    Kind.OWN_HOURS: Said(
        _l("Marked themselves"),
        _l("A coordinator ticked or entered themselves; somebody else should do that."),
        N_("Marked themselves as present %(times)s times."),
    ),
    Kind.LATE_OUT: Said(
        _l("Checked out long after the end"),
        _l("People checked out long after the activity had ended; those minutes do not count."),
        N_("%(people)s people checked out up to %(minutes)s minutes after the end."),
    ),
    Kind.SPOT_CHECK: Said(
        _l("Found wrong in a spot check"),
        _l("Somebody looked at an entry that was drawn by chance and found it wrong."),
        N_("Found wrong in the spot check of %(month)s: %(words)s"),
    ),
}

NUMBERS: Final = {  # by rule and name
    (Kind.TWO_PLACES, "minutes"): _l("From so many minutes at both places"),
    (Kind.NOT_THERE, "days"): _l("From so many days before registering"),
    (Kind.ONE_DEVICE, "people"): _l("From so many people on one phone"),
    (Kind.NIGHT, "people"): _l("From so many people in a night"),
    (Kind.NIGHT, "from_hour"): _l("The night begins at this hour"),
    (Kind.NIGHT, "until_hour"): _l("The night ends at this hour"),
    (Kind.NIGHT, "hours_after"): _l("Not within so many hours after the activity"),
    (Kind.BURST, "scans"): _l("From so many scans"),
    (Kind.BURST, "seconds"): _l("Within so many seconds"),
    (Kind.TOO_MANY, "people"): _l("From so many people more than places"),
    (Kind.TOO_MANY, "percent"): _l("And from so many of a hundred more than places"),
    (Kind.WALK_INS, "people"): _l("From so many people without a sign-up"),
    (Kind.WALK_INS, "percent"): _l("And from so many of a hundred who were there"),
    (Kind.LATE_SHARE, "entries"): _l("From so many entries made later in the month"),
    (Kind.LATE_SHARE, "percent"): _l("And from so many of a hundred entries"),
    (Kind.LATE_SHARE, "times"): _l("And so many times the past and the other communities"),
    (Kind.UNDER_CAP, "minutes"): _l("So many minutes under the limit, or fewer"),
    (Kind.UNDER_CAP, "days"): _l("From so many days of a week"),
    (Kind.OWN_HOURS, "times"): _l("From so many times"),
    (Kind.LATE_OUT, "minutes"): _l("From so many minutes after the end"),
}

STATES: Final = {
    "open": (_l("To look at"), "warn"),
    "asked": (_l("Asked"), "info"),
    "replied": (_l("Answered by the community"), "info"),
    "answered": (_l("Decided"), ""),
}
ANSWERS: Final = {
    "fine": (_l("Nothing wrong"), "good"),
    "reversed": (_l("Hours taken back"), "bad"),
}


def name(kind: str) -> str:
    """Return what a kind of finding is called."""
    return str(SAID[kind].name) if kind in SAID else kind


def told(kind: str, evidence: dict[str, Any]) -> str:
    """Tell a finding in one sentence with its numbers."""
    numbers = dict(evidence.get("numbers", {}))
    for key in ("first", "last"):
        if key in numbers:
            numbers[key] = dates.show_moment(datetime.fromisoformat(numbers[key]))
    if "month" in numbers:
        numbers["month"] = dates.show_month(numbers["month"])
    if kind == Kind.UNDER_CAP:
        numbers["week"] = dates.show_week(numbers["week"])
    if "milliseconds" in numbers:
        numbers["seconds"] = f"{numbers['milliseconds'] / 1000:.1f}"
    return _(SAID[kind].told, **numbers) if kind in SAID else ""


def question(entries: Sequence[int]) -> str:
    """Return which entries a question is about, for one that names no activity; nothing more."""
    if not entries:
        return ""
    shown = _(", ").join(str(number) for number in entries[:NAMED])
    return _("It is about entries no. %(numbers)s.", numbers=shown + "…" * (len(entries) > NAMED))
