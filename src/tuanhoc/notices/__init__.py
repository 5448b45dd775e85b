"""Who is told what, when, by which channel; and the door of a unit that has only its link. Floor 11."""
