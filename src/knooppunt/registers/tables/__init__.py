"""Registers that come as a table: permits, reports, observations, and any other by a mapping file."""
