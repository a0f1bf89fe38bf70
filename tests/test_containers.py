"""The container files, as far as they can be judged without an engine; and that each setting is told of."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import Settings, read

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
EXAMPLE = (ROOT / "config" / "example.env").read_text(encoding="utf-8")
NAMES = ["PORT" if name == "port" else f"LOBBY_{name.upper()}" for name in Settings.model_fields]


def _ignored_unless(path: str) -> bool:
    return f"!{path}" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_everything_that_is_copied_exists() -> None:
    copied = [words.split() for words in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)]
    sources = [source for *many, _ in copied for source in many]
    assert len(sources) >= 7
    for source in sources:
        assert (ROOT / source).exists(), source
        assert _ignored_unless(source), f".dockerignore keeps {source} out"


def test_every_package_of_ours_is_copied() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert packages == {"bot", "config", "handlers", "parliament", "storage"}
    for package in packages:
        assert re.search(rf"^COPY {package} {package}$", DOCKERFILE, re.MULTILINE), package


def test_it_does_not_run_as_root_and_installs_by_hash() -> None:
    *_, user = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert user == "lobby"
    assert "pip install" in DOCKERFILE
    assert all("--require-hashes" in line for line in DOCKERFILE.splitlines() if "pip install" in line)
    assert re.search(r"^VOLUME /app/var$", DOCKERFILE, re.MULTILINE)
    assert json.loads(re.findall(r"^ENTRYPOINT (.+)$", DOCKERFILE, re.MULTILINE)[0]) == ["python", "-m", "bot"]
    assert json.loads(re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)[0]) == ["run"]


def test_the_health_check_sees_whether_the_server_answers(unused_port: int) -> None:
    found = re.search(r"^HEALTHCHECK .*? CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    assert found
    command = json.loads(found[1])
    assert command[0] == "python"

    def healthy(port: int) -> bool:
        done = subprocess.run([sys.executable, *command[1:]], env={"PORT": str(port)}, capture_output=True, check=False)
        return done.returncode == 0

    assert not healthy(unused_port)
    serving = (
        "import http.server as s\n"
        "class Alive(s.BaseHTTPRequestHandler):\n"
        "    def do_GET(self): self.send_response(200 if self.path == '/healthz' else 404); self.end_headers()\n"
        f"server = s.HTTPServer(('127.0.0.1', {unused_port}), Alive); print('up', flush=True); server.serve_forever()\n"
    )
    with subprocess.Popen([sys.executable, "-c", serving], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout
            assert server.stdout.readline() == b"up\n"
            assert healthy(unused_port)
        finally:
            server.terminate()


@pytest.fixture
def unused_port() -> int:
    """A port that nobody listens on."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_servers_of_pg_dump_and_of_compose_fit() -> None:
    """Debian trixie brings the client programs of PostgreSQL 17."""
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["python:3.11-slim-trixie"] * 2
    assert "image: postgres:17\n" in (ROOT / "compose.yaml").read_text(encoding="utf-8")


def test_the_example_lists_every_setting_with_its_meaning_and_default() -> None:
    lines = EXAMPLE.splitlines()
    listed = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert listed == NAMES
    for number, line in enumerate(lines):
        if line and not line.startswith("#"):
            assert re.match(r"# \S", lines[number - 1]), f"no meaning above {line}"
    values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert read(values) == read({})


def test_the_example_marks_what_is_secret() -> None:
    lines = EXAMPLE.splitlines()
    marked = [lines[at + 1].partition("=")[0] for at, line in enumerate(lines) if line.startswith("# (secret)")]
    secret = ["Secret" in str(field.annotation) for field in Settings.model_fields.values()]
    assert marked == [name for name, hidden in zip(NAMES, secret, strict=True) if hidden]


def test_the_manual_tells_of_every_setting() -> None:
    manual = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([A-Z_]+)`", manual, re.MULTILINE) == NAMES
