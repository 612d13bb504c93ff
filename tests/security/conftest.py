"""What the security tests share: the world in which everybody and everything exists once."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from pytest_django import DjangoDbBlocker

from tests.security.world import World, make_world, undone


@pytest.fixture(scope="module")
def built_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world, built once for the tests of a module: hundreds of them look at it, and building takes seconds."""
    with django_db_blocker.unblock(), undone():
        yield make_world()


@pytest.fixture
def world(built_world: World, db: None) -> World:
    """The world, as new for each test: what a test changes is rolled back to where the world was just built."""
    return deepcopy(built_world)
