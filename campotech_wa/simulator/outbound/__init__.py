"""Take what a business sends, decide what becomes of it, and report that in its time."""
