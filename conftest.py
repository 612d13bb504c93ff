"""What every test shares, wherever it lies."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]  # comes without types

from tests import tables
from tests.order import dealt
from tests.owner import emptying, without_refusals
from tests.session_client import with_secrets

ASKS = frozenset({"db", "transactional_db"})  # the fixtures behind every other one that uses the database

# A machine may be busy: an example that takes long says nothing of what is tested. Who wants a limit says so there.
hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("busy")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Collect without Python's collector of garbage: there is none, and looking takes a fifth of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Leave out what is asked elsewhere, and deal what is left over the workers."""
    _leave_out(config, items)
    yield
    workers: dict[str, int] = getattr(config, "workerinput", {})  # of a run beside others
    if workers:
        items[:] = dealt(items, workers["workercount"])


def _leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what cannot be different there: the run on SQLite has it, `make slow` what is `once`.

    Only beside the code and among the security tests, whose own installations say themselves what they stand on; crash
    tests start servers of their own on this database.
    """
    if connection.vendor != "postgresql":
        return
    folders = (config.rootpath / "src", config.rootpath / "tests" / "security")
    once = [item for item in items if any(map(item.path.is_relative_to, folders)) and not _asks(item)]
    config.hook.pytest_deselected(items=once)
    left = set(items) - set(once)
    items[:] = [item for item in items if item in left]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was collected stays to the end: Python's collector of garbage need not walk through it time and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _asks(item: pytest.Item) -> bool:
    if item.get_closest_marker("once") is not None and not os.environ.get("BOLWERK_FULL_SIZE"):
        return False
    fixtures = ASKS.intersection(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,  # noqa: ARG001  what is overridden goes first
) -> Iterator[None]:
    """Begin with tables that were laid before: what the migrations would still add comes by itself."""
    with pytest.MonkeyPatch.context() as patch:
        begin = connection.creation._create_test_db  # type: ignore[attr-defined]  # has no public hook

        def begin_laid(*args: object, **named: object) -> str:
            name = str(begin(*args, **named))
            tables.await_turn(connection.vendor)
            if connection.vendor == "sqlite":
                tables.lay(Path(name))
            else:
                tables.lay_on_server(_server_address(name))
            return name

        patch.setattr(connection.creation, "_create_test_db", begin_laid)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:  # noqa: ARG001  what is overridden goes first
    """Keep the tables for the next time, where they are new."""
    name = str(connection.settings_dict["NAME"])
    if not tables.kept(connection.vendor).exists():
        if connection.vendor == "sqlite":
            tables.keep(Path(name))
        else:
            tables.keep_from_server(_server_address(name))
    tables.end_turn()


def _server_address(name: str) -> str:
    from tests.postgres import address_of  # noqa: PLC0415  a run on SQLite starts no server

    return address_of(name)


@pytest.fixture(autouse=True)
def nothing_remembered_from_the_test_before() -> None:
    """Empty the cache of this process, and speak Dutch again, whatever a page spoke last."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True, scope="session")
def cookies_hold_secrets() -> Iterator[None]:
    """The test client keeps what a browser would keep."""
    with pytest.MonkeyPatch.context() as patch:
        with_secrets(patch.setattr)
        yield


@pytest.fixture(autouse=True, scope="session")
def static_files_are_listed_once() -> Iterator[None]:
    """Each client of a test loads the middleware anew, and WhiteNoise would walk through all static files again."""
    plain = WhiteNoiseMiddleware.add_files_from_finders
    listed: dict[str, dict[str, object]] = {}

    def add_files(middleware: WhiteNoiseMiddleware) -> None:
        if middleware.static_prefix not in listed:
            plain(middleware)
            listed[middleware.static_prefix] = dict(middleware.files)
        middleware.files.update(listed[middleware.static_prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_files)
        yield


@pytest.fixture(autouse=True, scope="session")
def emptying_the_trail_between_tests() -> Iterator[None]:
    """Tests with real transactions empty all tables afterwards; the trail refuses that, as it should.

    Django would then write down anew, for each of two hundred tables, what kind of thing it holds and the rights on it;
    nothing here asks for those, and it takes more time than the emptying.
    """
    plain = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # Django's own, without a public hook

    def teardown(case: TransactionTestCase) -> None:
        with without_refusals(connection):
            plain(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        if connection.vendor == "postgresql":
            patch.setattr(connection.ops, "sql_flush", lambda _style, tables, **_named: emptying(connection, tables))
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_args, **_named: None)
        yield
