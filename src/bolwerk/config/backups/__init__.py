"""Backups: one closed archive of everything but the keys, made while people work, and put back on an empty machine."""
