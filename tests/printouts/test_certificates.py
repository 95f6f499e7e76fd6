"""Certificates on paper and as a picture: what is frozen is what is printed, always the same."""

import io
import json
import re

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.recognition.certificates import KEY, correct, found, issue, serve
from volunteer_site.printouts.certificates import (
    CertificatePaper,
    certificate_pdf,
    certificate_png,
)
from volunteer_site.recognition.certificates import numbers
from volunteer_site.recognition.certificates.documents import Document

ADDRESS = "https://volunteer.example.org/certificates/"
LONG = "初心课堂：建芳谈治理、党课周周见、老兵讲故事、居民展风采系列活动第{}期"


@pytest.fixture
def place(make):
    community = make.community(name="柳巷社区", slug="liuxiang", phone="0351-4567890")
    make.coordinator(community, name="郑红")
    return community


def paper_of(number):
    one = found(number)
    return CertificatePaper(one.certificate.sheet, one.holder.words, ADDRESS + number)


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return len(pages), re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("kinds", [1, 3, 12])
@pytest.mark.parametrize("name", ["于洋", "阿不都热依木·买买提", "䶮华"])
@pytest.mark.usefixtures("in_app")
def test_the_file_says_what_is_frozen(make, place, kinds, name):
    person = make.person(name=name)
    for number in range(kinds):
        serve(person, place, 60 + number, title=LONG.format(number))
    number = issue(person, place, document=Document("护照 E*******89", KEY.digest("x")))

    pages, text = text_of(certificate_pdf(paper_of(number)))

    words = found(number).words
    assert pages == 1 and "\u3000" not in text
    plain = [words[key] for key in ("title", "recorder", "date", "period", "statement", "proof")]
    people = [f"负责人：{words['responsible']}", f"经办人：{words['handler']}", words["contact"]]
    lines = [
        f"{one['title']}{one['category']}{one['occasions']}{one['minutes']}"
        for one in words["lines"]
    ]
    whose = [name, person.number, "护照E*******89"]
    counted = [f"{words['hours']}小时", f"（{words['minutes']}分钟）", f"{words['occasions']}次"]
    for said in [*plain, *people, *lines, *whose, *counted, numbers.spaced(number), ADDRESS]:
        assert said.replace(" ", "") in text, said
    assert "国家" not in text and "（盖章处）" in text


@pytest.mark.usefixtures("in_app")
def test_the_same_snapshot_gives_the_same_bytes(make, place):
    person = make.person(name="于洋")
    serve(person, place, 60)
    paper = paper_of(issue(person, place))

    again = CertificatePaper(
        json.dumps(json.loads(paper.sheet)), json.dumps(json.loads(paper.whose)), paper.address
    )
    assert certificate_pdf(paper) == certificate_pdf(paper) == certificate_pdf(again)
    picture = Image.open(io.BytesIO(certificate_png(paper)))
    assert picture.size == (1080, 1527)


@pytest.mark.time_machine("2026-11-19T04:00:00", tick=False)
def test_whose_it_is_and_the_desk_fetch_it_until_it_is_void(app, make, place, client_for):
    person, neighbour = make.person(name="于洋"), make.coordinator(make.community())
    coordinator = make.coordinator(place)
    with app.app_context():
        entry = serve(person, place, 60)
        number = issue(person, place)
    mine, desk = f"/me/certificates/{number}", f"/print/certificates/{number}.pdf"

    for client, address in ((person, f"{mine}.pdf"), (coordinator, desk)):
        answer = client_for(client).get(address)
        assert answer.status_code == 200 and answer.data.startswith(b"%PDF-")
        again = client_for(client).get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    assert client_for(person).get(f"{mine}.png").mimetype == "image/png"
    assert client_for(coordinator).get(f"{mine}.pdf").status_code == 404
    assert client_for(neighbour).get(desk).status_code == 404

    with app.app_context():
        correct(entry, reason="提前离开")
    for address in (f"{mine}.pdf", f"{mine}.png"):
        answer = client_for(person).get(address)
        assert answer.status_code == 409 and "已作废" in answer.text and mine in answer.text
    why = f"/desk/certificates/{number}/voiding"
    assert why in client_for(coordinator).get(desk).text
    assert "提前离开" in client_for(coordinator).get(why).text
