/**
 * A structure as pymatgen writes it (`Structure.as_dict()`): `Structure.from_dict(json.load(file))` reads it, also the
 * flags and forces as site properties. Newer releases keep `properties` of the structure, older ones pass over it.
 */
import { anglesDegrees, lengths, type Vector3, volume } from '../model/lattice.ts';
import type { StructureDocument } from '../model/structure-document.ts';
import { type Atom, atomsOf, fractionalIn } from './shared/atoms.ts';
import type { StructureFormat } from './shared/export-format.ts';

export const pymatgenFormat: StructureFormat = {
  identifier: 'pymatgen',
  title: 'pymatgen Structure.as_dict() as JSON',
  mediaType: 'application/json',
  extension: 'json',
  madeOf: 'structure',
  write: dictText,
};

function* dictText(structure: StructureDocument): Generator<string> {
  yield `${JSON.stringify(structureDict(structure))}\n`;
}

function structureDict(structure: StructureDocument): object {
  const { calculation, freeEnergyEv, energySigma0Ev } = structure;
  const fractional = fractionalIn(structure);
  return {
    '@module': 'pymatgen.core.structure',
    '@class': 'Structure',
    charge: 0,
    lattice: latticeDict(structure),
    properties: { calculation, freeEnergyEv, energySigma0Ev },
    sites: atomsOf(structure).map((atom) => siteDict(atom, fractional(atom.cartesian))),
  };
}

function latticeDict({ latticeAngstrom }: StructureDocument): object {
  const [a, b, c] = lengths(latticeAngstrom);
  const [alpha, beta, gamma] = anglesDegrees(latticeAngstrom);
  const pbc = [true, true, true];
  return { matrix: latticeAngstrom, pbc, a, b, c, alpha, beta, gamma, volume: volume(latticeAngstrom) };
}

function siteDict({ element, cartesian, free, force }: Atom, abc: Vector3): object {
  return {
    species: [{ element, occu: 1 }],
    abc,
    xyz: cartesian,
    label: element,
    properties: {
      ...(free !== undefined && { selective_dynamics: free }),
      ...(force !== undefined && { forces: force }),
    },
  };
}
