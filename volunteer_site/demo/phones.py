"""Which phone each scan came from: one a person, one for a family, now and then a borrowed one."""

import hashlib

from volunteer_site.attendance.devices import DIGEST_BYTES
from volunteer_site.demo.history import Held, Scene, Turn

BORROWED = 1 / 2500  # scans with the phone of whoever scanned before: an empty battery


def carry(scene: Scene, held: Held) -> None:
    """Give every scan of an activity the digest of the phone it came from (R20, R24)."""
    rng = scene.rng("phones", held.community, held.starts_at)
    for stint in held.stints:
        before: str | None = None
        for turn in stint.turns:
            if _scans(turn):
                own = scene.crowd.phone_of(turn.person)
                phone = before if before and rng.random() < BORROWED else own
                turn.device, before = _digest(phone), phone


def _scans(turn: Turn) -> bool:
    return turn.came_at is not None and (turn.came_by == "scan" or turn.left_at is not None)


def _digest(phone: str) -> str:
    return hashlib.blake2b(phone.encode(), digest_size=DIGEST_BYTES).hexdigest()
