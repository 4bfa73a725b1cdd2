"""Uploads are kept for a day, bounded, and never named by their sender."""

import os
import time
from pathlib import Path

import pytest

from titian.app.uploads import Uploads
from titian.errors import InputError, NotFoundError


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\订单 2024.csv", "订单 2024.csv"),
        ('with "quotes".csv', 'with "quotes".csv'),
        ("nul\x00byte.csv", "nulbyte.csv"),
        ("/", "upload"),
    ],
)
def test_a_name_is_shown_and_never_a_path(tmp_path: Path, sent: str, shown: str) -> None:
    upload = Uploads(tmp_path, 1).begin(sent)
    assert upload.name == shown
    assert upload.path.parent.parent == tmp_path


def test_an_upload_is_found_until_it_is_removed(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, 1)
    upload = uploads.begin("a.csv")
    upload.path.write_text("x")
    assert uploads.get(upload.id) == upload
    uploads.remove(upload.id)
    with pytest.raises(NotFoundError):
        uploads.get(upload.id)


@pytest.mark.parametrize("upload_id", ["", "..", "../../x", "f" * 31, "g" * 32])
def test_an_id_that_is_none_is_not_found(tmp_path: Path, upload_id: str) -> None:
    uploads = Uploads(tmp_path / "uploads", 1)
    (tmp_path / "content").write_text("secret")
    with pytest.raises(NotFoundError):
        uploads.get(upload_id)
    uploads.remove(upload_id)
    assert (tmp_path / "content").exists()


def test_a_file_beyond_the_bound_is_refused(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, 2)
    uploads.check_size(2 << 20)
    with pytest.raises(InputError, match="larger than 2 MB"):
        uploads.check_size((2 << 20) + 1)


def test_what_is_older_than_a_day_is_swept(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, 1)
    old, new = uploads.begin("old.csv"), uploads.begin("new.csv")
    yesterday = time.time() - 25 * 3600
    os.utime(old.path.parent, (yesterday, yesterday))
    uploads.sweep()
    assert not old.path.parent.exists()
    assert new.path.parent.exists()
