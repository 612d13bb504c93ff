"""The drawn-table tests on a real Spark cluster: `python -m tests.tools.spark_cluster [pytest arguments]`.

Starts a master and two workers on this machine, lets every drawn test ask DuckDB and the cluster the same (the rows
must be equal), and stops what it started. Needs Java and pyspark, which are no part of what Bolwerk installs.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

HOST = "127.0.0.1"
WORKERS = 2
MASTER_CLASS, WORKER_CLASS = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"
PATIENCE = 90.0  # seconds to wait for a port or for the workers
TESTS = (
    "src/knooppunt/tests/test_finding_many_companies.py",
    "src/knooppunt/tests/test_finding_over_occupation.py",
    "src/knooppunt/tests/test_finding_same_branch.py",
    "src/knooppunt/tests/test_findings_companies.py",
    "src/knooppunt/tests/test_findings_homes.py",
    "src/knooppunt/tests/test_findings_property.py",
)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.5)
    raise TimeoutError(f"nothing listens on port {port}")


class Cluster(NamedTuple):
    """Where the master listens, and the workers it has."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def _running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block; what it starts belongs to its group."""
    with (
        log.open("wb") as out,
        subprocess.Popen(command, env=environment, stdout=out, stderr=out, start_new_session=True) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()


def _workers_in(log: Path) -> int:
    return log.read_text(encoding="utf-8", errors="replace").count("Registering worker")


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A master with two workers; stops all three afterwards."""
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        raise SystemExit("There is no pyspark here. Run: make spark")
    home = Path(found.origin).parent
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable}
    start = [str(home / "bin" / "spark-class")]
    port, page = free_port(), free_port()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        log = Path(name) / "master.log"
        master = [*start, MASTER_CLASS, "--host", HOST, "--port", str(port), "--webui-port", str(page)]
        stack.enter_context(_running(master, environment, log))
        _wait_for(port)
        address = f"spark://{HOST}:{port}"
        workers = []
        for number in range(WORKERS):
            own = Path(name) / f"worker{number}"
            worker = [*start, WORKER_CLASS, "--cores", "1", "--memory", "1G", "--host", HOST, "--work-dir", str(own)]
            worker += ["--webui-port", str(free_port()), address]
            workers.append(stack.enter_context(_running(worker, environment, Path(name) / f"worker{number}.log")))
        until = time.monotonic() + PATIENCE
        while _workers_in(log) < WORKERS:
            if time.monotonic() > until:
                raise TimeoutError(f"{_workers_in(log)} of {WORKERS} workers came")
            time.sleep(0.5)
        yield Cluster(address, workers)


def main(arguments: list[str]) -> int:
    """Run the tests on a cluster; what pytest says is what this says."""
    if not any(Path(argument).exists() for argument in arguments):
        arguments = [*arguments, *TESTS]  # options only: pytest would run everything there is
    with cluster() as (address, _workers):
        sys.stderr.write(f"Spark at {address} with {WORKERS} workers\n")
        command = [sys.executable, "-m", "pytest", "-n", "0", "-W", "ignore", "--timeout", "900", *arguments]
        return subprocess.run(command, env=os.environ | {"KNOOPPUNT_SPARK": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
