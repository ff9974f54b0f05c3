"""A cold start's /var/user and /opt, from the function's folder and the installed packages.

store           makes, watches and removes the folders of one instance
layers, opt     what a layer holds; the merged layers on disk, one folder per content, shared by all that bind them
read_only       taking write bits away, and removing what has none
interpreter     the parent's side of a start: command and environment of the process
"""
