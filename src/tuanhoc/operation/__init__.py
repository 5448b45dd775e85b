"""What who runs it needs: doctor, backup and restore, roles of the database, health and figures.

Floor 12, no tables. It looks at all rooms' tables from outside, and changes none of them but whole.
"""
