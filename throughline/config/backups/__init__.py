"""Backups, restores and moves between databases: one portable, encrypted format for SQLite and PostgreSQL."""
