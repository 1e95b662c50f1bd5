"""The union's things: how they come into the books, wear out, are counted, lent, and leave."""
