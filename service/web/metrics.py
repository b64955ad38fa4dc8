"""`/metrics` for Prometheus: made from database and Redis when it is asked, so that every process says the same."""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from ipaddress import ip_address
from typing import Final

from flask import Blueprint, Response, abort, request
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from service.domain.reaching.mail import MailState
from service.domain.reading.photo import PhotoState
from service.queue import LINES
from service.storage.following import planning
from service.tally import SECONDS, TIMES
from service.web.condition import Condition, condition
from service.web.parts import parts

metrics = Blueprint("metrics", __name__)

_OF_TOUCHES: Final = (planning.PLANNED, planning.DONE, planning.SKIPPED, planning.WITHDRAWN)
_FORWARDED: Final = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")


@metrics.get("/metrics")
def show() -> Response:
    """Numbers of all accounts together, never of one."""
    if not _may_ask():
        abort(404)
    registry = CollectorRegistry()
    registry.register(_Told(condition(), parts().tally.all()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_ask() -> bool:
    """Who has the token; or, where none is set, who asks from this machine and not through a proxy on it."""
    token = parts().config.metrics_token
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


class _Told(Collector):
    """The condition of the installation and the tally, in the shapes of Prometheus."""

    def __init__(self, found: Condition, tally: Mapping[str, float]) -> None:
        self._found, self._tally = found, tally

    def collect(self) -> Iterator[Metric]:
        found = self._found
        yield InfoMetricFamily("undrawer", "Which version runs.", {"version": version("undrawer")})
        yield _gauges("undrawer_up", "Whether a part answers.", "part", {k: int(v) for k, v in found.parts.items()})
        if found.parts["database"]:
            yield from self._by_state()
        jobs = {line: parts().queue.waiting_in(line) for line in LINES}
        yield _gauges("undrawer_jobs_waiting", "Jobs that nobody has begun, by line.", "line", jobs)
        yield _gauge("undrawer_disk_free_bytes", "Room for data.", found.free_bytes)
        if found.backup_at:
            yield _gauge("undrawer_last_backup_timestamp_seconds", "When it ended.", found.backup_at.timestamp())
        yield from self._counted()

    def _by_state(self) -> Iterator[Metric]:
        """A state in which there is none is told too: an alarm can wait for what is there alone."""
        found = self._found
        yield _gauges("undrawer_photos", "Photos by state.", "state", _each(PhotoState, found.numbers.photos))
        yield _gauges("undrawer_touches", "Touches by state.", "state", _each(_OF_TOUCHES, found.numbers.touches))
        yield _gauges("undrawer_mails", "Mails by state.", "state", _each(MailState, found.numbers.mails))
        yield _gauge("undrawer_oldest_photo_waits_seconds", "How long the first photo waits.", found.waits_seconds)

    def _counted(self) -> Iterator[Metric]:
        stages = {
            SECONDS: CounterMetricFamily("undrawer_stage_seconds", "Seconds spent, by stage.", labels=["stage"]),
            TIMES: CounterMetricFamily("undrawer_stage_times", "How often, by stage.", labels=["stage"]),
        }
        for name, sum_ in sorted(self._tally.items()):
            kind, _, stage = name.rpartition(":")
            if kind:
                stages[f"{kind}:"].add_metric([stage], sum_)
            else:
                yield CounterMetricFamily(f"undrawer_{name}", "Counted while photos were read.", sum_)
        yield from stages.values()


def _each(states: Iterable[str], counts: Mapping[str, int]) -> dict[str, float]:
    return {str(state): counts.get(str(state), 0) for state in states}


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value)


def _gauges(name: str, about: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], value)
    return family
