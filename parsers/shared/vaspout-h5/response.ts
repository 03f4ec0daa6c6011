/**
 * Response of `/results/linear_response` (VASP ≥ 6.3). Tensors are as OUTCAR prints them (py4vasp prints the datasets
 * under the headings of OUTCAR).
 *
 * The mistake avoided here: the elastic moduli are a tensor of rank four; its pairs are put into the order of OUTCAR,
 * XX YY ZZ XY YZ ZX. Only the moduli with relaxed ions are the total ones.
 */
import type { Place } from '../../../model/calculation.ts';
import type { Matrix3 } from '../../../model/lattice.ts';
import type { Response } from '../../../model/response.ts';
import { type KnownValues, knownValues } from '../known-values.ts';
import type { Datasets } from './datasets.ts';
import { allFinite } from './geometry.ts';

export interface FoundResponse {
  readonly response: Response;
  readonly places: Readonly<Record<string, Place>>;
}

const GROUP = '/results/linear_response';
const PATHS = {
  elasticModuliKbar: `${GROUP}/relaxed_ion_elastic_modulus`,
  dielectricElectronic: `${GROUP}/electron_dielectric_tensor`,
  dielectricIonic: `${GROUP}/ion_dielectric_tensor`,
  bornChargesE: `${GROUP}/born_charges`,
} as const;

export function readResponse(datasets: Datasets, atoms: number | undefined): FoundResponse | undefined {
  if (datasets.names(GROUP).length === 0) return undefined;
  const response: KnownValues<Response> = knownValues({
    elasticModuliKbar: elasticModuli(datasets),
    dielectricElectronic: tensor(datasets, PATHS.dielectricElectronic),
    dielectricIonic: tensor(datasets, PATHS.dielectricIonic),
    bornChargesE: bornCharges(datasets, atoms),
  });
  const places: Record<string, Place> = {};
  for (const [name, path] of Object.entries(PATHS)) {
    if (name in response) places[`response.${name}`] = datasets.place(path);
  }
  return Object.keys(response).length === 0 ? undefined : { response, places };
}

function tensor(datasets: Datasets, path: string): Matrix3 | undefined {
  const values = datasets.shaped(path, [3, 3])?.values;
  return values === undefined ? undefined : matrixAt(values, 0);
}

function matrixAt(values: Float64Array, at: number): Matrix3 | undefined {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = values.subarray(at, at + 9);
  const matrix: Matrix3 = [
    [a, b, c],
    [d, e, f],
    [g, h, i],
  ];
  return matrix.flat().every(Number.isFinite) ? matrix : undefined;
}

function bornCharges(datasets: Datasets, atoms: number | undefined): readonly Matrix3[] | undefined {
  const values = datasets.shaped(PATHS.bornChargesE, [atoms ?? -1, 3, 3])?.values;
  if (values === undefined) return undefined;
  const charges = Array.from({ length: values.length / 9 }, (_, atom) => matrixAt(values, 9 * atom));
  return charges.every((charge) => charge !== undefined) ? charges : undefined;
}

/** XX YY ZZ XY YZ ZX */
const PAIRS = [
  [0, 0],
  [1, 1],
  [2, 2],
  [0, 1],
  [1, 2],
  [2, 0],
] as const;

function elasticModuli(datasets: Datasets): readonly (readonly number[])[] | undefined {
  const path = PATHS.elasticModuliKbar;
  const isCompact = datasets.shape(path)?.length === 2;
  const values = datasets.shaped(path, isCompact ? [6, 6] : [3, 3, 3, 3])?.values;
  if (values === undefined || allFinite(values) === undefined) return undefined;
  if (isCompact) return PAIRS.map((_, row) => [...values.subarray(6 * row, 6 * row + 6)]);
  return PAIRS.map(([i, j]) => PAIRS.map(([k, l]) => values[27 * i + 9 * j + 3 * k + l] ?? 0));
}
