"""What the coordinator types about somebody who came without signing up."""

from wtforms import BooleanField, DateField, StringField, TelField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from volunteer_site.core.forms import Form
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.people.forms import grown_enough, mobile_phone, real_name
from volunteer_site.signups.absences.models import REASON_LENGTH


class NewcomerForm(Form):
    """Somebody whom the site does not know yet."""

    name = StringField(_l("Full name"), [DataRequired(), real_name])
    phone = TelField(
        _l("Phone"),
        [Optional(), mobile_phone],
        description=_l("With it they can log in later and see their hours."),
    )
    birth_date = DateField(_l("Birth date"), [Optional(), grown_enough])
    notice = BooleanField(
        _l("I told them what the privacy notice says, and they agree."),
        [InputRequired()],
        id="agreed",  # the frame has an element called notice
    )
    another = BooleanField(_l("This is another person of the same name."))


class ExcuseForm(Form):
    """Why somebody could not come."""

    reason = StringField(
        _l("Why they could not come"),
        [Optional(), Length(max=REASON_LENGTH)],
    )
