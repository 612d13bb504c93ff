"""What the security tests share: the world in which everybody and everything exists once."""

import pytest

from tests.security.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """The world, as new for each test."""
    return make_world()
