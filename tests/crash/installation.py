"""An installation with real processes: to start, to ask, and to kill without a warning."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from socket import socket
from urllib.parse import urlencode

from bolwerk.crypto.keyfile import make_key_file
from tests import tables
from tests.crash.ready import Done, Ready

ROOT = Path(__file__).resolve().parents[2]
BOLWERK = str(Path(sys.executable).parent / "bolwerk")
PATIENCE = 60  # seconds for a process to start on a busy machine
CSRF = "c" * 32  # the form token and its cookie: both are ours here


def free_port() -> int:
    """A port that nobody listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Installation:
    """A folder with an installation of its own, and the processes that were started on it."""

    prepared = True  # with keys and tables
    patience = 4 * PATIENCE  # seconds for a command to its end: tables are laid anew, on a machine that is busy

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder, self.port = folder, free_port()
        self.environment = os.environ | {
            "BOLWERK_DIR": str(folder),
            "BOLWERK_MODE": "demo",
            "BOLWERK_BASE_URL": f"http://127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "tests.crash.settings",
            "PYTHONPATH": str(ROOT),
        }
        self.environment.pop("BOLWERK_DATABASE_URL", None)
        self.environment |= environment
        self.running: list[subprocess.Popen[bytes]] = []
        self._ready: Ready | None = None
        if self.prepared:
            make_key_file(folder / "keys" / "ring.json", mode="demo", at=datetime.now(UTC))
            self._lay(environment.get("BOLWERK_DATABASE_URL", ""))

    def _lay(self, address: str) -> None:
        """Lay the tables: those that were kept, or anew."""
        vendor = "postgresql" if address else "sqlite"
        tables.await_turn(vendor)
        if not (tables.lay_on_server(address) if address else tables.lay(self.folder / "bolwerk.sqlite3")):
            self.bolwerk("migrate")
            if address:
                tables.keep_from_server(address)
            else:
                tables.keep(self.folder / "bolwerk.sqlite3")
        tables.end_turn()

    def command(self, *words: str) -> list[str]:
        """The command line of `bolwerk`, as installed beside this Python."""
        return [BOLWERK, *words, "--dir", str(self.folder)]

    def bolwerk(self, *words: str) -> str:
        """Run a command to its end and return what it printed."""
        done = self._run(*words, "--dir", str(self.folder))
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def refused(self, *words: str) -> str:
        """Run a command that must refuse, and return its sentence."""
        done = self._run(*words, "--dir", str(self.folder))
        assert done.returncode == 1, done.stdout + done.stderr
        return done.stderr

    def ask(self, code: str) -> object:
        """Run lines of Python on the installation; they leave their answer in `answer`."""
        done = self._run(code=f"import django, json\ndjango.setup()\n{code}\nprint(json.dumps(answer))")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def _run(self, *words: str, code: str = "") -> Done:
        """In a fork of a process that is ready; from nothing where there is nothing yet to be ready for."""
        if self.prepared:
            self._ready = self._ready or Ready(self.folder, self.environment, ROOT)
            return self._ready.run(*words, code=code, patience=self.patience)
        command = [sys.executable, "-c", code] if code else [BOLWERK, *words]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=self.patience
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a process in a group of its own, so that all of it can be killed at once."""
        process = subprocess.Popen(self.command(*words), env=self.environment, cwd=ROOT, start_new_session=True)
        self.running.append(process)
        return process

    def serve(self) -> subprocess.Popen[bytes]:
        """Start the server and wait until it answers."""
        process = self.start("serve", "--port", str(self.port))
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                self.get("/", cookie="")
            except (ConnectionError, http.client.HTTPException):
                time.sleep(0.05)
            else:
                return process
        raise AssertionError("The server did not start.")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process and its children without a warning, as a power cut would."""
        if process in self.running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=PATIENCE)
            self.running.remove(process)

    def close(self) -> None:
        """Kill whatever still runs."""
        if self._ready is not None:
            self._ready.close()
        for process in list(self.running):
            self.kill(process)

    def get(self, path: str, *, cookie: str) -> tuple[int, str]:
        """Ask for a page; returns status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        body = answer.read().decode(errors="replace")
        connection.close()
        return answer.status, body

    def post(self, path: str, fields: dict[str, str], *, cookie: str) -> tuple[int, str]:
        """Send a form as a browser does; returns status and where it leads."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {
            "Cookie": f"{cookie}; csrf={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        connection.request("POST", path, urlencode({"csrfmiddlewaretoken": CSRF, **fields}), headers)
        answer = connection.getresponse()
        leads_to = answer.getheader("Location") or answer.read().decode(errors="replace")
        connection.close()
        return answer.status, leads_to

    def signed_in(self, email: str) -> str:
        """Add an employee with that address who is signed in; returns the cookie."""
        cookie = self.ask(
            "from django.test import Client\n"
            "from tests.session_client import with_secrets\n"
            "from django.utils import timezone\n"
            "from bolwerk.accounts.actions import add_person, give_role\n"
            "from bolwerk.accounts.rules import Role\n"
            "system, now = 'urn:bolwerk:system', timezone.now()\n"
            f"person = add_person(email={email!r}, name='Sanne de Wit', department=None, by=system, at=now)\n"
            "give_role(person=person, role=Role.EMPLOYEE, by=system, at=now)\n"
            "with_secrets()\n"
            "client = Client()\n"
            "client.force_login(person)\n"
            "answer = client.cookies['session'].value\n"
        )
        return f"session={cookie}"
