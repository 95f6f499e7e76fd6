"""What the office types about organisations and pairings."""

import re
from typing import Any

from wtforms import DateField, Field, IntegerField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from volunteer_site.core import text
from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.organisations.models import NAME_LENGTH, Kind
from volunteer_site.organisations.services import Wording

MOST_STAFF = 100_000
LANDLINE = re.compile(r"[0-9+][0-9 ()\-]{4,24}")
KIND_NAMES = {
    Kind.DISTRICT: _l("District"),
    Kind.SUBDISTRICT: _l("Subdistrict"),
    Kind.COMMUNITY: _l("Community"),
    Kind.POINT: _l("Point"),
    Kind.UNIT: _l("Unit"),
    Kind.TEAM: _l("Team"),
}


def tidied(_form: Form, field: Field) -> None:
    """Take out what nobody sees: control characters and doubled spaces."""
    field.data = text.tidy(field.data or "")
    if not field.data and field.flags.required:
        raise ValidationError(_("Please write a name that can be read."))


def telephone(_form: Form, field: Field) -> None:
    """Take any telephone number, landlines too."""
    if field.data and not LANDLINE.fullmatch(field.data):
        raise ValidationError(_("A telephone number has digits only, such as 0351-1234567."))


class OrganisationForm(Form):
    """What may change about an organisation."""

    name = StringField(_l("Name"), [DataRequired(), Length(max=NAME_LENGTH), tidied])
    address = StringField(_l("Street address"), [Optional(), Length(max=200), tidied])
    phone = TelField(_l("Telephone"), [Optional(), telephone])
    staff_count = IntegerField(
        _l("Number of staff"),
        [Optional(), NumberRange(0, MOST_STAFF)],
        description=_l("For units: hours are compared per head."),
    )

    def wording(self) -> Wording:
        """Return what was told."""
        return Wording(
            self.name.data, self.address.data or "", self.phone.data or "", self.staff_count.data
        )


class NewOrganisationForm(OrganisationForm):
    """Also what kind of organisation it is and where it belongs."""

    kind = SelectField(
        _l("Kind"),
        choices=[SelectChoice(kind.value, KIND_NAMES[kind]) for kind in Kind if kind != "district"],
    )
    parent_id = SelectField(_l("Belongs to"), coerce=int, choices=[])


class PairingForm(Form):
    """Which unit helps which community, and when."""

    unit_id = SelectField(_l("Unit"), coerce=int, choices=[])
    community_id = SelectField(_l("Community"), coerce=int, choices=[])
    starts_on = DateField(_l("From"), [InputRequired()])
    ends_on = DateField(
        _l("Until"), [Optional()], description=_l("Leave it empty if no end is agreed.")
    )

    def offer(self, units: list[Any], communities: list[Any]) -> "PairingForm":
        """Fill the two lists."""
        self.unit_id.choices = [(one.id, one.name) for one in units]
        self.community_id.choices = [(one.id, one.name) for one in communities]
        return self


class EndingForm(Form):
    """The last day on which a pairing counts."""

    ends_on = DateField(_l("Last day"), [InputRequired()])
