"""A module for each page: what it shows, its buttons, and at the bottom its addresses."""
