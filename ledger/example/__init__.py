"""Example books: a made-up hospital union with known irregularities, and a real union's published accounts.

Everything is generated from a seed, without a clock, so that two runs give the same bytes. No person, no
supplier and no number in the hospital's book exists; the college's figures are those it published itself.
"""
