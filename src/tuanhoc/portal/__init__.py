"""The public face: the Week as a poster, its days, activities and units. Floor 12, no tables."""
