"""The Tea House (茶舍): a made shop with a community, of any size, whose truth is known."""

from titian.samples.tea.house import TeaHouse, tea_house

__all__ = ["TeaHouse", "tea_house"]
