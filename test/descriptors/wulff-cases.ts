/** Shapes of crystals from a short list of facets, for the tests of wulff-shape. */
import { wulffShape } from '../../descriptors/wulff-shape.ts';
import { available } from './descriptor-cases.ts';

export type Plane = readonly number[];
export type Facets = readonly (readonly [plane: Plane, energyJPerM2: number])[];

export const shape = (inputs: object) => wulffShape.compute(wulffShape.inputs.parse(inputs));
export const crystal = (lattice: object, pointGroup: string, facets: Facets) =>
  shape({ lattice, pointGroup, facets: facets.map(([hkl, surfaceEnergyJPerM2]) => ({ hkl, surfaceEnergyJPerM2 })) });

interface Share {
  readonly facet: string;
  readonly areaFraction: number;
  readonly surfaceEnergyJPerM2: number;
}

export const shares = (result: ReturnType<typeof shape>): readonly Share[] =>
  available(result).parts.areaFractions as Share[]; // as defined
export const fractions = (result: ReturnType<typeof shape>): number[] =>
  shares(result).map(({ areaFraction }) => areaFraction);

export const ZNO = { a: 3.2495, c: 5.2069 };
