"""The only room that opens DuckDB: Parquet is the truth, every read takes as_of."""
