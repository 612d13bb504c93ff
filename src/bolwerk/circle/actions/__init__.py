"""Every change in the learning circle: one rule, one transaction, one line in the trail."""
