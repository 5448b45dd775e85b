"""Official documents: values in, Word, PDF and Excel out; and files read back into paragraphs and cells.

Floor 1. Knows margins, fonts and file formats; what a document *says* is its room's,
what a read file *means* is ``intake``'s.
"""
