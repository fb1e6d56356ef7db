"""How many positions the work needs, and which townships are large: worked out before anything is decided."""
