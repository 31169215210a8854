"""Other systems, a folder for each."""
