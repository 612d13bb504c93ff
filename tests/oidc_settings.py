"""The product's own settings for a provider, for tests inside a room: a room may not import config itself."""

from bolwerk.config.signin_settings import municipality

__all__ = ["municipality"]
