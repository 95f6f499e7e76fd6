"""The web side of badges: one file a resource."""

from volunteer_site.recognition.badges.views import (
    badges,
    emblems,
    giving,
    making,
    my_badges,
    occasions,
)

blueprints = (
    badges.bp,
    emblems.bp,
    my_badges.bp,
    occasions.bp,
    *making.blueprints,
    *giving.blueprints,
)
