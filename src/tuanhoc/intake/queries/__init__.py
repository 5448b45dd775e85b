"""Read answers about files on their way in."""
