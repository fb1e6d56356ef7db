"""An office's own ledger, or its register of people, as a county package; and the map that says what its words mean."""
