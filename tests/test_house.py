"""The walls of the house: who may import whom, where a library lives, and what every module says of itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(p for folder in ("service", "workers") for p in (ROOT / folder).rglob("*.py"))

MAY_IMPORT = {
    "service.domain": set(),
    "service.config": {"service.domain"},
    "service.queue": {"service.config", "service.domain"},
    "service.throttle": {"service.config", "service.domain"},
    "service.tally": {"service.config"},
    "service.logs": set(),
    "service.storage": {"service.domain", "service.config"},
    "service.storage.reading.pictures": {"service.domain"},
    "service.drafting": {"service.domain", "service.storage"},
    "service.dav": {"service.domain", "service.storage", "service.throttle"},
    "service.web": {
        "service.dav",
        "service.drafting",
        "service.domain",
        "service.storage",
        "service.storage.reading.pictures",
        "service.queue",
        "service.tally",
        "service.logs",
        "service.throttle",
        "service.config",
    },
    "workers.extraction": {"service.domain"},
    "workers.importing": {"service.domain", "service.storage"},
    "workers.delivery": {"service.domain"},
    "workers.noticing": {"workers.delivery", "service.domain", "service.storage", "service.config"},
    "workers.mailing": {
        "workers.delivery",
        "service.drafting",
        "service.domain",
        "service.storage",
        "service.config",
    },
    "workers.showing": {"workers.extraction", "service.domain", "service.storage"},
    "workers.knocking": {"workers.delivery", "service.domain", "service.storage", "service.config"},
    "workers.tries": {"service.storage", "service.queue", "service.config"},
    "workers.reading": {
        "workers.extraction",
        "workers.showing",
        "service.domain",
        "service.storage",
        "service.tally",
        "service.config",
    },
    "workers.sweeping": {"workers.tries", "service.storage", "service.queue", "service.config"},
    "workers.jobs": {
        "workers.importing",
        "workers.knocking",
        "workers.mailing",
        "workers.noticing",
        "workers.reading",
        "workers.showing",
        "workers.sweeping",
        "workers.tries",
        "service.storage",
        "service.queue",
        "service.config",
    },
    "workers.limits": set(),
    "workers.schedule": {"service.logs", "workers.jobs", "service.queue", "service.config"},
    "workers.__main__": {
        "service.logs",
        "workers.jobs",
        "workers.tries",
        "workers.limits",
        "workers.extraction",
        "service.queue",
        "service.config",
        "service.storage",
    },
    "workers.command": {
        "workers.extraction",
        "service.domain",
        "service.storage",
        "service.queue",
        "service.config",
    },
    "service": set(),
    "workers": set(),
}
FIELDS = "workers.extraction.fields"
ROOMS_OF_FIELDS = ("words", "world", "contact", "roles", "surety")
"""In the order in which they may know one another; `compose` knows all."""
HOME_OF = {
    "jinja2": {"workers.delivery"},
    "smtplib": {"workers.delivery"},
    "itsdangerous": {"service.domain"},
    "flask": {"service.web"},
    "apiflask": {"service.web"},
    "flask_babel": {"service.web"},
    "sqlalchemy": {"service.storage"},
    "alembic": {"service.storage"},
    "obstore": {"service.storage"},
    "icalendar": {"service.domain"},
    "py_vapid": {"service.domain"},
    "http_ece": {"service.domain"},
    "limits": {"service.throttle"},
    "radicale": {"service.dav"},
    "defusedxml": {"service.dav"},
    "rq": {"service.queue", "workers.__main__", "workers.schedule"},
    "uvicorn": {"service.web"},
    "uvicorn_worker": {"service.web"},
    "prometheus_client": {"service.web"},
    "cv2": {"workers.extraction"},
    "PIL": {"workers.extraction", "service.storage.reading.pictures"},
    "onnxruntime": {"workers.extraction"},
    "rapidocr": {"workers.extraction"},
    "pytesseract": {"workers.extraction"},
    "click": {"workers.command"},
    "webauthn": {"service.domain"},
    "pyotp": {"service.domain"},
    "authlib": {"service.web"},
    "requests": {"service.web"},
    "cryptography": {"workers.command", "service.domain"},
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """The longest name in MAY_IMPORT that the module is or lies under."""
    return max((room for room in MAY_IMPORT if module == room or module.startswith(room + ".")), key=len)


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*up, base]).strip(".")
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(name_of(path))
    for line, target in imports_of(path):
        if target.split(".")[0] not in ("service", "workers"):
            continue
        wanted = room_of(target)
        assert wanted == room or wanted in MAY_IMPORT[room], f"{path}:{line} imports {target}"


@pytest.mark.parametrize("path", [path for path in MODULES if name_of(path).startswith(f"{FIELDS}.")], ids=name_of)
def test_a_room_of_the_fields_knows_none_behind_it(path: Path) -> None:
    own = name_of(path).removeprefix(f"{FIELDS}.").partition(".")[0]
    behind = ROOMS_OF_FIELDS[ROOMS_OF_FIELDS.index(own) + 1 :] if own in ROOMS_OF_FIELDS else ROOMS_OF_FIELDS
    known = {target.removeprefix(f"{FIELDS}.").partition(".")[0] for _, target in imports_of(path) if FIELDS in target}
    assert own == "compose" or not known & {*behind, "compose"}


def test_the_page_of_the_architecture_tells_the_same_walls() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`(?:service|workers)\..*?) \|.*\| ([^|]+) \|$", page, re.MULTILINE)
    assert len(rows) == 22
    for names, told in rows:
        first, *others = re.findall(r"`([\w.]+)`", names)
        rooms = {first, *(f"{first.partition('.')[0]}.{other}" for other in others)}
        walls = set().union(*(MAY_IMPORT[room] for room in rooms)) - rooms
        short = {wall.split(".")[1] for wall in walls}
        assert short == set(told.split(", ")) - {"nothing", "nothing of ours", "no framework"}, names


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_library_is_used_only_in_its_home(path: Path) -> None:
    room = room_of(name_of(path))
    for line, target in imports_of(path):
        homes = HOME_OF.get(target.split(".")[0])
        assert homes is None or room in homes, f"{path}:{line} imports {target}"


def test_only_config_reads_the_environment() -> None:
    readers = [name_of(p) for p in MODULES if "os.environ" in p.read_text(encoding="utf-8")]
    assert set(readers) <= {"service.config"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_lives_in_it(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_an_import_inside_a_function_has_its_reason(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for outer in ast.walk(ast.parse(text)):
        if not isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(outer):
            if isinstance(node, ast.Import | ast.ImportFrom):
                near = lines[node.lineno - 2 : node.lineno]
                assert any("#" in line for line in near), f"{path}:{node.lineno}"
