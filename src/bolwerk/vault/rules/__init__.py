"""What the vault knows without a database: the ring, and how a file is closed in chunks."""
