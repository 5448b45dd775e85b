"""How well filled forms are read: made by a seeded generator and by hand, each with its truth."""
