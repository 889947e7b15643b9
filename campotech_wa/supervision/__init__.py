"""Start processes, keep them alive and end them: what ``campotech-wa demo`` and ``up`` stand on."""
