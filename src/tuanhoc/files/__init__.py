"""What was uploaded: content-addressed, private by default, types checked by content. Floor 2."""
