"""A local SCF: reads the serverless.yml that deploys, and imitates the platform it deploys to.

manifest/     serverless.yml -> Manifest, or every reason the platform would refuse it
code/         a cold start's /var/user and /opt
instances/    one process each: sandbox, the program inside, limits, pools
web/          the gateway, HTTP events, web functions
triggers/     object changes, timers, the asynchronous queue, the cloud API
cloud         the whole emulator as one object
switches, context, outcome, logs    what can be turned; what a function is told, answers, prints

Each may import what stands above it, and the last line.
"""
