/**
 * A structure as pymatgen writes it (`Structure.as_dict()`): `Structure.from_dict(json.load(file))` reads it, also the
 * flags and forces as site properties. Newer releases keep `properties` of the structure, older ones pass over it.
 */
import { anglesDegrees, lengths, volume } from '../model/lattice.ts';
import type { StructureDocument } from '../model/structure-document.ts';
import { type Atom, atomsOf } from './shared/atoms.ts';
import type { StructureFormat } from './shared/export-format.ts';

export const pymatgenFormat: StructureFormat = {
  identifier: 'pymatgen',
  title: 'pymatgen Structure.as_dict() as JSON',
  mediaType: 'application/json',
  extension: 'json',
  madeOf: 'structure',
  write: (structure) => [`${JSON.stringify(structureDict(structure))}\n`],
};

function structureDict(structure: StructureDocument): object {
  const { calculation, freeEnergyEv, energySigma0Ev } = structure;
  return {
    '@module': 'pymatgen.core.structure',
    '@class': 'Structure',
    charge: 0,
    lattice: latticeDict(structure),
    properties: { calculation, freeEnergyEv, energySigma0Ev },
    sites: atomsOf(structure).map(siteDict),
  };
}

function latticeDict({ latticeAngstrom }: StructureDocument): object {
  const [a, b, c] = lengths(latticeAngstrom);
  const [alpha, beta, gamma] = anglesDegrees(latticeAngstrom);
  const pbc = [true, true, true];
  return { matrix: latticeAngstrom, pbc, a, b, c, alpha, beta, gamma, volume: volume(latticeAngstrom) };
}

function siteDict({ element, cartesian, fractional, free, force }: Atom): object {
  return {
    species: [{ element, occu: 1 }],
    abc: fractional,
    xyz: cartesian,
    label: element,
    properties: {
      ...(free !== undefined && { selective_dynamics: free }),
      ...(force !== undefined && { forces: force }),
    },
  };
}
