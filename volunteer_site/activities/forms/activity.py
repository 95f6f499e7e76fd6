"""One dated occasion as a coordinator types it, and why it is called off."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from wtforms import (
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from volunteer_site.activities import models
from volunteer_site.activities.forms.words import WordsForm, sensible_year
from volunteer_site.activities.plans import Plan, ShiftPlan
from volunteer_site.activities.rules import NotPublishable
from volunteer_site.core import dates
from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l

MOST_SHIFTS = 8
FURTHER_SHIFTS = 2  # empty rows to fill in without a script
ROW = "shifts-%d-"


class ShiftForm(Form):
    """One shift: its own time and number."""

    id = HiddenField()
    name = StringField(_l("Shift"), [Optional(), Length(max=40)])
    starts = TimeField(_l("Starts at"), [InputRequired()])
    ends = TimeField(_l("Ends at"), [InputRequired()])
    places = IntegerField(_l("Places"), [InputRequired(), NumberRange(1, models.MOST_PLACES)])

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if self.number > 1:  # a browser must not insist on a row that may stay empty
            for field in self:
                field.flags.required = False

    @property
    def number(self) -> int:
        """Return which row it is, counted from 1."""
        return int(self.starts.name.split("-")[1]) + 1

    @property
    def blank(self) -> bool:
        """Tell whether nothing was filled in, so that the row is left out."""
        typed = (self.id, self.name, self.starts, self.ends, self.places)
        return not any(field.raw_data and any(field.raw_data) for field in typed)

    def plan(self, day: date) -> ShiftPlan:
        """Return the shift on a day of the site's zone."""
        number = str(self.id.data or "")
        return ShiftPlan(
            _moment(day, self.starts.data),
            _moment(day, self.ends.data),
            self.places.data,
            self.name.data or "",
            int(number) if number.isdecimal() and len(number) < len("1000000000") else None,
        )


class ActivityForm(WordsForm):
    """One dated occasion with its shifts."""

    day = DateField(_l("Day"), [InputRequired(), sensible_year])
    signup_closes = DateTimeLocalField(
        _l("Sign-up until"),
        [Optional(), sensible_year],
        description=_l("Left empty: until it starts."),
    )
    leader_id = SelectField(_l("Leader"), [Optional()], choices=[])
    note = StringField(_l("Note"), [Optional(), Length(max=200)])
    seen = HiddenField()

    def __init__(
        self,
        formdata: Any = None,
        plan: Plan | None = None,
        leaders: Iterable[tuple[int, str]] = (),
    ) -> None:
        super().__init__(formdata, data=_fields_of(plan) if plan else None)
        self.leader_id.choices = [
            SelectChoice("", _("Whoever publishes it")),
            *(SelectChoice(str(number), name) for number, name in leaders),
        ]
        self.shifts = _typed_shifts(formdata) if formdata else _shifts_of(plan)
        self.shift_errors: list[str] = []

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the words and every shift that was filled in."""
        fine = bool(super().validate(extra_validators))
        return all([fine, *(shift.validate() for shift in self.kept)])

    @property
    def kept(self) -> list[ShiftForm]:
        """Return the shifts that are filled in; the first always is one."""
        return [self.shifts[0], *(shift for shift in self.shifts[1:] if not shift.blank)]

    def plan(self) -> Plan:
        """Return what was typed as a plan; only after `validate`."""
        closes = self.signup_closes.data
        leader = str(self.leader_id.data or "")
        return Plan(
            self.words(),
            tuple(shift.plan(self.day.data) for shift in self.kept),
            dates.utc(closes) if closes else None,
            int(leader) if leader else None,
            self.note.data or "",
        )

    def add(self, problem: NotPublishable) -> None:
        """Show a rule beside the field that it is about, a time's beside the first shift."""
        if problem.field == "shifts":
            ends = self.shifts[0].ends
            ends.errors = [*ends.errors, str(problem)]
        else:
            super().add(problem)

    def wrong(self) -> list[tuple[Any, str]]:
        """Return every field with something to correct, those of the shifts too."""
        shifts = [(field, error) for row in self.kept for field in row for error in field.errors]
        return super().wrong() + shifts


class CancellationForm(Form):
    """Why an activity does not take place."""

    reason = StringField(
        _l("Why it is called off"),
        [InputRequired(), Length(max=models.REASON_LENGTH)],
        description=_l("Everybody who has signed up reads this, such as: heavy rain."),
    )


def _moment(day: date, at: time) -> datetime:
    return dates.utc(datetime.combine(day, at))


def _fields_of(plan: Plan) -> Mapping[str, Any]:
    closes = plan.signup_closes_at
    own = closes is not None and closes != plan.starts_at
    return {
        **plan.words,
        "day": dates.local_date(plan.starts_at),
        "signup_closes": dates.local(closes) if own and closes else None,
        "leader_id": plan.leader_id or "",
        "note": plan.note,
    }


def _shifts_of(plan: Plan | None) -> list[ShiftForm]:
    shifts = [
        {
            "id": shift.id,
            "name": shift.name,
            "starts": dates.local(shift.starts_at).time(),
            "ends": dates.local(shift.ends_at).time(),
            "places": shift.places,
        }
        for shift in (plan.shifts if plan else ())
    ]
    rows = (shifts or [{}]) + [{}] * FURTHER_SHIFTS
    return [
        ShiftForm(prefix=ROW % number, data=row) for number, row in enumerate(rows[:MOST_SHIFTS])
    ]


def _typed_shifts(formdata: Mapping[str, Any]) -> list[ShiftForm]:
    numbers = [n for n in range(MOST_SHIFTS) if f"{ROW % n}starts" in formdata] or [0]
    return [ShiftForm(formdata, prefix=ROW % number) for number in numbers]
