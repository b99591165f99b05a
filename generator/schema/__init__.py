"""What may be written in a record: described once, for editors' programs and for people."""
