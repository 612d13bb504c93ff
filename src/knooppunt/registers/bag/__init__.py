"""Basisregistratie Adressen en Gebouwen: the BAG 2.0 extract (LVC)."""
