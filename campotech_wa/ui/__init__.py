"""The pages: states gather and call one use case, components show. Only this package knows Reflex."""
