"""What the installation holds of a person: each room says it of its own tables; export and erasure ask nobody else."""
