"""The corners of the site in which something can wait: for a community, and for the office."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from volunteer_site.attendance.late import queries as late
from volunteer_site.attendance.sheets import queries as sheets
from volunteer_site.core import dates
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.hours.held import queries as held
from volunteer_site.hours.held.models import Level
from volunteer_site.organisations.models import Kind
from volunteer_site.oversight.anomalies import queries as anomalies
from volunteer_site.oversight.complaints import queries as complaints
from volunteer_site.oversight.exports import queries as exports
from volunteer_site.oversight.objections import queries as objections
from volunteer_site.oversight.questions import queries as questions
from volunteer_site.pages import books, desk
from volunteer_site.pages.monday import Errand, Source
from volunteer_site.recognition.certificates import requests as certificates
from volunteer_site.recognition.deeds import queries as deeds
from volunteer_site.recognition.deeds import words as deed_words
from volunteer_site.recognition.designs import queries as designs
from volunteer_site.recognition.notices import queries as notices
from volunteer_site.recognition.notices.models import Subject
from volunteer_site.recognition.stars import holders
from volunteer_site.recognition.stars import queries as stars
from volunteer_site.signups.absences import cases
from volunteer_site.signups.absences.models import Stage


def _not_closed(paths: Sequence[str], now: datetime) -> Iterator[Errand]:
    for one in desk.unclosed(paths, now):
        line, href = one.line, f"/desk/activities/{one.line.id}/closing"
        title = _about(line.title, line.starts_at)
        yield Errand("close", title, line.organisation, href, one.due_on, line.ends_at)


def _sheets(paths: Sequence[str], now: datetime) -> Iterator[Errand]:
    for one in sheets.missing(paths, now):
        title, href = _about(one.title, one.starts_at), f"/desk/sheets/{one.number}"
        yield Errand("sheet", title, one.community, href, since=one.printed_at)


def _approvals(paths: Sequence[str], _now: datetime) -> Iterator[Errand]:
    """Say once for each community how much waits there; the page of approvals has them all."""
    waiting: dict[str, list[datetime]] = {}
    for one in late.waiting(paths):
        waiting.setdefault(one.community, []).append(one.asked_at)
    for line in held.waiting(paths):
        waiting.setdefault(line.recorder, []).append(line.held_at)
    for place, since in waiting.items():
        title = ngettext("%(num)d to decide", "%(num)d to decide", len(since))
        yield Errand("approve", title, place, "/desk/approvals", since=min(since))


def _certificates(paths: Sequence[str], _now: datetime) -> Iterator[Errand]:
    for one in certificates.waiting(paths):
        title, href = one.person, f"/desk/certificates/requests/{one.request.id}"
        yield Errand("certificate", title, one.recorder, href, since=one.request.asked_at)


def _books(paths: Sequence[str], now: datetime) -> Iterator[Errand]:
    for one in books.to_sign(paths, now):
        title, href = dates.show_month(one.month), f"/desk/books/{one.month}/{one.slug}"
        yield Errand("book", title, one.name, href, one.due_on)


def _objections(paths: Sequence[str], _now: datetime) -> Iterator[Errand]:
    for case in objections.waiting(paths):
        yield _objection(case, "/desk")


def _appeals(paths: Sequence[str], _now: datetime) -> Iterator[Errand]:
    for case in cases.waiting(paths):
        yield _appeal(case, "/desk/absences")


def _good_deeds(paths: Sequence[str], now: datetime) -> Iterator[Errand]:
    for case in deeds.waiting(paths, dates.today(now)):
        title = f"{case.deed.nominee_name} · {deed_words.KINDS[case.deed.kind]}"
        href, since = f"/desk/good-deeds/{case.deed.id}", case.deed.nominated_at
        yield Errand("deed", title, case.place.name, href, since=since)


def _questions(paths: Sequence[str], _now: datetime) -> Iterator[Errand]:
    for one in questions.waiting(paths):
        href = f"/desk/questions/{one.id}"
        yield Errand("question", one.about, one.community, href, one.due_on, one.asked_at)


def _stars(paths: Sequence[str], now: datetime) -> Iterator[Errand]:
    """Return applications to look at, and those whose public notice is over."""
    found, today = stars.waiting(paths), dates.today(now)
    last_days = stars.last_days(found)
    for case in found:
        one, href = case.application, f"/desk/stars/{case.application.id}"
        if last_days.get(one.notice_id, date.min) >= today:
            continue
        title = f"{case.person.name} · {_('Star %(level)s', level=one.level)}"
        yield Errand("star", title, case.place.name, href, since=one.applied_at)


def _fallen(paths: Sequence[str], _now: datetime) -> Iterator[Errand]:
    """Return stars that the hours no longer reach; the office decides, nothing goes by itself."""
    for one in holders.fallen(paths):
        title = f"{one.person} · {_('Star %(level)s', level=one.level)}"
        yield Errand("star", title, one.place, f"/office/stars/people/{one.person_id}")


def _designs(paths: Sequence[str], _now: datetime) -> Iterator[Errand]:
    """Return badges that people have designed for a community."""
    for case in designs.waiting(paths, Kind.COMMUNITY):
        yield _design(case, "/desk")


def _of_the_district(paths: Sequence[str], _now: datetime) -> Iterator[Errand]:
    """Return badges that people have designed for the district."""
    for case in designs.waiting(paths, Kind.DISTRICT):
        yield _design(case, "/office")


def _design(case: designs.Case, desk: str) -> Errand:
    one, href = case.design, f"{desk}/designs/{case.design.id}"
    return Errand(
        "design", f"{case.person} · {one.name}", case.place.name, href, since=one.proposed_at
    )


def _notices(paths: Sequence[str], now: datetime) -> Iterator[Errand]:
    """Return what was objected to and waits for an answer, and rolls whose notice is over."""
    yield from _on_notice(paths, now, Kind.COMMUNITY, Kind.UNIT)


def _notices_of_the_district(paths: Sequence[str], now: datetime) -> Iterator[Errand]:
    yield from _on_notice(paths, now, Kind.DISTRICT)


def _on_notice(paths: Sequence[str], now: datetime, *kinds: Kind) -> Iterator[Errand]:
    today = dates.today(now)
    for notice, place, unanswered in notices.at(paths, *kinds):
        href = f"/desk/notices/{notice.id}"
        if unanswered:
            yield Errand("notice", notice.title, place, href, notice.last_day)
        elif notice.subject == Subject.ROLL and notices.is_over(notice, today):
            yield Errand("roll", notice.title, place, href, since=notice.opened_at)


def _seals(paths: Sequence[str], now: datetime) -> Iterator[Errand]:
    """Say once for each month how many books are signed; one tap seals them all."""
    for month, number in Counter(one.month for one in books.to_seal(paths, now)).items():
        words = ngettext("%(num)d book signed off", "%(num)d books signed off", number)
        title = f"{dates.show_month(month)} · {words}"
        yield Errand("seal", title, "", f"/office/books/{month}")


def _beyond(paths: Sequence[str], _now: datetime) -> Iterator[Errand]:
    """Return hours so far beyond a day's limit that only the office can let them count (R7)."""
    for line in held.waiting(paths):
        if line.level == Level.OFFICE:
            title, href = f"{line.person} · {line.title}", f"/office/approvals#held-{line.id}"
            yield Errand("approve", title, line.recorder, href, since=line.held_at)


def _disputes(paths: Sequence[str], now: datetime) -> Iterator[Errand]:
    for dispute in objections.waiting_at_office(paths, now):
        yield _objection(dispute, "/office")
    for case in cases.waiting(paths, Stage.OFFICE):
        yield _appeal(case, "/office/absences")


def _exports(paths: Sequence[str], officer_id: int) -> Iterator[Errand]:
    """Return exports that another officer has asked for."""
    for one in exports.listed(paths):
        export = one.export
        if export.approved_at is None and export.asked_by_id != officer_id:
            title = f"{dates.show_day(export.first_day)} – {dates.show_day(export.last_day)}"
            yield Errand("export", title, "", "/office/exports", since=export.asked_at)


def _odd(paths: Sequence[str], now: datetime) -> Iterator[Errand]:
    for one in anomalies.waiting(paths, now):
        yield Errand("odd", one.title, one.community, one.address, one.due_on, one.found_at)


def _objection(case: objections.Case, desk: str) -> Errand:
    one, href = case.objection, f"{desk}/objections/{case.objection.id}"
    title = f"{case.person} · {one.title}"
    return Errand("objection", title, case.community.name, href, one.due_on)


def _appeal(case: cases.Case, href: str) -> Errand:
    about, made_at = case.absence, case.pleas[-1].made_at
    title = f"{about.person} · {about.title}"
    return Errand("appeal", title, about.community, href, since=made_at)


def _about(title: str, starts_at: datetime) -> str:
    return f"{title} {dates.show_moment(starts_at)}"


DESK: Final[tuple[Source, ...]] = (
    _not_closed,
    _sheets,
    _approvals,
    _certificates,
    _books,
    _objections,
    _appeals,
    _questions,
    _good_deeds,
    _stars,
    _designs,
    _notices,
)


def office(officer_id: int) -> tuple[Source, ...]:
    """Return where something waits that only the office can do; nobody sees what is about them."""

    def _complaints(paths: Sequence[str], _now: datetime) -> Iterator[Errand]:
        for one in complaints.at(paths, officer_id):
            title, href = f"{one.number} {one.about_words}".strip(), f"/office/complaints/{one.id}"
            yield Errand("complaint", title, one.community or "", href, since=one.opened_at)

    def _asked_for(paths: Sequence[str], _now: datetime) -> Iterator[Errand]:
        yield from _exports(paths, officer_id)

    return (
        *(_disputes, _complaints, _notices_of_the_district, _asked_for),
        *(_beyond, _odd, _fallen, _of_the_district, _seals),
    )
