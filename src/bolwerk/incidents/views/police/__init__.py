"""Pages of police and damage."""
