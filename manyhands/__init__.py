"""
A workspace in which people from several organisations decide together what to do for a group of
patients, hold what follows between them, and keep it going whoever leaves.

Read `acts.py` first: it is everything that anyone can do.
"""
