"""Numbers in addresses: what no database can hold is simply not there."""

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import BaseConverter, IntegerConverter

LARGEST = 2**31 - 1  # what an INTEGER column holds on both databases


class Number(IntegerConverter):
    """`<int:…>` in a route; a larger number is a 404, not a breakdown."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **{"max": LARGEST} | given)


class Month(BaseConverter):
    """`<month:…>` in a route, such as 2026-11, in this century; anything else is a 404."""

    regex = "20[0-9]{2}-(?:0[1-9]|1[0-2])"


def number(text: str) -> int:
    """Read an id from a form or a query, for `type=`; one that cannot exist becomes 0."""
    found = int(text)
    return found if 0 <= found <= LARGEST else 0


def init_app(app: Flask) -> None:
    """Use `Number` for every `<int:…>`; refuse what PostgreSQL cannot compare text with."""
    app.url_map.converters.update(int=Number, month=Month)
    app.before_request(_refuse_zero_bytes)


def _refuse_zero_bytes() -> None:
    if "\x00" in request.path or b"%00" in request.query_string:
        abort(400)
