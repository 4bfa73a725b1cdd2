"""What the first page asks for is computed ahead, and a workspace without data does not mind."""

from titian.app.desk import Desk
from titian.app.warming import warm


def test_fits_are_there_before_the_first_question(own_desk: Desk) -> None:
    warm(own_desk).join(60)
    assert len(own_desk.fits) >= 4


def test_a_workspace_without_data_is_warmed_in_peace(empty: Desk) -> None:
    warm(empty).join(60)
    assert len(empty.fits) == 0
