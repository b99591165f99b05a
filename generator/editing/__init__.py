"""The editor's tools: changes to the texts of records, as values. Only `transaction` touches the disk."""
