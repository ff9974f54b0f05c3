"""Messages to a group chat of Feishu, through a robot's webhook."""

from common.vendors.feishu_robot.client import FeishuRobot
from common.vendors.feishu_robot.settings import FeishuRobotSettings

__all__ = ["FeishuRobot", "FeishuRobotSettings"]
