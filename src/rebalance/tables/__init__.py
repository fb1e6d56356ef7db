"""Values in, tables and files out."""
