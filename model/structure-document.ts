/**
 * The last complete ionic step of a calculation as plain numbers: what structure formats are written from, and what the
 * store keeps.
 */
import type { Calculation } from './calculation.ts';
import type { Matrix3 } from './lattice.ts';

export interface StructureDocument {
  /** Id of the calculation. */
  readonly calculation: string;
  /** Rows are a, b, c in Å. */
  readonly latticeAngstrom: Matrix3;
  readonly species: readonly string[];
  /** 3N, Å, in the order of the file. */
  readonly cartesianAngstrom: readonly number[];
  /** 3N, free = true along that lattice vector. */
  readonly selectiveDynamics?: readonly boolean[];
  /** 3N, eV/Å. */
  readonly forcesEvPerAngstrom?: readonly number[];
  readonly freeEnergyEv?: number;
  readonly energySigma0Ev?: number;
}

/** Undefined when the calculation has no structure, or one with a coordinate or lattice vector that is no number. */
export function structureDocument({ id, structure, final }: Calculation): StructureDocument | undefined {
  if (structure === undefined) return undefined;
  const numbers = [...structure.latticeAngstrom.flat(), ...structure.cartesianAngstrom];
  if (!numbers.every(Number.isFinite)) return undefined;
  const forces = final?.forcesEvPerAngstrom;
  const flags = structure.selectiveDynamics;
  return {
    calculation: id,
    latticeAngstrom: structure.latticeAngstrom,
    species: structure.species,
    cartesianAngstrom: [...structure.cartesianAngstrom],
    ...(flags !== undefined && { selectiveDynamics: [...flags].map((flag) => flag === 1) }),
    ...(forces?.every(Number.isFinite) === true && { forcesEvPerAngstrom: [...forces] }),
    ...(final?.freeEnergyEv !== undefined && { freeEnergyEv: final.freeEnergyEv }),
    ...(final?.energySigma0Ev !== undefined && { energySigma0Ev: final.energySigma0Ev }),
  };
}
