"""Pages of the care track."""
