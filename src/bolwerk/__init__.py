"""Bolwerk: the open platform for the resilient municipality."""
