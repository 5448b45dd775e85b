"""Page furniture: the clock, words, the anonymous page cache, base templates and style. Floor 1."""
