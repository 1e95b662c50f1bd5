"""What the law demands of the books: dated values, and one check per irregularity. Knows no files of a book."""
