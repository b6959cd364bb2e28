"""When a pair meets, and whether it did. Plain Python: no database, no clock."""
