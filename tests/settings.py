"""Settings of the tests: the product's own, on a database and a folder of their own."""

import atexit
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="bolwerk-tests-"))  # one per process: runs beside each other never meet
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["BOLWERK_DIR"] = str(_folder)
os.environ["BOLWERK_MODE"] = "test"
os.environ["BOLWERK_LANGUAGE"] = "en"  # what command lines say, here and in every process that a test starts
if os.environ.get("BOLWERK_TEST_DB") == "postgres":
    from tests.postgres import hurried_server_url

    os.environ["BOLWERK_DATABASE_URL"] = hurried_server_url()

from bolwerk.config.settings import *  # noqa: E402, F403  the environment above must be there first
from bolwerk.crypto.keyfile import make_key_file  # noqa: E402  the environment must be there first

make_key_file(BOLWERK_KEY_RING_FILE, mode="test", at=datetime.now(UTC))  # noqa: F405  one of the house's settings
if not os.environ.get("BOLWERK_DATABASE_URL"):
    # A file, not memory: WAL, locks and several connections behave as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}  # noqa: F405  one of the house's settings
PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]  # a test of the real cost says so itself
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
VAULT_PHRASE_MEMORY_MIB, VAULT_PHRASE_PASSES = 8, 1  # a test that measures the real cost says so itself
