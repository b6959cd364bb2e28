"""What two people agree on, as values: terms, their faults, their sentences, their digest. Plain Python."""
