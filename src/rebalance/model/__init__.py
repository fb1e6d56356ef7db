"""The model: the plan, the same while still unknown, the linear constraints on it, and a verdict on it."""
