/**
 * `<dos>` and `<eigenvalues>` of an ionic step. The eigenvalues are read at the end of the file only, and only those of
 * the last step: old versions print them in every one.
 *
 * The mistakes avoided here: molecular dynamics prints two `<dos>`, of which the last one has the Fermi energy of the
 * step; `<dos comment="kpoints_opt">` belongs to other k-points.
 */
import type { Place } from '../../../model/calculation.ts';
import type { DensityOfStates, Eigenvalues } from '../../../model/electronic.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import type { Content, Element } from './events.ts';
import type { NumberRows, NumberTable } from './number-rows.ts';

export interface BandBlocks {
  readonly open: (element: Element, path: readonly string[]) => Content;
  readonly text: (element: Element, text: string, place: Place, path: readonly string[]) => void;
  readonly rows: (element: Element, rows: NumberRows, place: Place, path: readonly string[]) => void;
  /** From now on `<eigenvalues>` are read, not put off. */
  readonly readEigenvalues: () => void;
  readonly fermiEnergyEv: () => number | undefined;
  readonly densityOfStates: () => DensityOfStates | undefined;
  readonly eigenvalues: () => Eigenvalues | undefined;
  /** `eigenvalues`, `densityOfStates`, `fermiEnergyEv`. */
  readonly places: Record<string, Place>;
  /** What is left out, since it cannot be read. */
  readonly issues: () => readonly Issue[];
}

/** `putsOff`: the reader can come back for the eigenvalues. */
export function bandBlocks(keepsDensityOfStates: boolean, putsOff: boolean): BandBlocks {
  let fermi: number | undefined;
  let dos: NumberTable[] = [];
  let levels: { readonly rows: NumberTable; readonly spin: number }[] = [];
  let spin = 0;
  let putOff = putsOff;
  let badFermi: Issue | undefined;
  const places: Record<string, Place> = {};
  return {
    places,
    readEigenvalues: () => {
      putOff = false;
    },
    open: ({ name, attributes }, path) => {
      if (path.length === 0 && name === 'eigenvalues') {
        levels = [];
        spin = 0;
        return putOff ? 'later' : 'children';
      }
      if (path.length === 0) {
        if (attributes.comment !== undefined) return 'skip';
        dos = [];
        return 'children';
      }
      if (path[0] === 'dos') {
        if (name === 'i') return 'text';
        if (!keepsDensityOfStates || name === 'partial') return 'skip';
        if (name === 'set') return attributes.comment?.startsWith('spin') ? { width: 3 } : 'children';
        return name === 'total' || name === 'array' ? 'children' : 'skip';
      }
      if (name === 'array') return 'children';
      if (name !== 'set') return 'skip';
      if (attributes.comment?.startsWith('spin')) spin += 1;
      return attributes.comment?.startsWith('kpoint') ? { width: 0, borrowed: true } : 'children';
    },
    text: (element, text, place) => {
      if (element.attributes.name !== 'efermi') return;
      const value = parseFortranNumber(text);
      fermi = Number.isFinite(value) ? value : undefined;
      badFermi = undefined;
      if (fermi !== undefined) places.fermiEnergyEv = place;
      else {
        delete places.fermiEnergyEv;
        badFermi = leftOut('a Fermi energy in eV', text.trim(), place.byteOffset, 'dos');
      }
    },
    rows: (_, rows, place, path) => {
      if (path[0] === 'dos') {
        dos.push(rows.table());
        places.densityOfStates = place;
      } else levels.push({ rows: rows.table(), spin });
    },
    fermiEnergyEv: () => fermi,
    densityOfStates: () => densityOfStatesOf(dos, fermi),
    eigenvalues: () => eigenvaluesOf(levels),
    issues: () => [
      ...(badFermi === undefined ? [] : [badFermi]),
      ...damagedTable(
        'eigenvalues',
        levels.map(({ rows }) => rows),
        eigenvaluesOf(levels),
        places.eigenvalues,
      ),
      ...damagedTable('densityOfStates', dos, densityOfStatesOf(dos, fermi), places.densityOfStates),
    ],
  };
}

/** A table whose rows are there and make no table. */
function damagedTable(
  block: string,
  parts: readonly NumberTable[],
  table: object | undefined,
  place: Place | undefined,
): Issue[] {
  const fault = parts.find(({ firstFault }) => firstFault >= 0)?.firstFault;
  if (table !== undefined || (fault === undefined && parts.every(({ count }) => count === 0))) return [];
  const found = fault === undefined ? 'parts of other sizes' : 'a row without its numbers';
  return [leftOut('rows of numbers, as many in every part', found, fault ?? place?.byteOffset ?? 0, block)];
}

function leftOut(expected: string, found: string, byteOffset: number, block: string): Issue {
  return issue('W_UNPARSEABLE', { expected, found }, { byteOffset, block });
}

function densityOfStatesOf(spins: readonly NumberTable[], fermi: number | undefined): DensityOfStates | undefined {
  const points = spins[0]?.count ?? 0;
  const regular = spins.every((rows) => rows.firstFault < 0 && rows.count === points);
  // Non-collinear runs list four sets: the total, then the three components of the magnetisation.
  const spinCount = spins.length === 2 ? 2 : 1;
  if (points === 0 || !regular) return undefined;
  const column = (rows: NumberTable | undefined, index: number): number[] =>
    Array.from({ length: points }, (_, point) => rows?.values[3 * point + index] ?? Number.NaN);
  const used = spins.slice(0, spinCount);
  return {
    spinCount,
    energiesEv: Float64Array.from(column(spins[0], 0)),
    totalPerEv: Float64Array.from(used.flatMap((rows) => column(rows, 1))),
    integrated: Float64Array.from(used.flatMap((rows) => column(rows, 2))),
    ...(fermi !== undefined && { fermiEnergyEv: fermi }),
  };
}

function eigenvaluesOf(
  levels: readonly { readonly rows: NumberTable; readonly spin: number }[],
): Eigenvalues | undefined {
  const bandCount = levels[0]?.rows.count ?? 0;
  const width = levels[0]?.rows.width ?? 0;
  const spins = levels.at(-1)?.spin ?? 0;
  const kpointCount = levels.length / spins;
  const regular = levels.every(({ rows }) => rows.firstFault < 0 && rows.count === bandCount && rows.width === width);
  if (bandCount === 0 || width < 2 || !regular || (spins !== 1 && spins !== 2) || !Number.isInteger(kpointCount))
    return undefined;
  const energiesEv = new Float64Array(levels.length * bandCount);
  const occupations = new Float64Array(levels.length * bandCount);
  let at = 0;
  for (const { rows } of levels) {
    const { values } = rows;
    for (let band = 0; band < bandCount; band += 1) {
      energiesEv[at] = values[band * width] as number; // count · width values
      occupations[at] = values[band * width + 1] as number;
      at += 1;
    }
  }
  return { spinCount: spins, kpointCount, bandCount, energiesEv, occupations };
}
