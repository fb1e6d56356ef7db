"""The guide: its pages, and what writes those that say what the code says."""
