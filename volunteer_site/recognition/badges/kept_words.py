"""Words that badges leave to other honours."""

from typing import Any, Final

from wtforms.validators import ValidationError

from volunteer_site.core.words import gettext as _

OF_STARS: Final = ("星级", "星志愿者")


def no_star(_form: Any, field: Any) -> None:
    """Keep the words of the official stars out of badges (R38); a validator."""
    if any(word in (field.data or "") for word in OF_STARS):
        raise ValidationError(
            _("星级 is only for the official stars, which are applied for. Use another word.")
        )
