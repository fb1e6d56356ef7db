"""Many scenarios at once: where they run, what is swept, how answers compare."""
