"""The model: the plan, the same while still unknown, the linear statements about it, and a verdict on it."""
