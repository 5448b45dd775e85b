"""A season of 1,000 units played through the front door: real processes, real mail server, a moved clock."""
