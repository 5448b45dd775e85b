"""Who is told what, when, by which channel. Floor 11."""
