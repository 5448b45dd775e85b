"""Bodies and areas, their dated names, codes and places in trees. Floor 3."""
