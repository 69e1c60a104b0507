"""Signs are told apart: by their codes, by their hues, and by readers who see no hues."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.viewer.palette import DARK_PAPER, HUES, LIGHT_PAPER, codes, signs


@given(st.lists(st.text(max_size=12), max_size=20, unique=True))
def test_codes_are_short_and_unlike_each_other(names: list[str]) -> None:
    found = codes(names)
    assert len(set(found)) == len(names)
    assert all(1 <= len(code) <= 5 and code.isprintable() for code in found)


def test_codes_are_initials_or_first_letters() -> None:
    names = ["tracking", "transfer", "policy_change", "policy_date", "do_not_track", "use"]
    assert codes(names) == ["TRA", "TRN", "PC", "PD", "DNT", "USE"]


def test_sixteen_categories_have_sixteen_signs_without_their_codes() -> None:
    made = signs([str(number) for number in range(16)])
    assert len({(sign.hue, sign.pattern) for sign in made}) == 16


Colour = npt.NDArray[np.float64]


def linear(color: str) -> Colour:
    channels = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


# G. Machado, M. Oliveira, L. Fernandes, IEEE TVCG 15(6), 2009: severity 1.
SIGHTS = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}


def oklab(rgb: Colour) -> Colour:
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    lab = np.array(
        [
            [0.2104542553, 0.793617785, -0.0040720468],
            [1.9779984951, -2.428592205, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.808675766],
        ]
    )
    return np.asarray(np.cbrt(rgb @ cones.T) @ lab.T)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("paper", [0, 1], ids=["light", "dark"])
def test_hues_are_told_apart_by_colour_blind_readers(sight: str, paper: int) -> None:
    seen = [oklab(np.clip(linear(hue[paper]) @ np.array(SIGHTS[sight]).T, 0, 1)) for hue in HUES]
    distances = [float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2)]
    assert min(distances) >= 0.10


@pytest.mark.parametrize("hue", HUES)
def test_lines_stand_out_from_the_paper(hue: tuple[str, str]) -> None:
    assert contrast(hue[0], LIGHT_PAPER) >= 3
    assert contrast(hue[1], DARK_PAPER) >= 3
