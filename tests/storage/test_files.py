import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from service.storage import files as files_module
from service.storage.files import Files, name_of
from tests.kept_files import path_of
from tests.s3_server import S3Server, unreachable


@pytest.fixture(params=["folder", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    """Both kinds hold to the same promises."""
    if request.param == "folder":
        return Files(tmp_path / "photos")
    s3_server: S3Server = request.getfixturevalue("s3_server")
    return Files(s3_server.new_bucket())


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is put aside has lain there long enough at once."""
    monkeypatch.setattr(files_module, "ASIDE_SECONDS", -60)


def test_a_file_is_named_by_its_bytes_and_comes_back(files: Files) -> None:
    sha = files.put(b"a photo")
    assert sha == hashlib.sha256(b"a photo").hexdigest()
    assert files.get(sha) == b"a photo"
    assert files.has(sha)
    assert [name for name, _ in files.there()] == [sha]


def test_the_same_bytes_at_once_are_one_whole_file(files: Files) -> None:
    content = b"x" * 3_000_000
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(files.put, [content] * 16))) == 1
    [(sha, _)] = files.there()
    assert files.get(sha) == content


def test_a_file_is_read_piece_by_piece_and_from_any_place(files: Files) -> None:
    content = os.urandom(2_500_000)
    with files.open(files.put(content)) as file:
        assert file.read(10) == content[:10]
        assert file.seek(0, os.SEEK_END) == len(content)
        file.seek(2_400_000)
        assert file.read() == content[2_400_000:]
        file.seek(5)
        assert file.read(1_500_000) == content[5:1_500_005]


def test_other_libraries_read_it_as_any_file(files: Files) -> None:
    drawn = BytesIO()
    Image.effect_noise((900, 900), 90).save(drawn, "PNG")
    sha = files.put(drawn.getvalue())
    with files.open(sha) as file, Image.open(file) as picture:
        picture.load()
        assert picture.size == (900, 900)
    with files.open(sha) as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == sha


def test_what_is_not_there_is_missing(files: Files) -> None:
    sha = "0" * 64
    for read in (files.get, files.open):
        with pytest.raises(FileNotFoundError):
            read(sha)
    assert not files.has(sha)
    files.delete(sha)
    files.clear_away(sha, needed=True)
    files.clear_away(sha, needed=False)
    assert (list(files.there()), files.set_aside()) == ([], [])


def test_half_a_file_is_written_anew(tmp_path: Path) -> None:
    files = Files(tmp_path)
    sha = files.put(b"a photo")
    path_of(files, sha).write_bytes(b"a ph")
    assert files.put(b"a photo") == sha
    assert files.get(sha) == b"a photo"


def test_a_deleted_file_is_gone_and_may_be_deleted_again(files: Files) -> None:
    sha = files.put(b"a photo")
    files.delete(sha)
    files.delete(sha)
    assert not files.has(sha, aside=False)
    assert list(files.there()) == []


def test_a_deleted_file_comes_back_if_a_row_needs_it_after_all(files: Files) -> None:
    sha = files.put(b"a photo")
    files.delete(sha)
    assert files.set_aside() == [sha]
    assert files.get(sha) == b"a photo"  # the row may ask for it before the sweep brings it back
    files.clear_away(sha, needed=True)
    assert files.has(sha, aside=False)
    assert files.set_aside() == []


def test_a_deleted_file_goes_for_good_after_a_while(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    sha = files.put(b"a photo")
    files.delete(sha)
    files.clear_away(sha, needed=False)
    assert files.has(sha)
    monkeypatch.setattr(files_module, "ASIDE_SECONDS", -60)
    files.clear_away(sha, needed=False)
    assert not files.has(sha)


def test_a_deletion_that_broke_off_in_the_middle_is_ended(files: Files, at_once: None) -> None:
    sha = files.put(b"a photo")
    files.delete(sha)
    files.put(b"a photo")
    for _ in range(2):
        files.clear_away(sha, needed=False)
    assert not files.has(sha)


def test_bytes_uploaded_after_a_deletion_are_written_anew(files: Files) -> None:
    files.delete(files.put(b"a photo"))
    sha = files.put(b"a photo")
    assert files.has(sha, aside=False)
    files.clear_away(sha, needed=False)
    assert files.get(sha) == b"a photo"


def test_what_is_set_apart_is_there_for_a_person_only(files: Files) -> None:
    sha = files.put(b"whose is this?")
    files.set_apart(sha)
    assert not files.has(sha)
    assert (list(files.there()), files.set_aside()) == ([], [])


def test_what_was_left_half_written_is_cleared_when_it_is_old(tmp_path: Path) -> None:
    files = Files(tmp_path)
    sha = files.put(b"a photo")
    old, young = (path_of(files, sha).with_name(name) for name in (".old", ".young"))
    for draft in (old, young):
        draft.write_bytes(b"half a ph")
    os.utime(old, (0, 0))
    files.clear_drafts()
    assert (old.exists(), young.exists(), files.get(sha)) == (False, True, b"a photo")


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_nothing_but_a_hash_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Files(tmp_path).get(name)


def test_a_folder_copied_into_a_bucket_is_at_home_there(s3_server: S3Server, tmp_path: Path) -> None:
    folder, bucket = Files(tmp_path), s3_server.new_bucket("one/two")
    sha = folder.put(b"a photo")
    folder.delete(folder.put(b"another"))
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        s3_server.spoil(bucket, path.relative_to(tmp_path).as_posix(), path.read_bytes())
    assert Files(bucket).get(sha) == b"a photo"
    assert Files(bucket).set_aside() == folder.set_aside()
    assert f"one/two/{name_of(sha)}" in s3_server.names(bucket)


def test_a_bucket_that_does_not_answer_is_an_error_of_the_system_and_names_nobody(
    s3_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.storage.bucket_shelf.RETRIES", 0)
    files = Files(unreachable(s3_server.new_bucket()))
    for ask in (lambda: files.put(b"a photo"), lambda: files.get("0" * 64), lambda: list(files.there())):
        with pytest.raises(OSError, match="did not do as asked") as caught:
            ask()
        assert "s3cret" not in str(caught.value)
