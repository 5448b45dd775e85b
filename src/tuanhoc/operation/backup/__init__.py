"""The whole installation in one file, and back: rows no database vendor's own, and the stored files.

A zip: ``rows/TABLE.jsonl`` (one row a line, columns in the order of their names), ``files/ab/SHA-256``, ``files.jsonl``
(path, size and digest of each), and ``manifest.json`` last: what there is, how much, and each part's SHA-256.
"""
