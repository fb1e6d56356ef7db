"""Models solved: the only folder that knows a solver."""
