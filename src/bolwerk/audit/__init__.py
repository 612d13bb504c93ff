"""The chained trail: every write, read, search, export and denial. It knows things by URN only: no foreign keys."""
