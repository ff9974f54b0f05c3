"""One process per instance: cold start, warm reuse, limits, death.

sandbox             the process with its folders, its own /tmp and its output
bootstrap, child, frames    the program inside an event function's process: loaded by path, standard library only
event, web, launch  an instance that takes events; one that serves HTTP, and its scf_bootstrap
watch, memory       time, memory and kill orders while somebody waits
pool, invoker       the instances of one function; events on event functions
kill_orders         kill injection, for tests
reaper              kills what is left when the emulator dies
"""
