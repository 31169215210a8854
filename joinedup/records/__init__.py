"""Records of care in, a few plain Parquet tables out. Begin with `tables.py`, then `load.py` and `store.py`."""
