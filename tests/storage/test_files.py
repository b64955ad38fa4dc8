import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.storage.files import Files
from tests.kept_files import path_of


def test_a_file_is_named_by_its_bytes_and_comes_back(tmp_path: Path) -> None:
    files = Files(tmp_path / "photos")
    sha = files.put(b"a photo")
    assert sha == hashlib.sha256(b"a photo").hexdigest()
    assert files.get(sha) == b"a photo"
    assert path_of(files, sha).parent.name == sha[:2]


def test_the_same_bytes_at_once_are_one_whole_file(tmp_path: Path) -> None:
    files = Files(tmp_path)
    content = b"x" * 3_000_000
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(files.put, [content] * 16))) == 1
    assert [path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()] == [3_000_000]


def test_half_a_file_is_written_anew(tmp_path: Path) -> None:
    files = Files(tmp_path)
    sha = files.put(b"a photo")
    path_of(files, sha).write_bytes(b"a ph")
    assert files.put(b"a photo") == sha
    assert files.get(sha) == b"a photo"


def test_a_deleted_file_is_gone_and_may_be_deleted_again(tmp_path: Path) -> None:
    files = Files(tmp_path)
    sha = files.put(b"a photo")
    files.delete(sha)
    files.delete(sha)
    assert not files.has(sha, aside=False)


def test_a_deleted_file_comes_back_if_a_row_needs_it_after_all(tmp_path: Path) -> None:
    files = Files(tmp_path)
    sha = files.put(b"a photo")
    files.delete(sha)
    assert files.set_aside() == [sha]
    files.clear_away(sha, needed=True)
    assert files.get(sha) == b"a photo"
    assert files.set_aside() == []


def test_a_deleted_file_goes_for_good_after_a_while(tmp_path: Path) -> None:
    files = Files(tmp_path)
    sha = files.put(b"a photo")
    files.delete(sha)
    files.clear_away(sha, needed=False)
    [aside] = (path for path in tmp_path.rglob(sha))
    os.utime(aside, (0, 0))
    files.clear_away(sha, needed=False)
    assert list(tmp_path.rglob(sha)) == []


def test_bytes_uploaded_after_a_deletion_are_written_anew(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.delete(files.put(b"a photo"))
    assert files.get(files.put(b"a photo")) == b"a photo"


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_nothing_but_a_hash_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Files(tmp_path).get(name)
