"""The door's settings, as the rules want them."""

from datetime import timedelta

from flask import current_app

from volunteer_site.attendance.cards import Cards
from volunteer_site.attendance.codes import Codes
from volunteer_site.attendance.devices import Devices
from volunteer_site.attendance.queries import Hours
from volunteer_site.core import workday
from volunteer_site.core.settings import secret_keys


def codes() -> Codes:
    """Return what makes and checks the codes of this site."""
    config = current_app.config
    return Codes(config["SECRET_KEY"], config["DOOR_STEP_SECONDS"])


def cards() -> Cards:
    """Return what makes and reads the volunteers' own codes."""
    secret, *former = secret_keys()
    return Cards(secret, tuple(former))


def devices() -> Devices:
    """Return what tells phones apart."""
    return Devices(current_app.config["SECRET_KEY"])


def hours() -> Hours:
    """Return how long before and after a shift the door is open (R18)."""
    config = current_app.config
    return Hours(
        timedelta(minutes=config["DOOR_OPENS_MINUTES"]),
        timedelta(minutes=config["DOOR_CLOSES_MINUTES"]),
    )


def tolerance() -> timedelta:
    """Return how long after the start one is not late, and before the end not gone early."""
    return timedelta(minutes=current_app.config["DOOR_LATE_MINUTES"])


def staff_day() -> workday.Paid:
    """Return when a community's own staff are paid on a working day (R11)."""
    return workday.read(current_app.config["STAFF_DAY"])
