"""
Where the SQL of the measures runs: DuckDB in this process, or Apache Spark on one machine or many.

One SQL file for each measure, in the tongue that both speak, is what both run (docs/decisions/0030). `tongue.py` reads
the files, `embedded.py` and `distributed.py` are the two engines, `limits.py` says what each cannot do, and why.
"""
