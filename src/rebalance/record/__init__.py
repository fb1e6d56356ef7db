"""Scenarios, plans and outcomes as plain data, both ways."""
