"""What is deployed: layers and one zip per function, made from the sources and from pinned wheels, the same bytes every time.

runtimes      what a runtime of the platform is: Python version, wheel tags, interpreter on this machine
locked        requirements.txt for that runtime
wheels        the locked wheels on disk, downloaded or, where there is none, built
contents      what of a wheel is deployed, and where it lands
closure       which distributions each layer holds, none of them twice for one function
bytecode      every module compiled by the target's own interpreter
elf           which glibc a shared object needs
archive       a zip without a trace of when, where or in which order it was made
environment   how many bytes a function's variables take with keys of real length
limits        what the platform would refuse
building      all of it, in order
unpacking     packages on disk as the platform unpacks them
proof         every package imports alone, in a clean interpreter of its version
hosted        the same as a project of folders, for the official command line tool
"""
