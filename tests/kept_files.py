"""Where a kept file lies in the folder, for tests that look at the disk or spoil what is there."""

from pathlib import Path

from service.storage.files import Files, name_of
from service.storage.folder_shelf import FolderShelf


def path_of(files: Files, sha256: str) -> Path:
    assert isinstance(files.shelf, FolderShelf)
    return files.shelf.path(name_of(sha256))
