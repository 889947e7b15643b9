"""The product while its processes die: nothing is lost, nothing is repeated."""
