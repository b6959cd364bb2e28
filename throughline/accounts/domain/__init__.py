"""What people say of themselves, as plain values: no Django, no clock, no database."""
