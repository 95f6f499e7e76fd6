"""Every paper of the shop with 3, 40 and 400 names and with the longest, to look at and to test.

`python -m tests.printouts.samples [FOLDER]` (or `make papers`) writes them all as PNG, a file a
page, into screens/papers.
"""

import sys
from dataclasses import replace
from pathlib import Path

from volunteer_site.printouts import tags
from volunteer_site.printouts.orders import Setting
from volunteer_site.printouts.paper import RollPaper, RollWords, qr_svg, roll_content
from volunteer_site.printouts.rows import A3, A4, LEAFLET, RollLine

ROOT = Path(__file__).parents[2]
COUNTS = (3, 40, 400)
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘"
    "袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦"
)
GIVEN = (
    *"伟娜敏静强磊洋艳勇军杰娟涛超霞平",
    *("秀英", "丽华", "明霞", "秀兰", "桂英", "建国", "志强", "晓东", "海燕", "玉梅"),
)
LONGEST = "阿不都热依木·买买提江·艾合买提"
LONG_NAMES = (
    LONGEST, "古丽努尔·买买提", "欧阳少东", "䶮华", "𬱖龙", "司马玉兰", "Anna Müller", "於𠅤"
)  # fmt: skip
WORDS = RollWords(
    page="第 {page} 页，共 {pages} 页",
    continued="（续）",
    seal="（盖章处）",
    unit="小时",
    legend="姓名后的数字为服务小时数。",
    verify="扫码查验本榜",
    fold="沿此线对折",
)
PAPER = RollPaper(
    title="光荣榜",
    organisation="青年路一社区",
    month="2026年11月",
    number="编号：202611-00017",
    lines=(),
    totals="共若干人，服务若干小时",
    period="统计期间：2026年11月1日至11月30日的服务。",
    cutoff="统计2026年12月1日24:00前记录的时长。",
    rule="服务满1小时者入榜。",
    ordering="按服务时长从多到少，以30分钟为一档；同档并列，按姓氏笔画排序。",
    proof="186.5小时中，92%为现场扫码或勾选。",
    issuer="青年路一社区居民委员会",
    date="2026年12月3日",
    address="https://volunteer.example.org/honor-rolls/2026-11/qingnianlu-1",
    words=WORDS,
    ranked=True,
)
PAGE = WORDS.page


def names(count, *, long=False):
    """Return so many names, most of two and three signs; with `long`, the longest among them."""
    usual = [
        SURNAMES[(place * 7) % len(SURNAMES)] + GIVEN[(place * 5) % len(GIVEN)]
        for place in range(count)
    ]
    for place in range(0, count if long else 0, 3):
        usual[place] = LONG_NAMES[(place // 3) % len(LONG_NAMES)]
    return usual


UNITS = ("区水务局", "区应急管理局", "区人民医院", "晋云供热公司", "红十字会", "团区委", "区委党校",
         "区行政审批服务管理局", "青年路小学", "老军营街道便民服务中心")  # fmt: skip


def units(count):
    """Return the names of so many units."""
    return [UNITS[place % len(UNITS)] for place in range(count)]


def roll(count, form=A4, *, long=False, named=None):
    """Return the data of an honor roll."""
    people = named or names(count, long=long)
    hours = [max(2, 48 - place * 44 // count) / 2 for place in range(count)]
    ranks = [1 + sum(other > mine for other in hours) for mine in hours]
    lines = tuple(
        RollLine(rank, name, f"{served:g}", note="区水务局" if count <= 3 else "")
        for rank, name, served in zip(ranks, people, hours, strict=True)
    )
    return replace(PAPER, lines=lines, form=form, totals=f"共{count}人，服务{sum(hours):g}小时")


def rolls(count, **given):
    """Return the roll on every paper."""
    for name, form in (("roll-a4", A4), ("roll-a3", A3), ("roll-leaflet", LEAFLET)):
        paper = roll(count, form, **given)
        yield name, Setting(form.template, roll_content(paper), paper.title)


def poster(scale=1, **given):
    """Return the poster of an activity."""
    address = "https://volunteer.example.org/activities/1207"
    usual = {
        "scale": scale,
        "organisation": "青年路一社区",
        "title": "公益一小时：清理楼道",
        "day": "11月20日 周五",
        "hours": "18:00–19:00",
        "place": "青年路12号院东门",
        "content": "清理楼道堆放的杂物和小广告，扫净院子，整理自行车。",
        "places": "招募志愿者15人",
        "contact": "郑红 0351-4000000",
        "address": address,
        "qr": qr_svg(address),
        "words": {"call": "志愿者招募", "time": "时间", "place": "地点", "content": "内容",
                  "contact": "联系人", "scan": "扫码报名", "page": PAGE},
    }  # fmt: skip
    return Setting("poster.typ", usual | given, "招募海报")


def week_poster(count, scale=1, **given):
    """Return the poster of a week with so many activities."""
    titles = ("公益一小时：清理楼道", "垃圾分类入户宣传", "护学岗", "公益市集", "门前五包文明劝导")
    days = (("11月16日", "周一"), ("11月18日", "周三"), ("11月20日", "周五"), ("11月21日", "周六"))
    entries = [
        {"date": days[place % 4][0], "weekday": days[place % 4][1], "title": titles[place % 5],
         "hours": "18:00–19:00", "place": "青年路12号院东门",
         "wanted": f"招募志愿者{8 + place}人", "organisation": ""}
        for place in range(count)
    ]  # fmt: skip
    address = "https://volunteer.example.org/?week=2026-W47&community=qingnianlu-1"
    usual = {
        "scale": scale,
        "organisation": "青年路一社区",
        "title": "本周志愿活动",
        "week": "11月16日–11月22日",
        "entries": sorted(entries, key=lambda one: one["date"]),
        "address": address,
        "qr": qr_svg(address),
        "words": {"scan": "扫码报名", "all": "全部活动和剩余名额",
                  "none": "本周没有可报名的活动了。", "page": PAGE},
    }  # fmt: skip
    return Setting("poster_week.typ", usual | given, "一周海报")


def name_tags(count, *, long=False):
    """Return so many name tags and the blank ones."""
    some = [tags.tag(name, "区水务局") for name in names(count, long=long)]
    content = {
        "head": "青年路一社区 公益一小时：清理楼道",
        "foot": "11月20日 周五",
        "activity": "公益一小时",
        "tags": tags.filled(some),
        "words": {"title": "胸牌", "volunteer": "志愿者", "page": PAGE},
    }
    return Setting("tags.typ", content, "胸牌")


def praise(**given):
    """Return a letter of praise."""
    usual = {
        "title": "表扬信",
        "unit": "区水务局",
        "address": "区水务局",
        "body": [
            "2026年11月，贵单位12名志愿者来到青年路一社区参加志愿服务，共31人次，34.5小时。",
            "其中于洋、王小二、欧阳少东、李一鸣等志愿者登上了本社区当月的光荣榜。",
            "他们下班后走进院落和楼道，不怕脏、不怕累，认真细致，受到居民的一致好评。",
            "在此，谨向贵单位和各位志愿者表示衷心的感谢，并予以通报表扬。希望继续支持社区工作。",
        ],
        "close": ["此致", "敬礼"],
        "issuer": "青年路一社区居民委员会",
        "date": "2026年12月3日",
        "words": {"colon": "：", "seal": "（盖章处）", "page": PAGE},
    }
    return Setting("praise.typ", usual | given, "表扬信")


def summary(count, **given):
    """Return a week's summary with so many activities."""
    weeks = [
        (f"{9 + place // 4}/{1 + place * 7 % 28}", 40 + place * 3, 33 + place * 2)
        for place in range(10)
    ]
    rows = [
        {"when": "11月20日 周五 18:00", "what": "公益一小时：清理楼道",
         "where": "青年路12号院东门", "figures": ["15", "13", "12.5"]}
        for _place in range(count)
    ]  # fmt: skip
    usual = {
        "organisation": "青年路一社区",
        "title": "一周志愿服务小结",
        "week": "11月16日–11月22日",
        "tiles": [[str(count), "场活动"], [str(15 * count), "人次报名"],
                  [str(13 * count), "人次到场"], [f"{12.5 * count:g}", "小时服务"]],
        "chart": {"weeks": weeks, "lines": [0, 20, 40, 60, 80], "top": 80},
        "first": 38,
        "compared": "各周按周五标注；报名按占用名额计，到场按签到计。",
        "rows": rows,
        "made": "数据截至2026年11月23日9:00",
        "date": "2026年11月23日",
        "words": {"turnout": "各周到场情况", "promised": "报名", "came": "到场", "done": "本周活动",
                  "none": "本周没有活动。", "heads": ["时间", "活动", "报名", "到场", "小时"],
                  "seal": "（盖章处）", "page": PAGE},
    }  # fmt: skip
    return Setting("week.typ", usual | given, "一周小结")


def every_one():
    """Yield each paper with the name of its picture."""
    yield from _of_people()
    yield from _of_activities()
    yield "praise", praise()
    long_name = "山西省太原市迎泽区新时代文明实践中心结对共建单位联合委员会"
    yield "praise-longest", praise(address=long_name, body=["很长的一段话。" * 40] * 3)


def _of_people():
    some = {f"{count}": {"count": count} for count in COUNTS}
    some |= {f"units-{count}": {"count": count, "named": units(count)} for count in (3, 10, 40)}
    for said, given in (some | {"longest": {"count": 40, "long": True}}).items():
        for name, paper in rolls(**given):
            yield f"{name}-{said}", paper
    for count in COUNTS:
        yield f"tags-{count}", name_tags(count)
    yield "tags-longest", name_tags(12, long=True)


def _of_activities():
    long = {"title": "青年路一社区“门前五包”文明劝导暨周五公益一小时志愿服务活动",
            "place": "青年路十二号院东门内广场西侧志愿服务驿站（公交青年路口站下车向北二百米）",
            "organisation": "青年路街道青年路第一社区新时代文明实践站"}  # fmt: skip
    yield "poster-a4", poster()
    yield "poster-a3", poster(2**0.5)
    yield "poster-a4-longest", poster(**long, content="扫" * 72)
    for count in (1, 3, 7, 16):
        yield f"week-poster-{count}", week_poster(count)
    for count in (1, 4, 40):
        yield f"week-summary-{count}", summary(count)


def main(folder):
    """Write every page of every paper as PNG."""
    import typst  # noqa: PLC0415

    from volunteer_site.printouts.fonts import font_folders, printable  # noqa: PLC0415
    from volunteer_site.printouts.press import HERE  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    paths = [str(path) for path in font_folders()]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    wanted = sys.argv[2:]
    for name, paper in every_one():
        if wanted and not name.startswith(tuple(wanted)):
            continue
        made = typst.compile(
            str(HERE / "typst" / paper.template), font_paths=fonts, format="png", ppi=80,
            sys_inputs={"sheet": printable(paper.data)},
        )  # fmt: skip
        pages = made if isinstance(made, list) else [made]
        for number, page in enumerate(pages, start=1):
            (folder / f"{name}-p{number}.png").write_bytes(page)
        print(f"{name}: {len(pages)}")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "screens" / "papers")
