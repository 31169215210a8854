"""
Loops over arrays that relations cannot say, or say slowly: compiled by numba, kept, and pure.

Each takes numpy arrays as `measures/asking.py` hands them out (visits in order, -1 where nobody is known) and gives
arrays back. None opens a file, asks the time, or holds a table of everybody by everybody.
"""
