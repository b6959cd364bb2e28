"""What only shows with real servers beside: PostgreSQL, Redis, S3, a proxy, started by the tests themselves."""
