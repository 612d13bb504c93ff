"""A browser for the tests where one is missing. `make demo` does not need one, so a failure here stops nothing."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The browser to test with: BOLWERK_CHROMIUM, or the first known name on the path."""
    given = os.environ.get("BOLWERK_CHROMIUM")
    return given or next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Try Debian's package when we may install one. What it prints is shown only when it fails."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    for command in (["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.stderr.write(done.stderr[-500:] + "\n")
            return


def main() -> int:
    """Say which browser the tests will use."""
    if not find():
        install()
    if not find():
        sys.stderr.write(
            "No Chromium found: the demo works, the journeys in a browser will not. "
            "Install Chromium, or set BOLWERK_CHROMIUM to its path.\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
