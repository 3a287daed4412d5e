"""From redacted records to paper: Papermill, nbconvert and Typst."""
