"""What recurs each week, as a coordinator types it."""

from datetime import time

from wtforms import BooleanField, IntegerField, RadioField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from volunteer_site.activities import models
from volunteer_site.activities.forms.words import WordsForm
from volunteer_site.activities.services import Rhythm
from volunteer_site.core.words import lazy_gettext as _l

DAYS = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)


class ProgrammeForm(WordsForm):
    """What recurs each week."""

    weekday = SelectField(
        _l("Day of the week"),
        [InputRequired()],
        choices=[SelectChoice(number, day) for number, day in enumerate(DAYS)],
        coerce=int,
    )
    starts = TimeField(_l("Starts at"), [InputRequired()])
    lasts_minutes = IntegerField(
        _l("Lasts, in minutes"), [InputRequired(), NumberRange(15, 720)], default=60
    )
    places = IntegerField(
        _l("Places"), [InputRequired(), NumberRange(1, models.MOST_PLACES)], default=15
    )
    holiday_rule = RadioField(
        _l("On a holiday"),
        [InputRequired()],
        choices=[
            SelectChoice("skip", _l("Skip it")),
            SelectChoice("move", _l("Move it to the next working day")),
            SelectChoice("hold", _l("Hold it all the same")),
        ],
        default="skip",
    )
    automatic = BooleanField(
        _l("Publish by itself on Thursdays"),
        description=_l("Without this you publish it yourself, with one tap."),
    )

    @classmethod
    def of(cls, programme: models.Programme) -> "ProgrammeForm":
        """Fill the form from a programme."""
        hours, minutes = divmod(programme.starts_minute, 60)
        return cls(
            obj=programme,
            starts=time(hours, minutes),
            automatic=programme.automatic_since is not None,
        )

    def rhythm(self) -> Rhythm:
        """Return when it takes place, as typed."""
        starts = self.starts.data
        return Rhythm(
            self.weekday.data,
            starts.hour * 60 + starts.minute,
            self.lasts_minutes.data,
            self.places.data,
            self.holiday_rule.data,
            automatic=self.automatic.data,
        )
