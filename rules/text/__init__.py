"""Explainable understanding of words: dated lists, one way to normalise, and matches that say what matched where."""
