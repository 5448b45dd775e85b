"""What may be wrong in what units registered: an event twice, a hall or a speaker at once; what officers made of it.

Floor 7. Nothing is merged or deleted here.
"""
