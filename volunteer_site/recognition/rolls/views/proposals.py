"""What a public notice shows of a roll."""

from volunteer_site.organisations import queries as organisations
from volunteer_site.recognition.notices import parts
from volunteer_site.recognition.notices.models import PublicNotice, Subject
from volunteer_site.recognition.notices.parts import Proposal
from volunteer_site.recognition.rolls import queries, words
from volunteer_site.recognition.rolls.models import Whose
from volunteer_site.recognition.rolls.queries import Edition
from volunteer_site.recognition.rolls.views import public
from volunteer_site.recognition.rolls.views.places import address, page


def connect() -> None:
    """Let notices of rolls show the roll."""
    parts.shows(Subject.ROLL, proposal)


def proposal(notice: PublicNotice) -> Proposal | None:
    """Return the roll that is proposed; everybody on it is concerned by what is objected."""
    roll = queries.on_notice(notice.id)
    if roll is None:
        return None
    place = organisations.get(roll.organisation_id)
    lines, edition = queries.named(roll.id), Edition(roll.month, roll.kind)
    shown = {
        "ranks": public.ranks(roll, lines),
        "facts": public.facts(roll, lines),
        "totals": words.totals(roll),
        "page": page(place.slug, edition) if roll.published_at else "",
        "why": f"/me{page(place.slug, edition)}" if roll.whose == Whose.PEOPLE else "",
    }
    here = (address(place.slug, edition), words.title(roll))
    people = queries.people_on(roll.id)
    return Proposal("recognition/rolls/_proposed.html", shown, people, here)
