"""The Week of 2022 run forward through the product's own actions, with a fixed seed."""

from .season import play

__all__ = ["play"]
