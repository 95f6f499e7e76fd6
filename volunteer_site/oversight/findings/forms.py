"""What an officer types to take false entries back."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from volunteer_site.core.forms import Form
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.oversight.objections.models import SENTENCE


class FindingForm(Form):
    """Why the entries are false."""

    reason = StringField(
        _l("Why they are false"),
        [InputRequired(), Length(min=SENTENCE, max=150)],
        description=_l("Whoever loses the hours reads this beside each entry."),
    )
