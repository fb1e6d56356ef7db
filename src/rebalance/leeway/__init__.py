"""What a commission could give way in, and what it could not, for it is law."""
