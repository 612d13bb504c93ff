"""Read-only answers about the trail."""
