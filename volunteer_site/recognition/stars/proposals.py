"""What a public notice about a star shows: as much as may be public, at this moment (R40, R41)."""

from volunteer_site.core import clock, dates
from volunteer_site.core.words import gettext as _
from volunteer_site.recognition.notices import parts
from volunteer_site.recognition.notices.models import PublicNotice, Subject
from volunteer_site.recognition.notices.parts import Proposal
from volunteer_site.recognition.stars import holders, queries


def connect() -> None:
    """Say to notices how stars are shown."""
    parts.shows(Subject.STAR, _shown)


def _shown(notice: PublicNotice) -> Proposal | None:
    case = queries.with_notice(notice.id)
    if case is None or case.person.erased_at is not None:
        return None
    one = case.application
    context = {
        "name": holders.shown_name(case.person, clock.now()),
        "place": case.place.name,
        "level": one.level,
        "hours": dates.hours(one.minutes),
        "needed": dates.hours(one.needed_minutes),
        "state": case.state,
        "number": one.number,
    }
    return Proposal(
        "recognition/stars/_proposal.html",
        context,
        frozenset((one.person_id,)),
        (f"/desk/stars/{one.id}", _("To the application")),
    )
