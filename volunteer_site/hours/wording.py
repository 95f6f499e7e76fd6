"""How the proof of hours is said, the same on every page and on paper (gap idea 6)."""

from volunteer_site.core.words import gettext as _
from volunteer_site.hours import proofs


def share(part: int, whole: int) -> str:
    """Return how many in a hundred: 100% only if it is all, 0% only if it is nothing."""
    whole_percents = proofs.percent(part, whole)
    if part > 0 and not whole_percents:
        return _("under 1 percent")
    return f"{whole_percents}%"


def on_site(part: int, whole: int, hours: str) -> str:
    """Say how much of some hours was seen at the door; nothing if there are no hours.

    `hours` is the whole as the page shows it (W36).
    """
    if whole <= 0:
        return ""
    return _(
        "Of %(hours)s hours, %(share)s were scanned or ticked on site.",
        hours=hours,
        share=share(part, whole),
    )


def rest(shares: proofs.Shares) -> str:
    """Say how much was on paper or entered later; nothing if nothing was."""
    whole = shares.minutes
    said = []
    if shares.paper > 0:
        said.append(_("%(share)s from paper sheets", share=share(shares.paper, whole)))
    if shares.late > 0:
        said.append(_("%(share)s entered later", share=share(shares.late, whole)))
    return _("The rest: %(what)s.", what=_(", ").join(said)) if said else ""
