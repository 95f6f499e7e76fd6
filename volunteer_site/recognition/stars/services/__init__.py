"""What changes about stars: applying, deciding in twos, and what the office settles."""

from volunteer_site.recognition.stars.services.applying import apply, withdraw
from volunteer_site.recognition.stars.services.deciding import award, put_on_notice, refuse
from volunteer_site.recognition.stars.services.settling import bar, keep, lift, revoke, set_scale

__all__ = [
    "apply",
    "award",
    "bar",
    "keep",
    "lift",
    "put_on_notice",
    "refuse",
    "revoke",
    "set_scale",
    "withdraw",
]
