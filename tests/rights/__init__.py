"""A person goes: one row of everything is made, erased, and looked for in every byte."""
