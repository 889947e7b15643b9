"""What an admin sees and changes of a number and its account at Meta: one module a subject."""
