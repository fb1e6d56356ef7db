"""What if: trade-offs between goals, plans that are different, plans under strain."""
