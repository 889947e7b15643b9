"""What Meta knows and lets us change of a number and its account: one module a subject, over one ``Graph``."""
