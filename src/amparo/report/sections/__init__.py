"""What the reports say: one module a section, each turning records into blocks."""
