"""The officers' face: what waits for me, registration, review, schedule. Floor 12, no tables."""
