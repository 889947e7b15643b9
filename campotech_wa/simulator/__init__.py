"""Stand in for Meta on the developer's own machine: a local WhatsApp Cloud API with a customer's phone page.

A development tool: it listens on loopback only, keeps its whole world in memory, and imports nothing from
the rest of the product, so that what it accepts or refuses never agrees with the product by accident.
"""
