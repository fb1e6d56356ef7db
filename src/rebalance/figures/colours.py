"""The colours of every picture, on a screen, on paper and in a workbook; nothing here plots."""

from __future__ import annotations

# The palette of Okabe and Ito (Color Universal Design, 2008), made to be told apart by the colour-blind.
BLUE, SKY, GREEN, YELLOW = "#0072B2", "#56B4E9", "#009E73", "#F0E442"

ORANGE, VERMILION, PURPLE, BLACK = "#E69F00", "#D55E00", "#CC79A7", "#000000"

SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION, BLACK)

MARKERS = "oDs^vPX"
"""Series differ in colour and in form."""

TODAY, SITTING, NEW = "#C9CED6", SKY, BLUE
"""What is there today, what was already sitting there, what is new: from light to dark, on a grey print too."""

MARKED = VERMILION
"""What the reader should look at."""

INK, SOFT, GRID, PALE, PAPER = "#1A202C", "#5A6473", "#E3E6EB", "#E8F1F8", "#FFFFFF"
