"""The encrypted workspace on disk: key slots, database, history, backup."""
