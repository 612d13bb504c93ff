"""A fictional municipality, built through the real actions."""
