"""What starts functions without a caller who waits, and the cloud API.

cos, timers     object changes and cron expressions become events
async_queue     the platform's queue: retries, retention, duplicates
dead_letters    what the queue gave up on
invoke_api      Invoke and InvokeFunction
"""
