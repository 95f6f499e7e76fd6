"""The settings of sign-ups, as the rules want them."""

from datetime import timedelta

from flask import current_app

from volunteer_site.signups.absences.rule import Terms


def terms() -> Terms:
    """Return what follows from no-shows on this site (R16)."""
    config = current_app.config
    return Terms(
        config["NO_SHOW_LIMIT"],
        config["NO_SHOW_DAYS"],
        config["NO_SHOW_PRIORITY_DAYS"],
        config["SCARCE_PERCENT"],
        config["SCARCE_FREE_HOURS"],
    )


def free_time() -> timedelta:
    """Return until how long before the start a place is given back without a reason (R16)."""
    return timedelta(hours=current_app.config["FREE_WITHDRAWAL_HOURS"])
