"""
Pictures as SVG: drawn here, without scripts, each with a title and a description for those who do not see it.

Colours are never the only sign: shape or place says the same, and a table with the numbers stands beside each picture.
"""
