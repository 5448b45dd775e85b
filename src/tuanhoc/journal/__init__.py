"""What happened: who, when, on what, in the same transaction. Floor 2."""
