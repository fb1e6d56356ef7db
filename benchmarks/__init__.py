"""How fast the engine is, beside a straightforward model and a second solver, on synthetic counties of any size."""
