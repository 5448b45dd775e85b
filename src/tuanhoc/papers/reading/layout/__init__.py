"""Words and rules on a page, from a PDF or from a picture, set back into paragraphs and tables.

Lengths are points (1/72 inch) from the top left corner of the page.
"""

from .pages import document_blocks
from .values import Rule, Sheet, Word

__all__ = ["Rule", "Sheet", "Word", "document_blocks"]
