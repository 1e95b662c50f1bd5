"""A second example: the made-up hospital union kept from 2019 to 2025, over two systems of accounting and two chairs.

Three things happen to it that happen to every union sooner or later: the system of accounting changes (2022-01-01),
the contribution comes through the tax authority instead of the employer (wages of 2023 on), and chairs leave (in 2022
and in 2025). All is made from a seed, without a clock; no person, no supplier and no number in it exists.
"""
