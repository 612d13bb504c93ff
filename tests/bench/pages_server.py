"""Settings of the server that the pages benchmark asks: the product's own, with one bare page to compare with."""

from bolwerk.config.settings import *  # noqa: F403  every setting of the house

ROOT_URLCONF = "tests.bench.pages_urls"
