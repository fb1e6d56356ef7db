"""What exists today: frozen values and the tables they are written in."""
