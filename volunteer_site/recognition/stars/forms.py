"""What people type about stars: reasons, the scale, and for how long somebody may not apply."""

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.recognition.stars import scale
from volunteer_site.recognition.stars.models import MOST_DAYS, MOST_HOURS, REASON_LENGTH
from volunteer_site.recognition.stars.scale import Level

SENTENCE = 4  # characters that a reason has at least
REASON = Length(min=SENTENCE, max=REASON_LENGTH)
HOURS, DAYS = NumberRange(1, MOST_HOURS), NumberRange(0, MOST_DAYS)


class ApplicationForm(Form):
    """Which star is applied for; the page fills it in."""

    level = IntegerField(validators=[InputRequired(), NumberRange(1, scale.MOST)])


class RefusalForm(Form):
    """Why the star is not given."""

    reason = TextAreaField(
        _l("Why the star is not given"),
        [InputRequired(), REASON],
        description=_l("The volunteer reads this."),
    )


class ReviewForm(Form):
    """Why a star stays, or is revoked, although the hours are no longer enough."""

    reason = TextAreaField(
        _l("Why"), [InputRequired(), REASON], description=_l("The volunteer reads this.")
    )


class BarForm(Form):
    """Why somebody may not apply for a while."""

    days = IntegerField(_l("For how many days"), [InputRequired(), NumberRange(1, MOST_DAYS)])
    reason = TextAreaField(
        _l("What was found"),
        [InputRequired(), REASON],
        description=_l("The volunteer reads this. Name the case, no other people."),
        id="bar-reason",
    )


class LiftForm(Form):
    """Why somebody may apply again."""

    reason = StringField(_l("Why they may apply again"), [InputRequired(), REASON])


def _rises(form: Form, field: IntegerField) -> None:
    """Refuse a star that takes no more than the one before."""
    before = form[f"hours_{int(field.name[-1]) - 1}"].data
    if None not in (before, field.data) and field.data <= before:
        raise ValidationError(_("Each star has to take more hours than the one before."))


def _hours(level: int) -> IntegerField:
    checks = [InputRequired(), HOURS, *([_rises] if level > 1 else [])]
    return IntegerField(_l("Hours for star %(level)s", level=level), checks)


def _days(level: int) -> IntegerField:
    words = (
        _l("Days since registration")
        if level == 1
        else _l("Days since star %(level)s", level=level - 1)
    )
    return IntegerField(words, [InputRequired(), DAYS])


class ScaleForm(Form):
    """Hours and days that each star takes."""

    hours_1, days_1 = _hours(1), _days(1)
    hours_2, days_2 = _hours(2), _days(2)
    hours_3, days_3 = _hours(3), _days(3)
    hours_4, days_4 = _hours(4), _days(4)
    hours_5, days_5 = _hours(5), _days(5)

    def levels(self) -> tuple[Level, ...]:
        """Return the scale that was typed."""
        return tuple(
            Level(one, self[f"hours_{one}"].data, self[f"days_{one}"].data)
            for one in range(1, scale.MOST + 1)
        )


def filled(levels: tuple[Level, ...]) -> ScaleForm:
    """Return the form with a scale in it."""
    values = {f"hours_{one.level}": one.hours for one in levels}
    return ScaleForm(data=values | {f"days_{one.level}": one.days for one in levels})
