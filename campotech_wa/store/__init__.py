"""The SQL, one file per aggregate: takes a session, never commits, every query by organization."""
