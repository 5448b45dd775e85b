"""Forms as units print them to PDF, drawn by chance, and how much of what they say is read again."""
