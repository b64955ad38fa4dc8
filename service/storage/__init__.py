"""All SQL and all files: rows become frozen values here, and nobody else sees a row."""
