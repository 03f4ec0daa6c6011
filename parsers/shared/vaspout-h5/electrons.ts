/**
 * K-points, bands and states. Energies are absolute; occupations are 0…1 for every ISPIN.
 *
 * The mistake avoided here: `/input/kpoints` counts every point of the list once, the weights of the irreducible points
 * (zero for the extra points of a hybrid band structure) stand beside the eigenvalues.
 */

import { memorySource } from '../../../model/byte-source.ts';
import type { KPoints, Place } from '../../../model/calculation.ts';
import type { DensityOfStates, Eigenvalues } from '../../../model/electronic.ts';
import type { Vector3 } from '../../../model/lattice.ts';
import { kpointsParser } from '../../kpoints.ts';
import type { Datasets } from './datasets.ts';
import { allFinite } from './geometry.ts';

const BANDS = '/results/electron_eigenvalues';
const STATES = '/results/electron_dos';
const KPOINTS_TEXT = '/original/kpoints/content';

export interface FoundKpoints {
  readonly kpoints: KPoints;
  readonly path: string;
}

/** Mode `l`: a path through the zone, whose points sample nothing. */
export function isLineMode(datasets: Datasets): boolean {
  return /^l/i.test(datasets.text('/input/kpoints/mode') ?? '');
}

export function readKpoints(datasets: Datasets): FoundKpoints | undefined {
  const text = datasets.text(KPOINTS_TEXT);
  const asked = text === undefined ? undefined : kpointsParser.parse(memorySource(Buffer.from(`${text}\n`))).kpoints;
  const { fractional: _listed, weights: _stated, ...scheme } = asked ?? {};
  const points = readPoints(datasets);
  if (points === undefined) return asked === undefined ? undefined : { kpoints: asked, path: KPOINTS_TEXT };
  return { kpoints: { ...scheme, ...points }, path: `${BANDS}/kpoint_coords` };
}

interface Points {
  readonly fractional: readonly Vector3[];
  readonly weights?: readonly number[];
}

function readPoints(datasets: Datasets): Points | undefined {
  const values = datasets.shaped(`${BANDS}/kpoint_coords`, [-1, 3])?.values;
  if (values === undefined || allFinite(values) === undefined) return undefined;
  const fractional = Array.from({ length: values.length / 3 }, (_, index): Vector3 => {
    const at = 3 * index;
    return [values[at] ?? 0, values[at + 1] ?? 0, values[at + 2] ?? 0];
  });
  const weights = datasets.shaped(`${BANDS}/kpoints_symmetry_weight`, [fractional.length])?.values;
  return weights === undefined || allFinite(weights) === undefined
    ? { fractional }
    : { fractional, weights: [...weights] };
}

export interface FoundBands {
  readonly eigenvalues: Eigenvalues;
  readonly path: string;
}

export function readBands(datasets: Datasets): FoundBands | undefined {
  const path = `${BANDS}/eigenvalues`;
  const energies = datasets.shaped(path, [-1, -1, -1]);
  if (energies === undefined) return undefined;
  const [spinCount = 0, kpointCount = 0, bandCount = 0] = energies.shape;
  if ((spinCount !== 1 && spinCount !== 2) || energies.values.length === 0) return undefined;
  const occupations = datasets.shaped(`${BANDS}/fermiweights`, energies.shape)?.values;
  const points = readPoints(datasets);
  const isListed = points?.fractional.length === kpointCount;
  return {
    path,
    eigenvalues: {
      spinCount,
      kpointCount,
      bandCount,
      energiesEv: energies.values,
      ...(occupations !== undefined && { occupations }),
      ...(isListed && points !== undefined && { kpointsFractional: points.fractional }),
      ...(isListed && points?.weights !== undefined && { weights: points.weights }),
    },
  };
}

export interface FoundFermi {
  readonly energyEv: number;
  readonly place: Place;
}

export function readFermi(datasets: Datasets): FoundFermi | undefined {
  const energyEv = datasets.number(`${STATES}/efermi`);
  return energyEv === undefined ? undefined : { energyEv, place: datasets.place(`${STATES}/efermi`) };
}

export function readStates(datasets: Datasets): DensityOfStates | undefined {
  const energiesEv = datasets.shaped(`${STATES}/energies`, [-1])?.values;
  if (energiesEv === undefined) return undefined;
  const total = datasets.shaped(`${STATES}/dos`, [-1, energiesEv.length]);
  if (total === undefined) return undefined;
  const integrated = datasets.shaped(`${STATES}/dosi`, total.shape)?.values;
  const spinCount = total.shape[0];
  if ((spinCount !== 1 && spinCount !== 2) || integrated === undefined) return undefined;
  if (![energiesEv, total.values, integrated].every((values) => allFinite(values))) return undefined;
  const fermi = readFermi(datasets);
  return {
    spinCount,
    energiesEv,
    totalPerEv: total.values,
    integrated,
    ...(fermi !== undefined && { fermiEnergyEv: fermi.energyEv }),
  };
}

export const STATES_PATH = `${STATES}/dos`;
