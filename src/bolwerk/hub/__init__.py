"""Informatieknooppunt: linked registers and findings that explain themselves."""
