"""How a message reads, and which messages wait for an answer. Plain Python: no database, no clock."""
