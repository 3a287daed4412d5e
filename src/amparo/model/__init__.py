"""The records of a workspace: frozen pydantic models, one concept a file."""
