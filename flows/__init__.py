"""The pipeline: readers, Prefect flows, and the command line. It alone imports Prefect."""
