"""HTTP: the front door, and what stands between it and the functions.

gateway, cors             paths to functions; CORS of the platform
events, responses         requests as events for event functions; their return values as answers
proxy, exchange, headers  web functions get the request itself, unbuffered in both directions
"""
