"""The web side of badges: one file a resource."""

from volunteer_site.recognition.badges.views import badges, emblems, giving, making, my_badges

blueprints = (
    badges.bp,
    emblems.bp,
    my_badges.bp,
    *making.blueprints,
    *giving.blueprints,
)
