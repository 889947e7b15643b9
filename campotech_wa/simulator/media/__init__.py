"""Keep media as Meta does: uploaded or sent by a customer, found by id, fetched by an address that dies young."""
