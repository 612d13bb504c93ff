"""The bridge: my day, and whatever joins rooms."""
