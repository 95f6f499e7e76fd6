"""Photos and papers: cleaned, limited, kept by their content, never believed by their name."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage

from volunteer_site.core import upload_copies, uploads
from volunteer_site.core.errors import NotFound

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ORIENTATION, GPS = 0x0112, 0x8825


@pytest.fixture
def app(tmp_path):
    site = Flask(__name__, instance_path=str(tmp_path / "instance"))
    with site.test_request_context():
        yield site


def picture(kind="JPEG", size=(300, 200), mode="RGB", **more):
    written = BytesIO()
    Image.new(mode, size, "red").save(written, kind, **more)
    return written.getvalue()


def photo_with_place(size=(300, 200), orientation=6):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[GPS] = {1: "N", 2: (37.0, 52.0, 0.0)}
    return picture(size=size, exif=exif, comment=b"secret")


def take(content, name="photo.jpg"):
    return uploads.take(FileStorage(BytesIO(content), name))


def kept(app, name):
    return Path(app.instance_path) / "uploads" / name[:2] / name


def shown(app, name):
    return Image.open(BytesIO(kept(app, name).read_bytes()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_a_jpeg_under_the_digest_of_what_is_kept(app, kind):
    name = take(picture(kind), "anything.exe")

    content = kept(app, name).read_bytes()
    assert name == f"{sha256(content).hexdigest()}.jpg"
    assert Image.open(BytesIO(content)).format == "JPEG"
    assert kept(app, name).stat().st_mode & 0o077 == 0


def test_nothing_is_kept_of_where_and_with_what_it_was_taken(app):
    name = take(photo_with_place())

    content = kept(app, name).read_bytes()
    found = Image.open(BytesIO(content))
    assert not found.getexif()
    assert b"Exif" not in content and b"secret" not in content


def test_a_picture_is_turned_upright(app):
    found = shown(app, take(photo_with_place(size=(300, 200))))

    assert found.size == (200, 300)


def test_a_large_picture_becomes_small(app):
    found = shown(app, take(picture(size=(4000, 3000))))

    assert max(found.size) == 1600


def test_what_is_see_through_becomes_white(app):
    content = BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(content, "PNG")

    found = shown(app, take(content.getvalue()))

    assert min(found.getpixel((10, 10))) > 250


def test_the_same_picture_twice_is_one_file(app):
    assert take(picture()) == take(picture())
    assert len(list(Path(app.instance_path).rglob("*.jpg"))) == 1


def test_a_pdf_is_kept_as_it_is_and_only_handed_out_to_be_saved(app):
    name = take(PDF, "notice.jpg")

    answer = uploads.send(name)
    answer.direct_passthrough = False
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    answer.close()


def test_a_picture_is_shown_as_what_it_is(app):
    answer = uploads.send(take(picture()))

    assert answer.mimetype == "image/jpeg"
    assert "attachment" not in answer.headers.get("Content-Disposition", "")
    answer.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "PDF"),
        (b"<html><script>alert(1)</script>", "PDF"),
        (b"GIF89a" + b"\0" * 100, "PDF"),
        (b"MZ" + b"\0" * 500, "PDF"),
        (picture()[:200], "损坏"),
        (PDF[:20], "不完整"),
        (b"\0" * (uploads.MOST_BYTES + 1), "12"),
        (PDF[:9] + b"\0" * uploads.MOST_PDF + PDF[9:], "5"),
        (picture("PNG", size=(5000, 5000), mode="1"), "像素"),
        (picture("PNG", size=(20_000, 10_000), mode="1"), "像素"),
    ],
    ids=["empty", "svg", "html", "gif", "program", "cut off", "half a pdf", "too large",
         "too large a pdf", "bomb", "large bomb"],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_in_words(app, content, said):
    with pytest.raises(uploads.Unfit, match=said):
        take(content)

    assert not list(Path(app.instance_path).rglob("*.*"))


def test_nothing_chosen_is_refused(app):
    with pytest.raises(uploads.Unfit):
        uploads.take(None)
    with pytest.raises(uploads.Unfit):
        take(picture(), "")


@pytest.mark.parametrize("name", ["../../secret-key", "a.jpg", "", f"{'0' * 64}.svg", "x" * 300])
def test_only_what_is_named_by_its_content_is_handed_out(app, name):
    with pytest.raises(NotFound):
        uploads.send(name)


def test_copies_beside_a_backup_bring_back_what_was_lost(app, tmp_path):
    name = take(picture())
    backup = tmp_path / "night.backup"
    own = uploads.folder()
    assert upload_copies.save(own, backup) == 1
    assert upload_copies.save(own, backup) == 1
    content = kept(app, name).read_bytes()
    kept(app, name).unlink()

    upload_copies.bring_back(backup, own)

    assert kept(app, name).read_bytes() == content


def test_a_damaged_copy_is_not_brought_back(app, tmp_path):
    name = take(picture())
    upload_copies.save(uploads.folder(), tmp_path / "night.backup")
    kept(app, name).unlink()
    (tmp_path / "uploads" / name[:2] / name).write_bytes(b"something else")

    upload_copies.bring_back(tmp_path / "night.backup", uploads.folder())

    assert not kept(app, name).exists()
