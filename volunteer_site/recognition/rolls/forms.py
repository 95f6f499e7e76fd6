"""What a coordinator chooses for a roll, and why one is withdrawn."""

from datetime import datetime
from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.recognition.rolls import rule
from volunteer_site.recognition.rolls.choices import NameChoice
from volunteer_site.recognition.rolls.defining import Said
from volunteer_site.recognition.rolls.models import TITLE_LENGTH, Counts, Whose

MOST_MINUTES = 31 * 24 * 60
REASON_LENGTH = 200
USUAL, NOW = "usual", "now"
KEPT_WORDS = ("表彰",)
WHOSE = {
    Whose.PEOPLE: _l("single people"),
    Whose.UNITS: _l("units"),
    Whose.TEAMS: _l("teams"),
}
COUNTS = {
    Counts.MINUTES: _l("minutes of the month"),
    Counts.PER_HEAD: _l("minutes of the month for each of a unit's registered staff"),
    Counts.WEEKS: _l("weeks of the month in which they served"),
    Counts.NEWCOMERS: _l("minutes of the month, only of those who never served before"),
    Counts.YEAR_WEEKS: _l("weeks in which they served, of the last 52"),
}
SCOPES = {
    "district": _l("In the district"),
    "community": _l("In each community"),
    "unit": _l("In each unit"),
    "all": _l("Everywhere"),
}


class CutoffForm(Form):
    """Until when hours count; everything else is said by the kind of roll."""

    cutoff = SelectField(
        _l("Count hours recorded"),
        [InputRequired()],
        choices=[
            SelectChoice(USUAL, _l("until three days after the month")),
            SelectChoice(NOW, _l("until this moment")),
        ],
    )

    def moment(self, month: str, now: datetime) -> datetime:
        """Return the cut-off that was chosen; the usual one only when it is over."""
        return min(rule.usual_cutoff(month), now) if self.cutoff.data == USUAL else now


class TermsForm(CutoffForm):
    """Who is on the monthly roll, in which order, and until when hours count."""

    minimum_minutes = IntegerField(
        _l("Least minutes in the month"),
        [InputRequired(), NumberRange(0, MOST_MINUTES)],
        description=_l("60 minutes are one hour. 0 puts everybody on it who served."),
    )
    name_order = SelectField(
        _l("Order among the same hours"),
        [InputRequired()],
        choices=[
            SelectChoice("surname", _l("By the strokes of the surname")),
            SelectChoice("full", _l("By the strokes of the whole name")),
        ],
    )


class NoticeForm(Form):
    """Which draft was looked at before it goes on public notice."""

    seen = HiddenField()

    def moment(self) -> datetime | None:
        """Return when the draft that was looked at was prepared; nothing if that was not said."""
        try:
            return datetime.fromisoformat(self.seen.data or "").replace(tzinfo=None)
        except ValueError:
            return None


class WithdrawalForm(Form):
    """Why a published roll is taken back."""

    reason = StringField(
        _l("Why it is withdrawn"),
        [InputRequired(), Length(max=REASON_LENGTH)],
        description=_l("Everybody who opens the roll's address reads this."),
    )


class KindForm(Form):
    """A kind of roll, as the office defines it."""

    title = StringField(
        _l("Title of the roll"),
        [InputRequired(), Length(max=TITLE_LENGTH)],
        description=_l("As it will stand on the roll, such as 志愿新人榜."),
    )
    title_en = StringField(_l("In English"), [Optional(), Length(max=60)])
    whose = SelectField(
        _l("Whom it honours"),
        [InputRequired()],
        choices=[*map(SelectChoice, WHOSE, WHOSE.values())],
    )
    counts = SelectField(
        _l("What counts"), [InputRequired()], choices=[*map(SelectChoice, COUNTS, COUNTS.values())]
    )
    minimum = IntegerField(
        _l("At least"),
        [InputRequired(), NumberRange(1, MOST_MINUTES)],
        description=_l("Minutes, minutes a head, or weeks, as is counted."),
    )
    most = IntegerField(
        _l("How many places"),
        [Optional(), NumberRange(1, 1000)],
        description=_l("Left empty: everybody who reaches the minimum."),
    )
    edge = RadioField(
        _l("If several share the last place"),
        [InputRequired()],
        choices=[
            SelectChoice("all", _l("all of them are on it")),
            SelectChoice("none", _l("none of them is on it")),
        ],
        default="all",
    )
    scope = SelectField(
        _l("Where there is such a roll"),
        [InputRequired()],
        choices=[*map(SelectChoice, SCOPES, SCOPES.values())],
    )

    def said(self) -> Said:
        """Return what was said about the kind."""
        return Said(
            self.title.data or "",
            self.title_en.data or "",
            self.whose.data,
            self.counts.data,
            self.minimum.data or 1,
            self.most.data,
            self.edge.data,
            self.scope.data,
        )

    def validate_title(self, field: Any) -> None:
        """Keep the word for what only an approved commendation may be called (R43)."""
        if any(word in (field.data or "") for word in KEPT_WORDS):
            raise ValidationError(
                _("表彰 needs an approval by document; write 光荣榜, 通报表扬 or 推选 instead.")
            )

    def validate_counts(self, field: Any) -> None:
        """Refuse what cannot be counted of units or of people."""
        if field.data == Counts.PER_HEAD and self.whose.data != Whose.UNITS:
            raise ValidationError(_("Only units have registered staff."))
        if field.data == Counts.NEWCOMERS and self.whose.data != Whose.PEOPLE:
            raise ValidationError(_("Only people can be new."))

    def validate_scope(self, field: Any) -> None:
        """Refuse units on a unit's own roll."""
        if self.whose.data != Whose.PEOPLE and field.data in {"unit", "all"}:
            raise ValidationError(_("A unit has no roll of units or teams; choose another place."))

    def validate_minimum(self, field: Any) -> None:
        """Refuse more weeks than there are."""
        most = {Counts.WEEKS: 6, Counts.YEAR_WEEKS: 52}.get(self.counts.data)
        if most is not None and field.data is not None and field.data > most:
            raise ValidationError(_("There are only %(most)d weeks.", most=most))


class ChoiceForm(Form):
    """How somebody stands on honor rolls."""

    choice = RadioField(
        _l("On honor rolls I stand"),
        [InputRequired(_l("Choose one."))],
        choices=[
            SelectChoice(NameChoice.FULL, _l("with my full name")),
            SelectChoice(NameChoice.MASKED, _l("with a masked name")),
            SelectChoice(NameChoice.OUT, _l("not at all")),
        ],
    )
