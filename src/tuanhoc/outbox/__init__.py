"""What must be told: events recorded with the change, delivered after the commit. Floor 2."""
