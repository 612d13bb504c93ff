"""Boundaries of areas with their shapes: neighbourhoods, districts and municipalities, as CBS and PDOK give them."""
