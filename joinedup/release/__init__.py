"""
What may be shown outside: small numbers hidden so that they cannot be worked out, the rest rounded, intervals stated.

    tables.py       a table of counts with its totals, as it may be released
    of_groups.py    how many of each group are so, beside how many there are
    protecting.py   what can be worked out of the hidden cells of such a table, exactly
    intervals.py    how uncertain a share, a count or a median is
    ratios.py       how much more often something is so of a group than of everybody

The threshold is 8 (1 to 7 are hidden) and counts are rounded to 5, unless asked otherwise: docs/decisions/0032.
"""
