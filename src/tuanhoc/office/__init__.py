"""Official papers of a Week: drafted, given number and date when signed, kept as signed.

Floor 11. Here too is the letter that asks for what has not come.
"""
