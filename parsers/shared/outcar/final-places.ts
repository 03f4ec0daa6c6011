/**
 * Where the values of the last complete ionic step and of the final structure stand.
 *
 * The mistake avoided here: a place without its value. A table that is there but damaged has bytes and no numbers, and
 * the starting positions of the header are not those of a later step.
 */
import type { FileRecord, IonicStep, Place } from '../../../model/calculation.ts';
import type { Header } from './header.ts';
import type { ParsedStep } from './ionic-step.ts';

type Places = Readonly<Record<string, Place>>;

const NEB = 'neb.';
const OF_STRUCTURE = 'structure.';
const LATTICE = 'structure.latticeAngstrom';
const CARTESIAN = 'structure.cartesianAngstrom';

export function recordPlaces(
  header: Header,
  last: ParsedStep | undefined,
  record: Pick<FileRecord, 'structure' | 'potcars'>,
): Places {
  const places: Record<string, Place> = {};
  for (const [name, place] of Object.entries(header.places)) {
    const isTold = name === 'potcars' ? record.potcars !== undefined : record.structure !== undefined;
    if (isTold || !(name === 'potcars' || name.startsWith(OF_STRUCTURE))) places[name] = place;
  }
  if (last === undefined) return places;
  const { step, cell, iteration } = last;
  for (const [name, place] of Object.entries(last.places)) if (has(step, name)) places[`final.${name}`] = place;
  if (iteration !== undefined && step.electronicStepCount !== undefined) {
    const { offset, lineEnd } = iteration;
    places['final.electronicStepCount'] = { byteOffset: offset, byteLength: lineEnd - offset };
  }
  if (step.latticeAngstrom !== undefined && cell !== undefined) {
    const place = { byteOffset: cell.from, byteLength: cell.to - cell.from };
    places['final.volumeAngstrom3'] = place;
    if (record.structure !== undefined) places[LATTICE] = place;
  }
  const { forces } = last.places;
  if (step.cartesianAngstrom !== undefined && record.structure !== undefined && forces !== undefined) {
    places[CARTESIAN] = forces;
  }
  return places;
}

function has(step: IonicStep, name: string): boolean {
  if (name === 'forces') return step.forcesEvPerAngstrom !== undefined;
  const [owner, key] = name.startsWith(NEB) ? [step.neb ?? {}, name.slice(NEB.length)] : [step, name];
  return Object.hasOwn(owner, key);
}
