"""State classes: each gathers, calls one use case, and holds the view that its part of the page shows."""
