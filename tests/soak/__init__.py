"""
What the workspace survives: killed, cut off from power, raced for, fed with nonsense, and used by many.

A short form of each is part of `make test`; `make soak` runs the long ones, with figures:

    python -m tests.soak [kills] [power] [races] [nonsense] [load] [--kills 1000] …
"""
