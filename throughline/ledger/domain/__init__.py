"""What a contact is, and how raw facts merge into contacts. Plain Python: no database, no clock."""
