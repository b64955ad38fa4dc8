# One image for web, workers and timetable; compose.yaml says which command each runs.

FROM python:3.12-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
# The libraries change less often than the code, so they are a layer of their own.
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --locked --no-dev --no-install-project
COPY fixtures/cards fixtures/cards
COPY service service
COPY workers workers
RUN uv sync --locked --no-dev && .venv/bin/pybabel --quiet compile --directory service/web/translations

FROM python:3.12-slim-bookworm
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
COPY script/packages.txt /tmp/packages.txt
# Python is here already, and Redis is another container.
RUN apt-get update \
    && sed -n '/^\[run\]/,/^\[test\]/p' /tmp/packages.txt | grep -E '^(tesseract|lib)' \
       | xargs apt-get install --yes --no-install-recommends \
    && rm -rf /var/lib/apt/lists/* /tmp/packages.txt \
    && useradd --uid 1000 --create-home undrawer \
    && install --directory --owner=undrawer /data
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    LANG=C.UTF-8 \
    PYTHONUNBUFFERED=1 \
    UNDRAWER_DATA=/data
USER 1000
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "python:service.web.gunicorn_settings"]
