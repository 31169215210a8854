"""One file for each measure: what it says, formula, unit, source, beware, the SQL, and `plainly()`, the judge."""
