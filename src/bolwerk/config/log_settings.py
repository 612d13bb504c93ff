"""Settings of the log: to stderr, for the service manager to keep; what it may say is in `logs`."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "bolwerk.config.logs.Discreet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},  # not every 404, with its address
        "django.security": {"handlers": [], "level": "ERROR", "propagate": True},
        "django_tasks": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
