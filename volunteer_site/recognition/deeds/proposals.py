"""What a public notice about a good deed shows: as much as may be public at this moment."""

from volunteer_site.core import clock, dates
from volunteer_site.core.words import gettext as _
from volunteer_site.recognition.deeds import concerned, queries, shown
from volunteer_site.recognition.deeds.models import Answer
from volunteer_site.recognition.deeds.words import KINDS, PROPOSERS, SIGNS
from volunteer_site.recognition.notices import parts
from volunteer_site.recognition.notices.models import PublicNotice, Subject
from volunteer_site.recognition.notices.parts import Proposal


def connect() -> None:
    """Say to notices how good deeds are shown."""
    parts.shows(Subject.DEED, _shown)


def _shown(notice: PublicNotice) -> Proposal | None:
    case = queries.with_notice(notice.id)
    if case is None or case.state in {"refused", "taken_down"}:
        return None
    said = queries.votes(case.deed)
    context = {
        "deed": shown.one(case.deed.id, dates.today(clock.now())),
        "yes": queries.count(said, Answer.YES),
        "no": queries.count(said, Answer.NO),
        "kinds": KINDS,
        "signs": SIGNS,
        "proposers": PROPOSERS,
    }
    people = concerned.near(case.deed)
    desk = (f"/desk/good-deeds/{case.deed.id}", _("To the good deed"))
    return Proposal("recognition/deeds/_proposal.html", context, frozenset(people), desk)
