"""What people type when they give a place back."""

from wtforms import StringField
from wtforms.validators import Length, Optional

from volunteer_site.core.forms import Form
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.signups.models import REASON_LENGTH


class WithdrawalForm(Form):
    """Why somebody cannot come; asked for after the free time to withdraw is over (R16)."""

    reason = StringField(_l("Why can't you come?"), [Optional(), Length(max=REASON_LENGTH)])
