"""Messages to a group chat of WeCom, through a robot's webhook."""

from common.vendors.wecom_robot.client import WeComRobot
from common.vendors.wecom_robot.settings import WeComRobotSettings

__all__ = ["WeComRobot", "WeComRobotSettings"]
