"""Matches of pymatgen's ZSLGenerator for random pairs of plane lattices, as JSON on standard output.

    python3 zsl-generator.py '{"seed": 1, "pairs": 200, "leastArea": 60, "mostArea": 110}' > zsl-matches.json

Beside the generator as it is, its tolerances are run over all multiples up to the largest area, inclusive: what it leaves
out by its limit is then known. `asGenerated` tells the two apart. Debian: apt-get install python3-pymatgen
"""
import json
import math
import random
import sys

import numpy as np
from pymatgen.analysis.interfaces import zsl
from pymatgen.core import __version__

TOLERANCES = {"max_area_ratio_tol": 0.09, "max_length_tol": 0.03, "max_angle_tol": 0.01}


class InclusiveGenerator(zsl.ZSLGenerator):
    """Multiples up to and including the largest area."""

    def generate_sl_transformation_sets(self, film_area, substrate_area):
        ratio = film_area / substrate_area
        for i in range(1, int(self.max_area / film_area) + 1):
            for j in range(1, int(self.max_area / substrate_area) + 1):
                if abs(ratio - j / i) < self.max_area_ratio_tol or abs(1 / ratio - i / j) < self.max_area_ratio_tol:
                    yield zsl.gen_sl_transform_matricies(i), zsl.gen_sl_transform_matricies(j)


def lattice(draw):
    """Lengths and angle; one in ten has a shape with ties."""
    a = draw.uniform(2.4, 4.5)
    kind = draw.random()
    if kind < 0.025:
        return [a, a, 120.0]
    if kind < 0.05:
        return [a, a, 90.0]
    if kind < 0.075:
        return [a, a * draw.uniform(1.05, 1.6), 90.0]
    if kind < 0.1:
        return [a, a, draw.uniform(62, 118)]
    return [a, a * draw.uniform(1.0, 1.7), draw.uniform(55, 125)]


def vectors(cell):
    a, b, gamma = cell[0], cell[1], math.radians(cell[2])
    return np.array([[a, 0, 0], [b * math.cos(gamma), b * math.sin(gamma), 0]])


def shape(pair):
    u, v = pair
    return [zsl.fast_norm(u), zsl.fast_norm(v), math.degrees(zsl.vec_angle(u, v))]


def row(match):
    """Hermite form of film and substrate (multiple, p, q), reduced shape of both, principal strains, von Mises strain."""
    film, substrate = np.array(match.film_transformation), np.array(match.substrate_transformation)
    deformation = match.match_transformation
    u, v = match.film_sl_vectors
    # In the plane: the third singular value is that along the normal, 1 by construction.
    x = u / np.linalg.norm(u)
    y = v - np.dot(v, x) * x
    y = y / np.linalg.norm(y)
    plane = deformation @ np.array([x, y]).T
    principal = sorted(np.linalg.svd(plane, compute_uv=False) - 1)
    strain = 0.5 * (deformation.T @ deformation - np.eye(3))
    deviatoric = strain - np.trace(strain) / 3 * np.eye(3)
    von_mises = math.sqrt(2 / 3 * np.sum(deviatoric * deviatoric))
    forms = [int(round(film[0, 0] * film[1, 1])), int(film[0, 0]), int(film[0, 1])]
    forms += [int(round(substrate[0, 0] * substrate[1, 1])), int(substrate[0, 0]), int(substrate[0, 1])]
    numbers = shape(match.film_sl_vectors) + shape(match.substrate_sl_vectors) + principal + [von_mises]
    return forms + [round(float(number), 7) for number in numbers]


def main():
    options = json.loads(sys.argv[1])
    draw = random.Random(options["seed"])
    pairs = []
    for _ in range(options["pairs"]):
        film, substrate = lattice(draw), lattice(draw)
        area = draw.uniform(options["leastArea"], options["mostArea"])
        generated = zsl.ZSLGenerator(max_area=area, **TOLERANCES)(vectors(film), vectors(substrate))
        inclusive = InclusiveGenerator(max_area=area, **TOLERANCES)(vectors(film), vectors(substrate))
        as_generated = [row(match) for match in generated]
        known = {tuple(each[:6]) for each in as_generated}
        assert len(known) == len(as_generated)
        rows = [row(match) for match in inclusive]
        pairs.append(
            {
                "film": film,
                "substrate": substrate,
                "maxAreaAngstrom2": area,
                "asGenerated": len(known),
                "matches": [each + [1 if tuple(each[:6]) in known else 0] for each in rows],
            }
        )
    print('{"program": "pymatgen %s", "options": %s, "pairs": [' % (__version__, json.dumps(options)))
    print(",\n".join(json.dumps(pair, separators=(",", ":")) for pair in pairs))
    print("]}")


main()
