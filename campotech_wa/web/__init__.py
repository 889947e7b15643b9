"""The HTTP routes: webhooks, login, REST, health. Each reads a request, calls one service, writes an answer."""
