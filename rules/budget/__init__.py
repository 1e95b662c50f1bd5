"""The budget against the books: lines, versions, execution, and the rules on them."""
