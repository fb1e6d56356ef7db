"""How many positions the work needs."""
