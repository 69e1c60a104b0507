"""Write any number of runs as three tables that SQL and data frames read as they are.

Runs come in; a folder goes out with `runs.parquet`, `documents.parquet` and `annotations.parquet`,
whose columns are the same for every schema. It writes what runs hold; it does not query it.
"""
