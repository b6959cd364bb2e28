"""A person's own pages, and what others may see of them."""
