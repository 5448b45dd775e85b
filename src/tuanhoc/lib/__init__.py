"""Pure Python under the whole house: actors, refusals, Vietnamese text, dates and numbers.

Floor 0. Nothing here knows Django, a database or a clock.
"""
