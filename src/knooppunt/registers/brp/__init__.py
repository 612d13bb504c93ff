"""Basisregistratie Personen: the layout with element codes as headings."""
