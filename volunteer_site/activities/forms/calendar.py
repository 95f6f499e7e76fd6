"""Holidays and make-up workdays as the office types them."""

from wtforms import DateField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from volunteer_site.activities.forms.words import sensible_year
from volunteer_site.core.forms import Form
from volunteer_site.core.words import lazy_gettext as _l


class DayForm(Form):
    """A day that is not what its weekday says."""

    day = DateField(_l("Day"), [InputRequired(), sensible_year])
    kind = RadioField(
        _l("Kind of day"),
        [InputRequired()],
        choices=[
            SelectChoice("holiday", _l("Holiday")),
            SelectChoice("workday", _l("Make-up workday")),
        ],
        default="holiday",
    )
    name = StringField(_l("Holiday's name"), [Optional(), Length(max=20)])
