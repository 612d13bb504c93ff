"""A browser for the tests where one is missing. `make demo` does not need one, so a failure here stops nothing."""

import os
import shutil
import subprocess
import sys

SHELL = "chromium-headless-shell"  # draws no window of its own: a quarter less processor time, and fewer abilities
WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find(*, whole: bool = False) -> str | None:
    """The browser to test with: BOLWERK_CHROMIUM, or the first known name on the path.

    That is the shell where there is one, but not for a test that needs a whole browser and not in `make slow`.
    """
    names = WHOLE if whole or os.environ.get("BOLWERK_FULL_SIZE") else (SHELL, *WHOLE)
    given = os.environ.get("BOLWERK_CHROMIUM")
    return given or next((path for name in names if (path := shutil.which(name))), None)


def install() -> None:
    """Try Debian's packages when we may install some. What they print is shown when the whole browser fails."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    if not find(whole=True):
        said = _run("apt-get", "update") or _run("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
        sys.stderr.write(said[-500:])
    if not shutil.which(SHELL) and not _run("apt-cache", "show", SHELL):  # not every release has it
        _run("apt-get", "install", "--yes", "--no-install-recommends", SHELL)


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"{done.stderr}\n" if done.returncode else ""


def main() -> int:
    """Say which browser the tests will use."""
    if not os.environ.get("BOLWERK_CHROMIUM"):
        install()
    if not find():
        sys.stderr.write(
            "No Chromium found: the demo works, the journeys in a browser will not. "
            "Install Chromium, or set BOLWERK_CHROMIUM to its path.\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
