"""The WOZ as a register: objects with their values."""
