"""The workbook of a book: a template to fill in, a whole book as a workbook, both read back by the importers."""
