"""A county of one's own to begin with: its package, a scenario, a notebook and a few words, in the language spoken."""
