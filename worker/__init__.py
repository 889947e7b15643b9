"""The worker processes: RQ jobs and what runs periodically."""
