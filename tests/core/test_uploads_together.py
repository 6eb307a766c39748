"""A file is on the disk exactly where its row is in the database: stored together, or not at all (rule 8)."""

import io

import pytest
from PIL import Image

from core import uploads
from core.models import StoredFile

pytestmark = pytest.mark.django_db


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG")
    out.seek(0)
    return out


@pytest.fixture
def on_disk(settings):
    return lambda: [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def fail(failure: BaseException | None, *files: io.BytesIO) -> None:
    """Store `files` together, then fail."""
    with uploads.together() as store:
        for each in files:
            store(each, by_id=None)
        if failure:
            raise failure


def test_what_succeeds_is_kept(on_disk):
    with uploads.together() as store:
        stored = store(picture(), by_id=7)
    assert StoredFile.objects.get() == stored
    assert stored.added_by_id == 7
    assert [str(path) for path in on_disk()] == [stored.file.path]


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit])
def test_what_fails_leaves_neither_row_nor_file(on_disk, failure):
    with pytest.raises(failure):
        fail(failure(), picture(), picture())
    assert not StoredFile.objects.exists()
    assert on_disk() == []


def test_a_second_file_that_is_no_file_takes_the_first_with_it(on_disk):
    with pytest.raises(uploads.UploadError):
        fail(None, picture(), io.BytesIO(b"no picture"))
    assert on_disk() == []


def test_files_of_before_stay(on_disk):
    before = uploads.store(picture(), by_id=None)
    with pytest.raises(ValueError):
        fail(ValueError(), picture())
    assert StoredFile.objects.get() == before
    assert len(on_disk()) == 1


def create(*, then: type[Exception] | None = None) -> None:
    with uploads.together():
        StoredFile.objects.create(kind="jpg", size=1, sha256="x")
        if then:
            raise then


def test_without_a_file_it_is_a_plain_transaction():
    with pytest.raises(ValueError):
        create(then=ValueError)
    assert not StoredFile.objects.exists()
    create()
    assert StoredFile.objects.exists()
