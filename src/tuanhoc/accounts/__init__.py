"""People, seats, sign-in and signed personal links. Floor 4."""
