"""Input about goals to clean values; saves nothing."""
