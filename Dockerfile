# Lobby in a container: `run` by default; `migrate`, `backup`, `doctor` and the others instead of it.

# The packages are installed apart, so that pip and its leftovers stay behind.
FROM python:3.11-slim-trixie AS packages
COPY requirements.lock .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

FROM python:3.11-slim-trixie
# pg_dump must not be older than the server: trixie brings 17, and so does compose.yaml
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home lobby \
    && install -d -o lobby -g lobby /app/var
COPY --from=packages /venv /venv
WORKDIR /app
COPY LICENSE ./
COPY bot bot
COPY config config
COPY handlers handlers
COPY parliament parliament
COPY storage storage
ENV PATH=/venv/bin:$PATH LOBBY_HOST=0.0.0.0 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER lobby
VOLUME /app/var
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", \
    "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ.get(\"PORT\") or 8080}/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
