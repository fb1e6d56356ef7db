"""From a plan to the papers on which a commission decides, and back from what it changed in them."""
