"""The web side of recognition: one file a resource."""

from volunteer_site.recognition.views import badges, emblems, giving, making, my_badges

blueprints = (
    badges.bp,
    emblems.bp,
    my_badges.bp,
    *making.blueprints,
    *giving.blueprints,
)
