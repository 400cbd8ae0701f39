"""A real Prometheus on loopback, over blocks that ``promtool`` made."""

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

INSTALL = "apt-get install prometheus (Debian; it brings promtool)"
STARTS_WITHIN_SECONDS = 60
Samples = Sequence[tuple[float, float]]


class ReplayError(Exception):
    """The replay could not be run; the message says what to do."""


def tools() -> tuple[str, str]:
    """Paths of ``prometheus`` and ``promtool``; ``ReplayError`` with the install line where one is absent."""
    found = [shutil.which(name) for name in ("prometheus", "promtool")]
    if not all(found):
        raise ReplayError(f"prometheus and promtool are not on the path: {INSTALL}")
    return str(found[0]), str(found[1])


def backfill(exposition: str, *, name: str, folder: Path) -> None:
    """Write blocks of the OpenMetrics text into the Prometheus data folder."""
    source = folder.parent / f"{name}.om"
    source.write_text(exposition, "utf-8")
    _promtool("tsdb", "create-blocks-from", "openmetrics", "--quiet", str(source), str(folder))


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of a Prometheus over the data folder, which scrapes nothing and forgets nothing."""
    prometheus, _ = tools()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config, log = folder.parent / "prometheus.yml", folder.parent / "prometheus.log"
    config.write_text("global: {}\n", "utf-8")
    address = f"http://127.0.0.1:{port}"
    command = [
        prometheus,
        f"--config.file={config}",
        f"--storage.tsdb.path={folder}",
        "--storage.tsdb.retention.time=100y",
        f"--web.listen-address=127.0.0.1:{port}",
    ]
    with (
        log.open("w", encoding="utf-8") as output,
        subprocess.Popen(command, stdout=output, stderr=output) as server,  # noqa: S603  # the system's own
    ):
        try:
            _wait(server, address, log)
            yield address
        finally:
            server.terminate()
            server.wait(STARTS_WITHIN_SECONDS)


def samples(
    address: str, expression: str, *, start: float, end: float, step: float
) -> Sequence[tuple[Mapping[str, str], Samples]]:
    """Labels and (seconds, value) pairs of each series that the expression has between start and end."""
    query = urllib.parse.urlencode({"query": expression, "start": start, "end": end, "step": step})
    try:
        with urllib.request.urlopen(f"{address}/api/v1/query_range?{query}") as response:  # noqa: S310  # loopback
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        raise ReplayError(f"{expression}: {error.read().decode()}") from None
    return [
        (series["metric"], [(float(at), float(value)) for at, value in series["values"]])
        for series in answer["data"]["result"]
    ]


def _promtool(*arguments: str) -> None:
    _, promtool = tools()
    done = subprocess.run([promtool, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ReplayError(f"promtool {' '.join(arguments[:3])} failed: {done.stderr or done.stdout}")


def _wait(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/-/ready"):  # noqa: S310  # loopback
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise ReplayError(f"prometheus did not start: {log.read_text('utf-8')[-2000:]}")
