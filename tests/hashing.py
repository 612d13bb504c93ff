"""Password hashes of the tests: of the same kind as the product's, without the cost that is slow on purpose.

A test that is about that cost uses `with_real_cost`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import override_settings

from bolwerk.accounts.signin import passwords
from bolwerk.accounts.tests import makers
from bolwerk.config.settings import PASSWORD_HASHERS


class QuickArgon2(Argon2PasswordHasher):
    """Argon2id with next to no memory, once over."""

    time_cost = 1
    memory_cost = 8  # KiB, the least there is for one lane
    parallelism = 1


@contextmanager
def with_real_cost() -> Iterator[None]:
    """Inside, passwords cost what they cost in the product; also those of which the hash is made once."""
    made_once = (passwords._nobodys_hash, makers.hashed_password)
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        for made in made_once:
            made.cache_clear()
        yield
    for made in made_once:
        made.cache_clear()
