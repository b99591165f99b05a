"""What the catalogue shares with the International Aid Transparency Initiative: activities read into drafts."""
