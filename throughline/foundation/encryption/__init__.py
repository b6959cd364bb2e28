"""Content at rest: sealed under a data key for each scope, which the installation's key wraps."""
