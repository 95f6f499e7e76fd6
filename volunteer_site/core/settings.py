"""Settings: from the environment, checked at the start; docs/settings.md lists them."""

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dotenv import load_dotenv
from flask import Flask, current_app

from volunteer_site.core import workday

PREFIX = "FLASK"
A_DAY = 24 * 60  # minutes
NOTICE_LEAST = 5  # working days (R42)
SECRET_LEAST = 16  # characters
DEFAULTS: dict[str, Any] = {
    "TESTING": False,
    "SITE_NAME": "公益一小时",
    "TIMEZONE": "Asia/Shanghai",
    "SQLITE_SYNCHRONOUS": "FULL",  # an acknowledged change survives a power cut
    "UPLOADS_FOLDER": "",
    "TRUSTED_PROXIES": 0,
    "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
    "SESSION_COOKIE_NAME": "session",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_REFRESH_EACH_REQUEST": False,
    "SESSION_DAYS": 60,
    "STAFF_IDLE_MINUTES": 30,  # R54
    "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as the session it belongs to
    "CONTROLLER": "本站主办单位",  # who answers for personal data (R46)
    "CONTROLLER_CONTACT": "",
    "CONSENT_VERSION": "2026-11",
    "ROUNDING_MINUTES": 30,  # R4
    "DAY_AUTO_MINUTES": 480,  # R7
    "DAY_APPROVAL_MINUTES": 720,  # R7
    "STAFF_DAY": "08:00-12:00,14:00-18:00",  # R11
    "DOOR_STEP_SECONDS": 30,  # R17
    "DOOR_OPENS_MINUTES": 30,  # R18
    "DOOR_CLOSES_MINUTES": 30,  # R18
    "DOOR_LATE_MINUTES": 10,
    "FREE_WITHDRAWAL_HOURS": 6,  # R16
    "NO_SHOW_LIMIT": 3,  # R16
    "NO_SHOW_DAYS": 90,  # R16
    "NO_SHOW_PRIORITY_DAYS": 7,  # R16
    "SCARCE_PERCENT": 25,
    "SCARCE_FREE_HOURS": 2,
    "PASSWORD_TRIES": 5,  # R54
    "PASSWORD_LOCK_MINUTES": 15,  # R54
    "PASSWORD_COST": "full",  # "low" makes test log-ins quick
    "ROLL_MINIMUM_MINUTES": 60,
    "ROLL_ORDER": "surname",  # 按姓氏笔画, or "full" for 按姓名笔画 (R66)
    "NOTICE_DAYS": 5,  # working days of a public notice, at least five (R42)
    "NOTICE_OBJECTIONS_PER_HOUR": 5,  # from one network address
    "NOMINATIONS_PER_HOUR": 5,  # of good deeds, from one network address
    "STAR_BAR_DAYS": 365,  # for which proven false hours bar from applying for stars
    "OBJECTION_DAYS": 10,  # working days for an answer, and to go to the office (R27)
    "COMPLAINTS_PER_HOUR": 5,  # from one network address (R28)
    "COMPLAINT_CONTACT_DAYS": 180,  # after the case; then the contact is forgotten
    "QUESTION_DAYS": 5,  # working days to answer what the office asks about a record
    "SPOT_CHECK_PERCENT": 3,  # of a month's entries, unless the office says otherwise (R29)
    "SECRET_KEY_FALLBACKS": [],  # former secrets: what they signed still counts
    "LOG_LEVEL": "INFO",
}
CHOICES: dict[str, tuple[Any, ...]] = {
    "SQLITE_SYNCHRONOUS": ("FULL", "NORMAL"),
    "ROUNDING_MINUTES": (1, 6, 30, 60),
    "DOOR_STEP_SECONDS": (5, 10, 15, 20, 30),  # R17: a photo is worthless after a minute
    "PASSWORD_COST": ("full", "low"),
    "ROLL_ORDER": ("surname", "full"),
    "LOG_LEVEL": ("DEBUG", "INFO", "WARNING", "ERROR"),
}


class WrongSetting(SystemExit):
    """A setting cannot be used; the sentence names it and says what would do."""


def init_app(app: Flask, config: Mapping[str, Any] | None = None) -> None:
    """Fill `app.config`: defaults, then the environment and `.env`, then `config`."""
    load_dotenv(Path(app.root_path) / ".env")
    app.config.update(DEFAULTS)
    if config is None or not config.get("TESTING"):
        app.config.from_prefixed_env(PREFIX)
        app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DATABASE_URL", "")
        app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY") or app.config.get("SECRET_KEY")
    app.config.update(config or {})
    app.config["SQLALCHEMY_DATABASE_URI"] = _database(app)
    app.config["SECRET_KEY"] = app.config.get("SECRET_KEY") or _kept_secret(app)
    _check(app)
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=app.config["SESSION_DAYS"])


def secret_keys() -> tuple[str, ...]:
    """Return the secret that signs now, then the former ones, whose signatures still count."""
    return (current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"])


def _database(app: Flask) -> str:
    address = str(app.config.get("SQLALCHEMY_DATABASE_URI") or "")
    if not address:
        Path(app.instance_path).mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{app.instance_path}/volunteer.sqlite"
    for scheme in ("postgres://", "postgresql://"):
        address = address.replace(scheme, "postgresql+psycopg://", 1)
    if not address.startswith(("sqlite://", "postgresql+psycopg://")):
        raise WrongSetting(
            "DATABASE_URL must begin with sqlite:/// or postgresql://; leave it out to use SQLite."
        )
    return address


def _kept_secret(app: Flask) -> str:
    """Read the secret in `instance/`, or make one at the first start."""
    path = Path(app.instance_path) / "secret-key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _check(app: Flask) -> None:
    for name, allowed in CHOICES.items():
        if app.config[name] not in allowed:
            words = ", ".join(str(value) for value in allowed)
            raise WrongSetting(f"{PREFIX}_{name} is {app.config[name]!r}; it may be: {words}.")
    for name, default in DEFAULTS.items():
        value = app.config[name]
        if type(default) is int and (type(value) is not int or value < 0):
            raise WrongSetting(
                f"{PREFIX}_{name} is {value!r}; it must be a whole number, 0 or more."
            )
    _check_notices(app)
    _check_zone(app)
    _check_day(app)
    if len(str(app.config["SECRET_KEY"])) < SECRET_LEAST:
        raise WrongSetting("SECRET_KEY is too short: give at least 16 characters, or leave it out.")
    _check_former_secrets(app.config["SECRET_KEY_FALLBACKS"])


def _check_former_secrets(former: Any) -> None:
    """Say what is wrong without showing a secret."""
    secrets_given = former if isinstance(former, list) else [None]
    if not all(isinstance(one, str) and len(one) >= SECRET_LEAST for one in secrets_given):
        raise WrongSetting(
            f"{PREFIX}_SECRET_KEY_FALLBACKS must be a list of former secrets of at least 16 "
            'characters each, the newest first, like ["the secret of last year"].'
        )


def _check_notices(app: Flask) -> None:
    days = app.config["NOTICE_DAYS"]
    if days < NOTICE_LEAST:
        raise WrongSetting(
            f"{PREFIX}_NOTICE_DAYS is {days!r}; a public notice takes at least {NOTICE_LEAST} "
            "working days."
        )


def _check_zone(app: Flask) -> None:
    try:
        ZoneInfo(app.config["TIMEZONE"])
    except (KeyError, ValueError, OSError):
        zone = app.config["TIMEZONE"]
        raise WrongSetting(
            f"{PREFIX}_TIMEZONE is {zone!r}; write one like Asia/Shanghai."
        ) from None


def _check_day(app: Flask) -> None:
    config = app.config
    if not config["DAY_AUTO_MINUTES"] <= config["DAY_APPROVAL_MINUTES"] <= A_DAY:
        raise WrongSetting(
            f"{PREFIX}_DAY_AUTO_MINUTES may not be more than {PREFIX}_DAY_APPROVAL_MINUTES, and "
            f"that not more than {A_DAY}, the minutes of a day."
        )
    try:
        config["STAFF_DAY"] = workday.written(workday.read(str(config["STAFF_DAY"])))
    except ValueError:
        raise WrongSetting(
            f"{PREFIX}_STAFF_DAY is {config['STAFF_DAY']!r}; write from when to when, earliest "
            "first, like 08:00-12:00,14:00-18:00."
        ) from None
