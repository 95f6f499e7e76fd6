"""What the site's own papers put on the shelves of the print shop."""

from collections.abc import Iterable, Iterator

from volunteer_site.activities import weeks
from volunteer_site.activities.weeks import Line
from volunteer_site.core import dates
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.organisations.models import Kind
from volunteer_site.people.models import RoleName
from volunteer_site.printouts import deeds, letters, posters, rolls, shop
from volunteer_site.printouts.orders import address
from volunteer_site.printouts.shop import Asked, Offer
from volunteer_site.recognition.badges import pins
from volunteer_site.recognition.rolls import queries, words
from volunteer_site.recognition.rolls.models import HonorRoll

PLACES = (Kind.DISTRICT, Kind.SUBDISTRICT, Kind.COMMUNITY)  # what thanks units, and sums weeks up

CERTIFIERS = (RoleName.COORDINATOR, RoleName.OFFICER)


def _rolls(asked: Asked) -> Iterator[Offer]:
    place, month = asked.organisation, asked.month
    if place.kind not in queries.KINDS:
        return
    found = rolls.of_place(place, month)
    for roll in found:
        yield _roll(asked, roll)
    if not found:
        href = f"/desk/honor-rolls/{month}/{place.slug}"
        yield Offer(_("Honor roll"), _("Not prepared yet; prepare it first."), href)


def _roll(asked: Asked, roll: HonorRoll) -> Offer:
    state = _("Made public") if roll.published_at else _("A proof, not published yet")
    said = _("A4, A3 or folded") + f" · {state}"
    return _offer(asked, "roll-a4", rolls.subject_of(roll), words.title(roll), said)


def _all_rolls(asked: Asked) -> Iterator[Offer]:
    """Offer the month's rolls in one bundle, of each kind that several places have published."""
    if asked.organisation.kind != Kind.DISTRICT:
        return
    for roll in rolls.kinds_below(asked.organisation, asked.month):
        title = _("All rolls published for the month: %(title)s", title=words.title(roll))
        for paper, said in (
            ("all-rolls-a4", _("A4, one file for each community and unit, in one bundle")),
            ("all-rolls-a3", _("A3, one file for each community and unit, in one bundle")),
        ):
            yield Offer(title, said, "/print/jobs", job=(paper, rolls.subject_of(roll)))


def _good_deeds(asked: Asked) -> Iterator[Offer]:
    """Offer the board of the month, and all that stand where those are more."""
    every = deeds.of_place(asked.organisation, deeds.ALL, dates.today(asked.now))
    monthly = [deed for deed in every if deed.month == asked.month]
    if monthly:
        yield _board_of_deeds(asked, asked.month, _("Board of good deeds"), len(monthly))
    if len(every) > len(monthly):
        yield _board_of_deeds(asked, deeds.ALL, _("Board of good deeds, all months"), len(every))


def _board_of_deeds(asked: Asked, subject: str, title: str, number: int) -> Offer:
    said = ngettext("%(num)d good deed", "%(num)d good deeds", number)
    return _offer(asked, "good-deeds-a4", subject, title, f"{_('A4 or A3')} · {said}")


def _letters(asked: Asked) -> Iterator[Offer]:
    if asked.organisation.kind in PLACES and letters.helpers(asked.organisation, asked.month):
        title, said = _("Letter of praise"), _("to a unit that helped in the month, A4")
        yield _offer(asked, "praise", asked.month, title, said)


def _stickers(_asked: Asked) -> Iterator[Offer]:
    if any(pin.open for pin in pins.catalogue().values()):
        title, said = _("Badges as stickers"), _("A4 with cutting marks, or large, one a page")
        yield Offer(title, said, "/print/stickers")


def _week_posters(asked: Asked) -> Iterator[Offer]:
    if posters.coming(asked.organisation, asked.week, asked.now):
        title = _("Poster of the week")
        yield _offer(asked, "week-poster-a4", asked.week, title, _("A4 or A3"))


def _posters(asked: Asked) -> Iterator[Offer]:
    for line in _lines(asked):
        if line.state(asked.now) == "published":
            title = _("Recruiting poster: %(title)s", title=line.title)
            said = f"{_('A4 or A3')} · {dates.show_moment(line.starts_at)}"
            yield _offer(asked, "poster-a4", str(line.id), title, said)


def _for_the_day(asked: Asked) -> Iterator[Offer]:
    for line in _lines(asked):
        if line.state(asked.now) in {"published", "running"}:
            when = dates.show_moment(line.starts_at)
            title = _("Sign-in sheet: %(title)s", title=line.title)
            yield Offer(title, f"A4 · {when}", f"/print/sign-in-sheets/{line.id}")
            title = _("Name tags: %(title)s", title=line.title)
            yield _offer(asked, "tags", str(line.id), title, f"A4 · {when}")


def _reviews(asked: Asked) -> Iterator[Offer]:
    place = asked.organisation
    if place.kind in PLACES:
        title = _("Volunteering in the week")
        said = _("A4: who came, hours, turnout week by week")
        yield _offer(asked, "week-summary", asked.week, title, said)
    if place.kind == Kind.COMMUNITY:
        href = f"/print/books/{asked.month}/{place.slug}"
        yield Offer(_("The month's book"), _("A4: every entry, to sign and file"), href)
    if place.kind == Kind.DISTRICT:
        said = _("A4: to keep outside the site")
        yield Offer(_("Seals of the hours"), said, "/print/seals")


def _certificates(asked: Asked) -> Iterator[Offer]:
    """Lead to the register, from which each certificate is printed."""
    if asked.organisation.kind == Kind.COMMUNITY and asked.visitor.has_role(*CERTIFIERS):
        yield Offer(_("Certificates"), _("A4: each from the register"), "/desk/certificates")


def _lines(asked: Asked) -> Iterable[Line]:
    if asked.organisation.kind in {Kind.UNIT, Kind.DISTRICT, Kind.SUBDISTRICT}:
        return ()  # a unit has none of its own, the others hundreds: choose a community
    return weeks.of_weeks([asked.organisation.path], [asked.week])


def _offer(asked: Asked, paper: str, subject: str, title: str, said: str) -> Offer:
    def at(ending: str = "") -> str:
        return address(paper, asked.organisation.slug, subject, ending)

    return Offer(title, said, at(), at(".pdf"), at(".png"))


def fill() -> None:
    """Put everything on its shelf."""
    for source in (_rolls, _all_rolls, _good_deeds, _letters, _stickers, _certificates):
        shop.offers("honours", source)
    for source in (_week_posters, _posters):
        shop.offers("recruiting", source)
    shop.offers("day", _for_the_day)
    shop.offers("review", _reviews)
