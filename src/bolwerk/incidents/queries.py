"""Answers about incidents. Read-only."""
