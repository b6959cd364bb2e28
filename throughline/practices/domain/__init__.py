"""What a measure is, and the arithmetic that several share. Plain Python: no database, no clock."""
