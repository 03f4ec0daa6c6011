/**
 * One calculation as a line of calculations.ndjson: what it is, what it gave, where each value stands, what is wrong
 * with it. Coordinates, forces and profiles stay in the files they came from, those the run started with among them.
 */
import type { Calculation } from '../model/calculation.ts';
import { composition } from '../model/structure.ts';
import type { RoleAssignment } from '../model/system.ts';

export function calculationLine(
  calculation: Calculation,
  roles: ReadonlyMap<string, RoleAssignment>,
): Readonly<Record<string, unknown>> {
  const {
    structure,
    final,
    kpoints,
    vibrations,
    initialStructure: _start,
    companionValues: _profiles,
    ...rest
  } = calculation;
  const role = roles.get(calculation.id);
  const { cartesianAngstrom: _, forcesEvPerAngstrom: __, ...values } = final ?? { index: 0, electronic: 'unknown' };
  return {
    ...rest,
    ...(role !== undefined && { role: role.role, evidence: role.evidence, slab: role.slab }),
    ...(structure !== undefined && {
      composition: composition(structure.species),
      latticeAngstrom: structure.latticeAngstrom,
    }),
    ...(kpoints?.mesh !== undefined && { kpointMesh: kpoints.mesh }),
    ...(final !== undefined && { final: values }),
    ...(vibrations !== undefined && {
      vibrations: {
        ...vibrations,
        wavenumbersPerCm: Array.from(vibrations.wavenumbersPerCm),
        energiesMeV: Array.from(vibrations.energiesMeV),
      },
    }),
  };
}
