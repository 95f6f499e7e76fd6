"""The two desks at which badges are made have the same pages; each opens them for its own role."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any

from flask import Blueprint

from volunteer_site.core.access import role
from volunteer_site.recognition.badges.workshop import DESK, OFFICE, Workshop

View = Callable[..., Any]  # takes the workshop first, then what the address names


def opened(name: str, path: str, **views: View) -> tuple[Blueprint, ...]:
    """Return a resource below both desks; its views are named after what they do."""
    return tuple(_opened(shop, name, path, views) for shop in (OFFICE, DESK))


def _opened(shop: Workshop, name: str, path: str, views: dict[str, View]) -> Blueprint:
    full = f"{shop.name}_{name}" if name else shop.name
    bp = Blueprint(full, __name__, url_prefix=f"{shop.address}{path}")
    for action, view in views.items():
        method = "POST" if action in {"create", "update", "destroy"} else "GET"
        address = f"/{action}" if action in {"new", "edit"} else ""
        guarded = role(shop.role)(update_wrapper(partial(view, shop), view))
        bp.add_url_rule(address, action, guarded, methods=[method])
    return bp
