"""Pages of the response track."""
