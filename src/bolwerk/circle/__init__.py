"""Leerkring: circles of municipalities that learn from each other, and what travels between them."""
