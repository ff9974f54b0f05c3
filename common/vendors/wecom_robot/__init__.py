"""Messages to a group chat of WeCom, through a robot's webhook."""
