"""The base of all forms: text arrives stripped, and blank means None."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, session
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import URLSafeTimedSerializer
from wtforms import Form as WTForm
from wtforms import StringField
from wtforms.i18n import get_translations
from wtforms.validators import DataRequired, InputRequired, ValidationError

from volunteer_site.core import words
from volunteer_site.core.glyphs import missing_glyphs
from volunteer_site.core.text import tidy
from volunteer_site.core.words import gettext as _

csrf = CSRFProtect()


class _Messages:
    """WTForms' own messages; the one that people meet most is said as we say it."""

    def __init__(self, own: Any) -> None:
        self._own = own

    def gettext(self, words: str) -> str:
        """Return one message."""
        if words == "This field is required.":
            return _("Please fill this in.")
        return str(self._own.gettext(words))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return one message about so many."""
        return str(self._own.ngettext(one, many, number))


class Form(WTForm):
    """A form of the site; its built-in error messages speak the visitor's language."""

    class Meta:
        """Tidy every text and translate WTForms' own messages."""

        def get_translations(self, _form: WTForm) -> Any:
            """Return WTForms' messages in the language of the page."""
            return _Messages(get_translations(["zh"] if words.locale() == "zh_CN" else ["en"]))

        def bind_field(self, form: WTForm, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Strip what people type, and take blanks for nothing; passwords are as they are."""
            kind = unbound_field.field_class
            if not issubclass(kind, StringField) or kind.__name__ == "PasswordField":
                return unbound_field.bind(form=form, **options)
            options["filters"] = [*options.get("filters", []), _tidy]
            field = unbound_field.bind(form=form, **options)
            field.validators = [_not_blank(one) for one in field.validators]
            return field


def printed(_form: Form, field: Any) -> None:
    """Take only signs that paper and pictures can show too (R72); a validator."""
    if odd := missing_glyphs(field.data or ""):
        raise ValidationError(_("“%(sign)s” cannot be printed. Leave it out.", sign=odd[0]))


def init_app(app: Flask) -> None:
    """Ask every changing request for its token."""
    csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = form_token
    app.context_processor(lambda: {"csrf_token": form_token})


def form_token() -> str:
    """Return the token of this session's forms, as Flask-WTF makes it, signed once and kept."""
    mark = g.get("instead_of_token")
    if mark:
        return str(mark)
    secret = session.get("csrf_token")
    if not isinstance(secret, str):
        return str(generate_csrf())  # puts a secret into the session
    return _signed(secret, str(current_app.secret_key))


@contextmanager
def instead_of_token(mark: str) -> Iterator[None]:
    """Let pages that are kept for many visitors have this mark where the token belongs."""
    outer, g.instead_of_token = g.get("instead_of_token"), mark
    try:
        yield
    finally:
        g.instead_of_token = outer


@lru_cache(2_000)
def _signed(secret: str, key: str) -> str:
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret))


def _not_blank(validator: Any) -> Any:
    """Let `InputRequired` ask for words: by itself it is content with a space."""
    return DataRequired(validator.message) if type(validator) is InputRequired else validator


def _tidy(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    text = text.replace("\x00", "").strip()
    return text if tidy(text) else None  # what nobody can see is nothing
