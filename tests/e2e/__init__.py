"""The product as people meet it: the production build, a staff browser, a customer's phone, and strangers."""
