"""The pages: components put together, and what happens when one is entered."""
