"""The Week itself: theme, dates, deadlines, legal bases, duties, and the roster frozen when the call opens. Floor 5."""
