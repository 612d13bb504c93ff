"""The Kadaster (BRK): parcels, rights, deeds and mortgages."""
