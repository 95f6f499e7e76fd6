"""Kinds of work, in the order in which people choose them (domain.md, kinds of work)."""

from dataclasses import dataclass
from typing import Final

from flask_babel import LazyString

from volunteer_site.core.words import lazy_gettext as _l


@dataclass(frozen=True)
class Category:
    """A kind of work: what is stored, what is read, and its Chinese name for paper and search."""

    slug: str
    name: LazyString
    name_zh: str


_ALL: Final = (
    Category("clean-up", _l("Clean-up"), "环境清洁"),
    Category("waste-sorting", _l("Waste sorting"), "垃圾分类"),
    Category("persuasion", _l("Persuasion"), "文明劝导"),
    Category("traffic", _l("Traffic"), "文明交通"),
    Category("care", _l("Care"), "关爱帮扶"),
    Category("tutoring", _l("Tutoring"), "助学辅导"),
    Category("health", _l("Health"), "健康义诊"),
    Category("law", _l("Law"), "法律服务"),
    Category("science", _l("Science"), "科普宣传"),
    Category("culture", _l("Culture"), "文化活动"),
    Category("repairs", _l("Repairs"), "便民维修"),
    Category("emergency", _l("Emergency"), "应急救援"),
    Category("events", _l("Events"), "赛会服务"),
)

CATEGORIES: Final[dict[str, Category]] = {category.slug: category for category in _ALL}
