/** Structures in which a swapped axis, sign or handedness shows, and pieces of a file as text. */
import type { Chunks } from '../../exports/index.ts';
import type { StructureDocument } from '../../model/structure-document.ts';

/** No two lengths, angles or coordinates are equal; elements come in more runs than there are elements. */
export const TRICLINIC: StructureDocument = {
  calculation: 'campaign/zno 002/slab/OUTCAR',
  latticeAngstrom: [
    [5.1, 0.3, -0.2],
    [-1.7, 6.3, 0.45],
    [0.8, 1.1, 11.9],
  ],
  species: ['Zn', 'Zn', 'O', 'Zn', 'Li'],
  cartesianAngstrom: [
    0.1,
    0.2,
    0.30000000000000004,
    2.123456789012345,
    1.7,
    3.3,
    -0.4,
    5.9,
    1e-7,
    1 / 3,
    2 / 3,
    7.25,
    3.9,
    0.05,
    12.5,
  ],
  selectiveDynamics: [true, true, true, false, false, false, true, true, true, false, false, false, true, true, true],
  forcesEvPerAngstrom: [0.01, -0.02, 0.03, 1e-12, 0, -4.5, 0.7, 0.8, 0.9, -0.1, -0.2, -0.3, 0.123456789, 2, 3],
  freeEnergyEv: -123.45678901234567,
  energySigma0Ev: -123.4,
};

/** The same vectors with a and b exchanged: det < 0. Flags differ along a, b and c. */
export const LEFT_HANDED: StructureDocument = {
  ...TRICLINIC,
  calculation: 'left/OUTCAR',
  latticeAngstrom: [TRICLINIC.latticeAngstrom[1], TRICLINIC.latticeAngstrom[0], TRICLINIC.latticeAngstrom[2]],
  selectiveDynamics: TRICLINIC.species.flatMap(() => [true, false, true]),
};

export const ONE_ATOM: StructureDocument = {
  calculation: '7',
  latticeAngstrom: [
    [10, 0, 0],
    [0, 11, 0],
    [0, 0, 12.5],
  ],
  species: ['Li'],
  cartesianAngstrom: [0, 0, 0],
  selectiveDynamics: [true, false, true],
  freeEnergyEv: -0.2971,
};

/** Ids are paths, and a path may hold anything but a zero byte. */
export const HOSTILE_IDS = [
  'a\nb/OUTCAR',
  '=cmd|"/c calc"!A1',
  `quote" and 'apostrophe'`,
  'back\\slash\\',
  '1 2',
  'T',
  'nan',
  ', ',
  '_JSON {}',
  'Zn–O/µ/OUTCAR',
  '\u2028line\u0085feed\u001b[2J',
  '\n;\ndata_other\n_cell_length_a 1',
  '# no comment',
  'brace} [bracket] {x=1} energy=5',
] as const;

export const STRUCTURES: readonly StructureDocument[] = [
  TRICLINIC,
  LEFT_HANDED,
  ONE_ATOM,
  ...HOSTILE_IDS.map((calculation) => ({ ...ONE_ATOM, calculation })),
];

export async function* streamed<T>(values: Iterable<T>): AsyncGenerator<T> {
  yield* values;
}

export async function textOf(chunks: Chunks): Promise<string> {
  return Buffer.from(await bytesOf(chunks)).toString('utf8');
}

export async function bytesOf(chunks: Chunks): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(parts);
}
