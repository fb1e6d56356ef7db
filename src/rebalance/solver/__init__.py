"""Model made real: the only folder that knows a solver."""
