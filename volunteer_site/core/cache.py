"""Things kept in this process because they are costly to make; each says itself when it is old.

What is kept is found by a key that holds the version of everything it was made from
(`core.versions`), so nothing ever has to be thrown away for being wrong, only for being unused.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from flask import current_app


class Kept:
    """The most recently used things, at most `most` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what is kept under `key`, or make it and keep it."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
        made = make()
        with self._lock:
            self._things[key] = made
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        return made


def kept(name: str, most: int = 256) -> Kept:
    """Return this app's shelf of that name."""
    shelves = current_app.extensions.setdefault("kept", {})
    return shelves.setdefault(name, Kept(most))  # type: ignore[no-any-return]
