"""The functions of directors, from the Handelsregister."""
