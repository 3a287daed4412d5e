"""The one process that holds the key and the open store."""
