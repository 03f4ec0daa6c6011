"""Times pymatgen's ZSLGenerator on pairs of plane lattices given on standard input; one JSON line per pair.

All matches, and `lowest=True`, which stops at the first; processor time. Both with the largest area that is given; its loop has no numba.
"""
import json
import math
import sys
import time

import numpy as np
from pymatgen.analysis.interfaces.zsl import ZSLGenerator
from pymatgen.core import __version__


def vectors(cell):
    a, b, gamma = cell[0], cell[1], math.radians(cell[2])
    return np.array([[a, 0, 0], [b * math.cos(gamma), b * math.sin(gamma), 0]])


def form(matrix):
    return [int(round(matrix[0, 0] * matrix[1, 1])), int(matrix[0, 0]), int(matrix[0, 1])]


given = json.load(sys.stdin)
generator = ZSLGenerator(max_area=given["maxAreaAngstrom2"])
for film, substrate in given["pairs"]:
    film, substrate = vectors(film), vectors(substrate)
    start = time.process_time()
    matches = list(generator(film, substrate))
    everything = time.process_time() - start
    start = time.process_time()
    list(generator(film, substrate, lowest=True))
    lowest = time.process_time() - start
    keys = [form(match.film_transformation) + form(match.substrate_transformation) for match in matches]
    line = {"allSeconds": everything, "lowestSeconds": lowest, "keys": keys, "program": "pymatgen " + __version__}
    print(json.dumps(line), flush=True)
