"""Handelsregister: KVK API JSON and mapped CSV."""
