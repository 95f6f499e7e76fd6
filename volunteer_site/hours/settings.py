"""The ledger's settings, as the rules want them."""

from flask import current_app, has_app_context

from volunteer_site.core.settings import DEFAULTS
from volunteer_site.hours.held.caps import Caps


def caps() -> Caps:
    """Return how many minutes of a day count at once, and how many the community may grant (R7)."""
    config = current_app.config if has_app_context() else DEFAULTS
    return Caps(config["DAY_AUTO_MINUTES"], config["DAY_APPROVAL_MINUTES"])
