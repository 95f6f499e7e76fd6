"""Exports for the national system: two officers, every step logged, cells that cannot run (R36)."""

import csv
import io
import re
import zipfile
from datetime import date, timedelta

import pytest
import time_machine

from tests.factories import NOW
from tests.recognition.certificates import reverse, serve
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db, write_transaction
from volunteer_site.oversight.exports import files, queries
from volunteer_site.oversight.exports.models import NationalExport
from volunteer_site.people import services as people

HERE = "/office/exports"
ASKED = {"first": "2026-10-01", "last": "2026-10-31", "reason": "十月上报"}
pytestmark = pytest.mark.time_machine(NOW, tick=False)


@pytest.fixture
def place(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def person(make, place):
    given = {"phone": "13800138000", "birth_date": date(1985, 3, 8), "community_id": place.id}
    return make.person(name="欧阳少东", **given)


@pytest.fixture
def entry(app, person, place):
    with app.app_context():
        return serve(person, place, 90, title="=HYPERLINK(1)", content="清理,小广告\n“楼道”")


@pytest.fixture
def first(make, client_for):
    return client_for(make.officer(name="陈佩"))


@pytest.fixture
def second(make, client_for):
    return client_for(make.officer(name="吴起"))


@pytest.fixture
def approved(first, second, entry):
    first.post(HERE, data=ASKED)
    second.post(f"{HERE}/1/approval")


def fetch(client, kind):
    """Fetch a file whole, as a browser does."""
    with client.post(f"{HERE}/1/files", data={"kind": kind}) as answer:
        answer.get_data()
        return answer


def rows_of(answer):
    assert answer.status_code == 200 and answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_second_officer_approves_and_whoever_asked_does_not(app, first, second, entry):
    assert first.post(HERE, data=ASKED).location == HERE
    assert fetch(first, "people").status_code == 409
    assert first.post(f"{HERE}/1/approval").status_code == 409

    assert second.post(f"{HERE}/1/approval").location == HERE

    assert fetch(first, "people").status_code == 200
    with app.app_context():
        kinds = [one.kind for one in db.session.query(AuditEvent).order_by(AuditEvent.id)]
        assert [kind for kind in kinds if kind.startswith("export.")] == [
            "export.ask", "export.approve", "export.fetch"
        ]  # fmt: skip


@pytest.mark.usefixtures("approved")
def test_people_are_told_as_article_5_lists_them_and_what_is_not_known_is_empty(first, person):
    heads, row = rows_of(fetch(first, "people"))

    assert heads == list(queries.PEOPLE)
    assert dict(zip(heads, row, strict=True)) == {
        "志愿者编号": person.number, "姓名": "欧阳少东", "性别": "0", "出生日期": "1985-03-08",
        "身份证件号码": "", "居住区域": "迎泽区柳巷社区", "联系方式": "13800138000",
        "专业技能": "", "服务类别": "环境清洁",
    }  # fmt: skip


@pytest.mark.usefixtures("approved")
def test_services_are_told_as_article_7_lists_them_and_no_cell_is_a_formula(first, person):
    heads, row = rows_of(fetch(first, "services"))

    said = dict(zip(heads, row, strict=True))
    assert said["活动名称"] == "'=HYPERLINK(1)" and said["服务内容"] == "清理,小广告\n“楼道”"
    assert (said["服务时间（小时）"], said["服务时间（分钟）"]) == ("1.5", "90")
    assert (said["活动负责人"], said["记录单位"], said["记录方式"]) == (
        "李楠",
        "柳巷社区",
        "现场扫码",
    )


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-1", "@x", " =1", "\t=1", "\uff1d1"])
def test_every_beginning_of_a_formula_is_defused(cell):
    assert files.plain(cell) == f"'{cell}" and files.plain("正常1=1") == "正常1=1"


@pytest.mark.usefixtures("approved")
def test_everything_is_one_workbook_in_which_only_hours_are_numbers(first):
    answer = fetch(first, "xlsx")

    book = zipfile.ZipFile(io.BytesIO(answer.data))
    text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "志愿者基本信息" in text and "志愿服务情况" in text and "欧阳少东" in text
    assert "<f>" not in text and "'=HYPERLINK(1)" in text.replace("&#39;", "'")
    assert re.findall(r"<c r=.[A-Z]+2.[^>]*><v>([^<]*)</v>", text) == ["1.5", "90"]


@pytest.mark.usefixtures("approved")
def test_more_rows_than_a_sheet_holds_are_refused_with_what_to_do(first, monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 0)

    answer = fetch(first, "xlsx")

    assert answer.status_code == 409 and "CSV" in answer.text


@pytest.mark.usefixtures("approved")
def test_what_was_taken_back_and_who_has_left_are_not_in_it(app, first, person, place, entry):
    with app.app_context():
        serve(person, place, 60)
        reverse(entry)
    assert len(rows_of(fetch(first, "services"))) == 2

    with app.app_context(), write_transaction():
        people.erase(person.id, now=NOW)
    assert len(rows_of(fetch(first, "services"))) == len(rows_of(fetch(first, "people"))) == 1


@pytest.mark.usefixtures("approved")
def test_another_district_is_not_in_it_and_its_officers_see_nothing(app, make, client_for, first):
    other = make.organisation(kind="district", name="晋源区", slug="jinyuan")
    with app.app_context():
        serve(make.person(name="别人"), make.community(parent_id=other.id), 60)
    stranger = client_for(make.officer(other))

    assert len(rows_of(fetch(first, "services"))) == 2
    assert fetch(stranger, "people").status_code == 404
    assert "十月上报" not in stranger.get(HERE).text


@pytest.mark.usefixtures("approved")
def test_after_a_week_it_has_to_be_asked_for_again(make, client_for):
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        assert fetch(client_for(make.officer()), "people").status_code == 409


@pytest.mark.usefixtures("approved")
def test_the_office_says_what_the_national_system_calls_a_kind_of_work(first):
    first.post(f"{HERE}/codes", data={"clean-up": "0401"})

    assert 'value="0401"' in first.get(f"{HERE}/codes").text
    assert rows_of(fetch(first, "people"))[1][-1] == "0401"
    assert rows_of(fetch(first, "services"))[1][6] == "0401"


@pytest.mark.parametrize(
    ("given", "said"),
    [({"last": "2026-09-30"}, "结束日期早于"), ({"first": "2024-01-01"}, "最多导出一年"),
     ({"reason": ""}, "请写明用途")],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_refused_beside_the_field(app, first, given, said):
    answer = first.post(HERE, data=ASKED | given)

    assert answer.status_code == 422 and said in answer.text
    with app.app_context():
        assert db.session.query(NationalExport).count() == 0
