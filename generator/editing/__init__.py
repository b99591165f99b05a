"""The editor's tools: changes to the texts of records, as values. Nothing here reads or writes a file."""
