-- Move the clock on; returns the name of the memory.
local _, memory = advance()
return memory
