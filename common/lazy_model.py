"""The base of our pydantic models."""

from pydantic import BaseModel, ConfigDict


class LazyModel(BaseModel):
    """What checks a model's fields is made when the first one is read: a cold start pays for the models it meets, not for all it
    loads.
    """

    model_config = ConfigDict(defer_build=True)
