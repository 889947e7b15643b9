"""What goes through Redis: wake-ups, live events, the pace. Hints only: losing them delays, nothing more."""
