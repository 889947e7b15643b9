"""The product, one verb a file."""
