"""Published honor rolls of the demo as rows of their tables, by the rule of the real ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from volunteer_site.core import dates
from volunteer_site.demo.bulk import Writer
from volunteer_site.demo.people_rows import Numbers
from volunteer_site.hours.queries import Entry
from volunteer_site.organisations.models import Kind
from volunteer_site.recognition.models import HonorRoll, HonorRollLine
from volunteer_site.recognition.rolls import rule, sources
from volunteer_site.recognition.rolls.rule import Candidate, Line, Terms

PUBLISHED = timedelta(days=5)  # after the month


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
        for month, organisations in sorted(self._months(of_person).items()):
            if dates.month_bounds(month)[1] + PUBLISHED <= self.now:
                for organisation, entries in organisations.items():
                    self._write_roll(organisation, month, entries, known)

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
        self, organisation: int, month: str, entries: list[Entry], known: dict[int, Candidate]
    ) -> None:
        kind = Kind.DISTRICT if organisation == self.district else Kind.COMMUNITY
        terms = Terms(rule.usual_cutoff(month), rule.usual_minimum(kind))
        served = rule.standings(entry for entry in entries if entry.recorded_at <= terms.cutoff_at)
        on_it = rule.lines(month, terms, served, {one: known[one] for one in served})
        if on_it:
            roll = self.writer.add(HonorRoll, self._row(organisation, month, terms, on_it))
            self._write_lines(roll, on_it)

    def _row(
        self, organisation: int, month: str, terms: Terms, on_it: list[Line]
    ) -> dict[str, object]:
        officer, published_at = self.ids.officer, dates.month_bounds(month)[1] + PUBLISHED
        return {
            "organisation_id": organisation, "month": month, "cutoff_at": terms.cutoff_at,
            "minimum_minutes": terms.minimum_minutes, "name_order": terms.name_order,
            "step_minutes": terms.unit,
            "people": len(on_it), "minutes": sum(line.minutes for line in on_it),
            "on_site_minutes": sum(line.on_site for line in on_it),
            "prepared_at": terms.cutoff_at, "prepared_by_id": officer,
            "published_at": published_at, "published_by_id": officer,
            "number": rule.number_of(organisation, month),
        }  # fmt: skip

    def _write_lines(self, roll: int, on_it: list[Line]) -> None:
        units = dict(zip(self.ids.units, self.ids.unit_names, strict=True))
        for line in on_it:
            row = line._asdict() | {"roll_id": roll}
            del row["on_site"]
            row["unit_name"] = units.get(row.pop("unit_id"), "")
            self.writer.add(HonorRollLine, row)
