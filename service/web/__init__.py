"""All that speaks HTTP: `create_app` puts the API, the pages and the health checks on one application."""

from importlib.metadata import version

from apiflask import APIFlask
from werkzeug.middleware.proxy_fix import ProxyFix

from service.config import Config
from service.dav.mount import mounted
from service.web import api, errors, identity, logged, pages, provider, security, shell
from service.web.health import health
from service.web.json_bodies import StrictJson
from service.web.metrics import metrics
from service.web.parts import make_parts
from service.web.well_known import well_known


def create_app(config: Config | None = None) -> APIFlask:
    """Make the application that gunicorn serves; without a config it is read from the environment."""
    config = config or Config.from_env()
    app = APIFlask(
        __name__,
        static_url_path=shell.static_url_path(),
        title="Undrawer",
        version=version("undrawer"),
        spec_path="/api/openapi.json",
        docs_path=None,
        json_errors=False,
    )
    app.json = StrictJson(app)
    app.extensions["undrawer"] = make_parts(config)
    identity.register(app)
    security.register(app, config)
    errors.register(app)
    logged.register(app, config)
    provider.register(app, config)
    app.register_blueprint(health)
    app.register_blueprint(metrics)
    app.register_blueprint(well_known)
    api.register(app)
    pages.register(app)
    shell.register(app)
    found = app.extensions["undrawer"]
    app.wsgi_app = mounted(app.wsgi_app, db=found.db, throttle=found.throttle)  # type: ignore[method-assign,assignment]
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies)  # type: ignore[method-assign]
    return app
