"""What a phone at the door says of itself: which one it is (R20), and whether it is there (R19)."""

from datetime import timedelta

from flask import Response, current_app, request

from volunteer_site.attendance import nearness, settings
from volunteer_site.attendance.devices import COOKIE, LASTS
from volunteer_site.attendance.nearness import Near
from volunteer_site.people import queries as people
from volunteer_site.people.models import ConsentKind

AGREES = "location"  # the box that is ticked to agree, never ticked beforehand (R47)


def known() -> tuple[str, str]:
    """Return the phone's cookie, a fresh one if it has none, and what the record keeps of it."""
    devices, cookie = settings.devices(), request.cookies.get(COOKIE, "")
    digest = devices.digest(cookie)
    if digest is None:
        cookie = devices.cookie()
        digest = devices.digest(cookie)
    return cookie, digest or ""


def remember(response: Response, cookie: str) -> Response:
    """Let the phone keep its cookie, if it does not have it yet."""
    if request.cookies.get(COOKIE) != cookie:
        keep(response, COOKIE, cookie, LASTS)
    return response


def keep(response: Response, name: str, value: str, lasts: timedelta) -> None:
    """Have a cookie kept that no script and no other site can read."""
    response.set_cookie(
        name,
        value,
        max_age=lasts,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
    )


def agrees_now() -> bool:
    """Tell whether the visitor ticks just now that their phone may say where it is."""
    return AGREES in request.form


def near(activity_id: int, person_id: int) -> Near | None:
    """Return whether the phone is at the place; None without agreement, position or place.

    The position itself is not kept and not written to any log.
    """
    position = nearness.point(request.form)
    if position is None:
        return None
    if people.agreed(person_id, ConsentKind.LOCATION) is None:
        return None
    place = nearness.place_of(activity_id)
    return nearness.near(place, position) if place else None
