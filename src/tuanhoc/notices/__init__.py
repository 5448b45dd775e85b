"""Who is told what, when, by which channel: notices, reminders, calls; and the door of a unit by its link. Floor 11."""
