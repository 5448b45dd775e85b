"""Pages of the officers' face."""
