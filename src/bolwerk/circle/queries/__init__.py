"""Answers about learning circles. Read-only."""
