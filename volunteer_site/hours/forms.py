"""What a coordinator types to put an entry right."""

from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from volunteer_site.core.forms import Form
from volunteer_site.core.words import lazy_gettext as _l

REASON_LENGTH = 200
LONGEST = 24 * 60  # a service may be shorter; the ledger says so


class CorrectionForm(Form):
    """The right minutes, and why the entry was wrong."""

    minutes = IntegerField(
        _l("Minutes that are right"),
        [InputRequired(), NumberRange(0, LONGEST)],
        description=_l("0 takes the entry back altogether."),
    )
    reason = StringField(
        _l("Why it is corrected"),
        [InputRequired(), Length(max=REASON_LENGTH)],
        description=_l("The volunteer reads this, such as: left early, ticked by mistake."),
    )
