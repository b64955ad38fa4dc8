"""Whether the service lives (`/healthz`), and whether a photo sent now would be read (`/readyz`)."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from service.web.parts import parts

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    return jsonify(status="alive")


@health.get("/trusted")
def trusted() -> ResponseReturnValue:
    """Say to the page of trust, which is of another origin, that this phone came here by HTTPS without a complaint."""
    answer = jsonify(status="trusted")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """Name the part that is missing: database, Redis, or a worker heard from."""
    found = parts()
    redis = found.queue.reachable()
    checks = {
        "database": found.db.reachable(),
        "redis": redis,
        "worker": redis and found.queue.worker_heard_from(),
    }
    missing = [part for part, there in checks.items() if not there]
    return jsonify(status="not ready" if missing else "ready", checks=checks, missing=missing), 503 if missing else 200
