"""Asks an engine about an exported Parquet set and prints the answers as JSON: query.py duckdb|spark FOLDER SQL…

The engine knows nothing of the program: it reads the folders as Hive partitions, as docs/formats/data.md shows.
"""

import json
import pathlib
import sys


def duckdb_answers(folder, queries):
    import duckdb

    connection = duckdb.connect()
    for table in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        files = f"{folder}/{table}/**/*.parquet"
        connection.execute(
            f'CREATE VIEW "{table}" AS SELECT * FROM read_parquet(\'{files}\', hive_partitioning = true)'
        )
    for query in queries:
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description]
        yield [dict(zip(names, row)) for row in cursor.fetchall()]


def spark_answers(folder, queries):
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[2]").appName("hengjian").config("spark.ui.enabled", "false").getOrCreate()
    for table in sorted(path.name for path in folder.iterdir() if path.is_dir()):
        spark.read.parquet(f"{folder}/{table}").createOrReplaceTempView(table)
    for query in queries:
        yield [row.asDict() for row in spark.sql(query).collect()]
    spark.stop()


def main():
    engine, folder, *files = sys.argv[1:]
    queries = [pathlib.Path(file).read_text(encoding="utf-8") for file in files]
    answers = {"duckdb": duckdb_answers, "spark": spark_answers}[engine]
    print(json.dumps(list(answers(pathlib.Path(folder), queries)), default=str, ensure_ascii=False))


main()
