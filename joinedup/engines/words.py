"""The words of the common tongue (tongue.py) that an engine lacks, as that engine defines them."""

from __future__ import annotations

DUCKDB = (
    "CREATE OR REPLACE MACRO percentile(x, p) AS quantile_cont(x, p)",
    "CREATE OR REPLACE MACRO days_between(a, b) AS (epoch_us(b) - epoch_us(a)) / 86400000000e0",
    "CREATE OR REPLACE MACRO month_of(t) AS CAST(date_trunc('month', t) AS DATE)",
    "CREATE OR REPLACE MACRO said(about, place) AS json_extract_string(about, '$.' || place)",
)

SPARK = (
    """CREATE OR REPLACE TEMPORARY FUNCTION days_between(a TIMESTAMP, b TIMESTAMP) RETURNS DOUBLE
       RETURN (unix_micros(b) - unix_micros(a)) / 86400000000e0""",
    """CREATE OR REPLACE TEMPORARY FUNCTION month_of(t TIMESTAMP) RETURNS DATE
       RETURN CAST(date_trunc('MONTH', t) AS DATE)""",
    """CREATE OR REPLACE TEMPORARY FUNCTION said(about STRING, place STRING) RETURNS STRING
       RETURN get_json_object(about, concat('$.', place))""",
)
