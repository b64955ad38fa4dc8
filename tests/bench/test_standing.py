import pytest

from bench import standing


def test_a_port_is_given_to_one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = (standing.free_port() for _ in range(2))
    monkeypatch.setattr(standing, "PORTS", range(min(a, b), max(a, b) + 1, max(a, b) - min(a, b)))
    assert set(standing.PORTS) == {a, b}
    with pytest.raises(OSError, match="No port"):
        standing.free_port()
