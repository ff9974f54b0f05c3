"""Messages to a group chat of Feishu, through a robot's webhook."""
