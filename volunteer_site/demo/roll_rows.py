"""Published honor rolls of the demo as rows of their tables, by the rule of the real ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from volunteer_site.core import calendar, dates
from volunteer_site.demo.bulk import Writer
from volunteer_site.demo.people_rows import Numbers
from volunteer_site.hours.queries import Entry
from volunteer_site.organisations.models import Kind
from volunteer_site.recognition.notices.models import PublicNotice
from volunteer_site.recognition.rolls import rule, sources
from volunteer_site.recognition.rolls.models import HonorRoll, HonorRollLine
from volunteer_site.recognition.rolls.rule import Candidate, Line, Terms
from volunteer_site.recognition.rolls.standings import standings

MORNING = timedelta(hours=1)  # 9 o'clock in Shanghai


@dataclass(frozen=True, slots=True)
class Rolls:
    """Writes the rolls of the months that are over, from all entries of a district."""

    writer: Writer
    ids: Numbers
    district: int
    now: datetime

    def write(self, of_person: Mapping[int, Iterable[Entry]]) -> None:
        """Write a roll for each month and each organisation that has somebody to honour."""
        known = sources.candidates(of_person.keys())
        names = {one: body.name for one, body in sources.bodies(self._places(of_person)).items()}
        for month, organisations in sorted(self._months(of_person).items()):
            opened_at = rule.usual_cutoff(month) + MORNING
            if opened_at <= self.now:
                last_day = calendar.end_of_notice(dates.local_date(opened_at))
                span = _Span(month, opened_at, last_day)
                for organisation, entries in organisations.items():
                    self._write_roll(organisation, names[organisation], span, entries, known)

    def _places(self, of_person: Mapping[int, Iterable[Entry]]) -> set[int]:
        """Return the numbers of all places that have a roll."""
        found = {self.district}
        for history in of_person.values():
            for entry in history:
                found |= {entry.recorder_id, entry.unit_id or self.district}
        return found

    def _months(
        self, of_person: Mapping[int, Iterable[Entry]]
    ) -> dict[str, dict[int, list[Entry]]]:
        """Sort the entries by month and by whose roll they count for."""
        months: dict[str, dict[int, list[Entry]]] = {}
        for history in of_person.values():
            for entry in history:
                month = months.setdefault(dates.month_of(entry.service_date), {})
                for organisation in {entry.recorder_id, entry.unit_id, self.district} - {None}:
                    month.setdefault(organisation or 0, []).append(entry)
        return months

    def _write_roll(
        self,
        organisation: int,
        name: str,
        span: "_Span",
        entries: list[Entry],
        known: dict[int, Candidate],
    ) -> None:
        kind = Kind.DISTRICT if organisation == self.district else Kind.COMMUNITY
        terms = Terms(rule.usual_cutoff(span.month), rule.usual_minimum(kind))
        served = standings(entry for entry in entries if entry.recorded_at <= terms.cutoff_at)
        on_it = rule.lines(span.month, terms, served, {one: known[one] for one in served})
        if on_it:
            notice = self.writer.add(PublicNotice, self._notice(organisation, name, span))
            row = self._row(organisation, span, terms, on_it) | {"notice_id": notice}
            self._write_lines(self.writer.add(HonorRoll, row), on_it)

    def _notice(self, organisation: int, name: str, span: "_Span") -> dict[str, object]:
        closed_at = span.published_at if span.published_at <= self.now else None
        return {
            "subject": "roll", "title": f"{name}{dates.show_month(span.month)}光荣榜",
            "organisation_id": organisation, "opened_at": span.opened_at,
            "opened_by_id": self.ids.officer, "last_day": span.last_day, "closed_at": closed_at,
        }  # fmt: skip

    def _row(
        self, organisation: int, span: "_Span", terms: Terms, on_it: list[Line]
    ) -> dict[str, object]:
        officer, number = self.ids.officer, rule.number_of(organisation, span.month)
        row: dict[str, object] = {
            "organisation_id": organisation, "month": span.month, "cutoff_at": terms.cutoff_at,
            "minimum_minutes": terms.minimum_minutes, "name_order": terms.name_order,
            "step_minutes": terms.unit,
            "people": len(on_it), "minutes": sum(line.minutes for line in on_it),
            "on_site_minutes": sum(line.on_site for line in on_it),
            "prepared_at": span.opened_at, "prepared_by_id": officer,
            "published_at": None, "published_by_id": None, "number": None,
        }  # fmt: skip
        if span.published_at <= self.now:
            row |= {
                "published_at": span.published_at, "published_by_id": officer, "number": number,
            }  # fmt: skip
        return row

    def _write_lines(self, roll: int, on_it: list[Line]) -> None:
        units = dict(zip(self.ids.units, self.ids.unit_names, strict=True))
        for line in on_it:
            row = line._asdict() | {"roll_id": roll}
            del row["on_site"]
            row["unit_name"] = units.get(row.pop("unit_id"), "")
            self.writer.add(HonorRollLine, row)


@dataclass(frozen=True)
class _Span:
    """A month, and how long its rolls were on public notice."""

    month: str
    opened_at: datetime
    last_day: date

    @property
    def published_at(self) -> datetime:
        """Return when the rolls were published: in the morning after the notice."""
        return dates.day_bounds(self.last_day)[1] + MORNING
