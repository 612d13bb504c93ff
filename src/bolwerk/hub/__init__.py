"""Informatieknooppunt: registers that were assessed, and findings about objects that explain themselves."""
