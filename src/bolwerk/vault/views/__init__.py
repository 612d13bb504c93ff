"""Pages of vaults: one's own, sealed notes, trustees, and their administration."""
