"""The commands of `bolwerk`, run as an administrator runs them."""
