"""Apportionments that were carried out and published: who had how many residents or votes, and got how many seats."""

from __future__ import annotations

HOUSE_2020 = {
    "Alabama": (5_030_053, 7),
    "Alaska": (736_081, 1),
    "Arizona": (7_158_923, 9),
    "Arkansas": (3_013_756, 4),
    "California": (39_576_757, 52),
    "Colorado": (5_782_171, 8),
    "Connecticut": (3_608_298, 5),
    "Delaware": (990_837, 1),
    "Florida": (21_570_527, 28),
    "Georgia": (10_725_274, 14),
    "Hawaii": (1_460_137, 2),
    "Idaho": (1_841_377, 2),
    "Illinois": (12_822_739, 17),
    "Indiana": (6_790_280, 9),
    "Iowa": (3_192_406, 4),
    "Kansas": (2_940_865, 4),
    "Kentucky": (4_509_342, 6),
    "Louisiana": (4_661_468, 6),
    "Maine": (1_363_582, 2),
    "Maryland": (6_185_278, 8),
    "Massachusetts": (7_033_469, 9),
    "Michigan": (10_084_442, 13),
    "Minnesota": (5_709_752, 8),
    "Mississippi": (2_963_914, 4),
    "Missouri": (6_160_281, 8),
    "Montana": (1_085_407, 2),
    "Nebraska": (1_963_333, 3),
    "Nevada": (3_108_462, 4),
    "New Hampshire": (1_379_089, 2),
    "New Jersey": (9_294_493, 12),
    "New Mexico": (2_120_220, 3),
    "New York": (20_215_751, 26),
    "North Carolina": (10_453_948, 14),
    "North Dakota": (779_702, 1),
    "Ohio": (11_808_848, 15),
    "Oklahoma": (3_963_516, 5),
    "Oregon": (4_241_500, 6),
    "Pennsylvania": (13_011_844, 17),
    "Rhode Island": (1_098_163, 2),
    "South Carolina": (5_124_712, 7),
    "South Dakota": (887_770, 1),
    "Tennessee": (6_916_897, 9),
    "Texas": (29_183_290, 38),
    "Utah": (3_275_252, 4),
    "Vermont": (643_503, 1),
    "Virginia": (8_654_542, 11),
    "Washington": (7_715_946, 10),
    "West Virginia": (1_795_045, 2),
    "Wisconsin": (5_897_473, 8),
    "Wyoming": (577_719, 1),
}
"""Apportionment population and seats in the House of Representatives, by Huntington–Hill.

U.S. Census Bureau, 2020 Census Apportionment Results, April 2021, table 1 (apportionment-2020-table01).
"""

BUNDESTAG_2025 = {
    "CDU": (11_196_374, 164),
    "AfD": (10_328_780, 152),
    "SPD": (8_149_124, 120),
    "GRÜNE": (5_762_380, 85),
    "Die Linke": (4_356_532, 64),
    "CSU": (2_964_028, 44),
    "SSW": (76_138, 1),
}
"""Second votes and seats in the 21st Bundestag, by Sainte-Laguë (Webster).

The Federal Returning Officer, final result of 23 February 2025: the 630 seats of the parties that take part.
"""

BALINSKI_YOUNG_26 = {
    "A": (9_061, 9, 9),
    "B": (7_179, 8, 7),
    "C": (5_259, 5, 6),
    "D": (3_319, 3, 3),
    "E": (1_182, 1, 1),
}
"""Residents of five states, and the 26 seats they get by Webster and by Huntington–Hill.

M. L. Balinski and H. P. Young, The quota method of apportionment, American Mathematical Monthly 82 (1975), 701–730.
"""

BALINSKI_YOUNG_100 = {
    "A": (5_117, 51, 51),
    "B": (4_400, 43, 43),
    "C": (162, 2, 2),
    "D": (161, 2, 2),
    "E": (160, 2, 2),
}
"""Residents of five states, and the 100 seats they get by Webster and by Huntington–Hill.

An example of the same article.
"""

FEWER_SEATS_THAN_PARTIES = {
    "A": (10, 0, 0),
    "B": (9, 0, 0),
    "C": (8, 0, 0),
    "D": (8, 0, 0),
    "E": (11, 1, 1),
    "F": (12, 1, 1),
}
"""Votes of six parties, and the three seats they get by Webster and by Huntington–Hill.

M. Lackner, the Python package `apportionment` (2018–2023), whose tests have this table for every divisor method.
"""
