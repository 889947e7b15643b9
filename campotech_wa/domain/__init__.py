"""The rules of the product, as pure functions of values and a given time."""
