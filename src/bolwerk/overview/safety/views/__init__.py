"""Pages of figures about safe work."""
