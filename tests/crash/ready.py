"""A process that has all of an installation in memory and lets a fork of itself run each command.

Starting Python, Django and the rooms takes three seconds, and a test gives twenty commands. What runs is the same: a
process of its own, with the environment of the installation, that ends with the command.
`python -m tests.crash.ready` reads requests from its input, a line of JSON each, and answers each with a line.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from select import select

import django

from bolwerk.config import cli


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


class Ready:
    """The process, seen from the tests."""

    def __init__(self, folder: Path, environment: Mapping[str, str], root: Path) -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            env=environment,
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, code: str = "", patience: float) -> Done:
        """Run `bolwerk` with these words, or lines of Python. Raises TimeoutError after `patience` seconds."""
        request, answer = self._process.stdin, self._process.stdout
        assert request is not None and answer is not None
        files = [self.folder / f"ready.{name}" for name in ("out", "err")]
        request.write(json.dumps({"words": words, "code": code, "files": [str(file) for file in files]}) + "\n")
        request.flush()
        if not select([answer], [], [], patience)[0]:
            self.close()
            raise TimeoutError(f"Not done after {patience} seconds: {words or code}")
        status = int(answer.readline())
        said = [file.read_text(encoding="utf-8") for file in files]
        for file in files:
            file.unlink()
        return Done(status, *said)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def _do(request: Mapping[str, object]) -> None:
    code, words = str(request["code"]), request["words"]
    if code:
        exec(code, {"__name__": "__main__"})
    else:
        cli.main(args=words, prog_name="bolwerk")


def _in_a_fork(act: Callable[[], None], files: list[str]) -> int:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        for number, file in enumerate(files, start=1):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        act()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  a fork must never run on into the loop of the process that was ready
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def serve() -> None:
    """Answer requests until the input ends."""
    django.setup()
    import_module("bolwerk.config.urls")
    for line in sys.stdin:
        request = json.loads(line)
        sys.stdout.write(f"{_in_a_fork(lambda: _do(request), request['files'])}\n")  # noqa: B023  done before the next
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
