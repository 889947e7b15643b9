"""Answer what Meta's management API tells and changes about numbers, accounts and tokens, one noun a module."""
