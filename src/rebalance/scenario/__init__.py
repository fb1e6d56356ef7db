"""A question: a county, what is changed in it, the rules that hold and the goals aimed at; and how files ask it."""
