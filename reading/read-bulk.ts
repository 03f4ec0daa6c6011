/**
 * Bulks from structure files: POSCAR, CIF, pymatgen's JSON, or any output file that holds a structure.
 *
 * The mistake avoided here: a folder of coatings of which one file cannot be read is not a folder without coatings. What is
 * wrong with one file is an issue with its name.
 */

import { type Bulk, bulkOf } from '../assembly/identify-facet.ts';
import { largestGaps, MINIMUM_VACUUM_ANGSTROM } from '../assembly/shared/slab-geometry.ts';
import { walk } from '../intake/walk.ts';
import { type Issue, issue, located } from '../model/issues.ts';
import type { Structure } from '../model/structure.ts';
import { atomCount } from '../model/structure.ts';
import { parserForName } from '../parsers/index.ts';
import { readRecord } from './read-record.ts';

export interface ReadBulk {
  /** As it was named, or its path in the folder that was named. */
  readonly file: string;
  /** Of the file as it is stored. */
  readonly sha256?: string;
  readonly structure: Structure;
  readonly bulk: Bulk;
}

export interface ReadBulks {
  readonly bulks: readonly ReadBulk[];
  readonly issues: readonly Issue[];
}

/** One file. No bulk: the issues say why. */
export async function readBulk(path: string, file = path): Promise<ReadBulks> {
  const { record, identity } = await readRecord(path, { steps: 'last', placeLines: false, neighbourFlags: false });
  const issues = located(record.issues, { file });
  const { structure } = record;
  if (structure === undefined) {
    const reason = record.unnamedStructure === undefined ? 'no structure in it' : 'a structure without element names';
    const isTold = issues.some(({ severity }) => severity === 'error');
    return { bulks: [], issues: isTold ? issues : [...issues, issue('E_UNREADABLE', { reason }, { file })] };
  }
  const bulk = bulkOf(structure);
  if (bulk === undefined) {
    const reason = `no bulk: ${atomCount(structure)} atoms are too many, or its lattice vectors are shorter than an atom`;
    return { bulks: [], issues: [...issues, issue('E_UNREADABLE', { reason }, { file })] };
  }
  const sha256 = identity?.sha256;
  return {
    bulks: [{ file, ...(sha256 !== undefined && { sha256 }), structure, bulk }],
    issues: [...issues, ...vacuumIssues(structure, file)],
  };
}

/** A single layer is a film or a substrate, too; the other facets of such a cell are none. */
function vacuumIssues(structure: Structure, file: string): Issue[] {
  return largestGaps(structure)
    .filter(({ gapAngstrom }) => gapAngstrom >= MINIMUM_VACUUM_ANGSTROM)
    .map(({ axis, gapAngstrom }) => issue('W_VACUUM_IN_BULK', { axis: 'abc'.charAt(axis), gapAngstrom }, { file }));
}

/** All structure files below a folder, in the order of their paths. */
export async function readBulks(folder: string): Promise<ReadBulks> {
  const found = walk([folder], isStructureName);
  const read: ReadBulks[] = [{ bulks: [], issues: found.issues }];
  for (const { path, absolutePath, files } of found.folders) {
    for (const { name } of files.filter((file) => isStructureName(file.name))) {
      read.push(await readBulk(`${absolutePath}/${name}`, path === '.' ? name : `${path}/${name}`));
    }
  }
  return { bulks: read.flatMap(({ bulks }) => bulks), issues: read.flatMap(({ issues }) => issues) };
}

function isStructureName(name: string): boolean {
  const format = parserForName(name)?.format;
  return format === 'poscar' || format === 'cif' || /\.json(?:\.gz)?$/i.test(name);
}
