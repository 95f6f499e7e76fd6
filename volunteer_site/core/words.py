"""Words on the screen: English in the code, Chinese in the catalogues, one catalogue a module.

Each language is read once; Flask-Babel itself looks its own up anew for every word.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, session
from flask_babel import Babel, LazyString

CATALOGUES = Path(__file__).parents[1] / "translations"
LOCALES = ("zh_CN", "en")
LANGUAGE_TAGS = {"zh_CN": "zh-CN", "en": "en"}
_for_everybody: ContextVar[bool] = ContextVar("for_everybody", default=False)


@cache
def _translations(name: str) -> NullTranslations:
    """Read the catalogues of a language; Babel itself would look for zh_CN as zh_Hans_CN."""
    merged = Translations()
    for domain in _domains():
        found = Translations.load(str(CATALOGUES), [name], domain)
        if isinstance(found, Translations):
            merged.merge(found)
            merged.plural = found.plural  # `merge` leaves it out
    return merged


def _domains() -> list[str]:
    return sorted(path.stem for path in (CATALOGUES / LOCALES[0] / "LC_MESSAGES").glob("*.po"))


def gettext(message: str, **variables: Any) -> str:
    """Return `message` in the visitor's language, with %(name)s filled in."""
    said = _translations(locale()).gettext(message)
    return said % variables if variables else said


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str:
    """Return the form of the message that fits `num`, in the visitor's language."""
    said = _translations(locale()).ngettext(singular, plural, num)
    return said % {"num": num, **variables}


def lazy_gettext(message: str, **variables: Any) -> LazyString:
    """Return `message`, to be translated when it is shown; for names fixed at start-up."""
    return LazyString(gettext, message, **variables)


def locale() -> str:
    """Return the language of the page: what was chosen, else Chinese."""
    if _for_everybody.get():
        return LOCALES[0]
    chosen = session.get("locale") if has_request_context() else None
    return chosen if chosen in LOCALES else LOCALES[0]


@contextmanager
def for_everybody() -> Iterator[None]:
    """Speak Chinese, whoever asks: what is said here is kept, and everybody will read it."""
    before = _for_everybody.set(True)
    try:
        yield
    finally:
        _for_everybody.reset(before)


def init_app(app: Flask) -> None:
    """Teach templates to translate and to say which language they speak."""
    Babel(app, default_locale=LOCALES[0], locale_selector=locale)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(_=gettext, LANGUAGE_TAGS=LANGUAGE_TAGS)
