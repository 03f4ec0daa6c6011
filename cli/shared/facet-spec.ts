/**
 * A facet on the command line: `Zn.vasp:0,0,1`, `ZnO.cif:10-10`, `TiN.json:all`, or a folder of structure files.
 *
 * The mistake avoided here: four indices whose third is not −(h + k) name no plane; taking three of them would give
 * another one than was meant.
 */
import { type BulkFacet, bulkFacet, bulkFacets } from '../../assembly/bulk-facets.ts';
import type { Bulk } from '../../assembly/identify-facet.ts';
import { formulaInOrder } from '../../assembly/shared/composition-difference.ts';
import { facesOf } from '../../assembly/shared/cut-slab.ts';
import type { Miller } from '../../assembly/shared/miller.ts';
import { AdatomError } from '../../model/errors.ts';
import { hasError, type Issue } from '../../model/issues.ts';
import { type ReadBulk, type ReadBulks, readBulk, readBulks } from '../../reading/read-bulk.ts';
import { pathKind } from './named-folder.ts';
import { visible } from './terminal.ts';

/** A plane of a bulk that was read from a file. */
export interface FileFacet {
  /** `Zn(0001)`. */
  readonly name: string;
  readonly file: string;
  readonly sha256?: string;
  readonly bulk: Bulk;
  readonly facet: BulkFacet;
}

export interface FileFacets {
  readonly facets: readonly FileFacet[];
  /** Of files that gave none. */
  readonly issues: readonly Issue[];
}

interface FacetSpec {
  readonly path: string;
  readonly planes: 'all' | Miller;
  /** Told with four indices: of hexagonal axes only. */
  readonly isFourIndexed: boolean;
}

/** Whether a SPEC names a file or a folder that is there. */
export function namesFile(spec: string): boolean {
  return pathKind(spec) !== undefined || pathKind(spec.slice(0, Math.max(0, spec.lastIndexOf(':')))) !== undefined;
}

/**
 * The facets that a SPEC names; `all`, and a SPEC without indices: each family with indices up to `maxMiller` once. Throws
 * `AdatomError`: `request` for what is no SPEC, `unanswerable` for a file without a bulk.
 */
export async function fileFacets(spec: string, maxMiller: number): Promise<FileFacets> {
  const { path, planes, isFourIndexed } = parsedSpec(spec);
  const read: ReadBulks = pathKind(path) === 'folder' ? await readBulks(path) : await readBulk(path);
  if (read.bulks.length === 0) {
    const [fault] = read.issues.filter((entry) => hasError([entry]));
    throw new AdatomError('unanswerable', visible(`${path}: ${fault?.message ?? 'no structure files in it'}`));
  }
  const other = read.bulks.find(({ bulk }) => isFourIndexed && bulk.axes.family !== 'hexagonal');
  if (other !== undefined) {
    const reason = `four indices are of hexagonal axes, and ${other.file} is ${other.bulk.axes.family}`;
    throw new AdatomError('request', visible(`${spec}: ${reason}`));
  }
  const facets = read.bulks.flatMap((bulk) => facetsOf(bulk, planes, maxMiller));
  return { facets, issues: read.issues };
}

function facetsOf({ file, sha256, bulk }: ReadBulk, planes: FacetSpec['planes'], maxMiller: number): FileFacet[] {
  const formula = formulaInOrder(bulk.crystal.atoms.map(({ species }) => species));
  const facets = planes === 'all' ? bulkFacets(bulk, maxMiller) : [bulkFacet(bulk, planes)];
  return facets.map((facet) => ({
    name: `${formula}${facet.name}`,
    file,
    ...(sha256 !== undefined && { sha256 }),
    bulk,
    facet,
  }));
}

function parsedSpec(spec: string): FacetSpec {
  if (pathKind(spec) !== undefined) return { path: spec, planes: 'all', isFourIndexed: false };
  const colon = spec.lastIndexOf(':');
  const [path, indices] = colon < 0 ? [spec, ''] : [spec.slice(0, colon), spec.slice(colon + 1).trim()];
  if (pathKind(path) === undefined) throw new AdatomError('request', visible(`no such file or folder: ${path}`));
  if (indices === 'all') return { path, planes: 'all', isFourIndexed: false };
  return { path, planes: millerOf(indices, spec), isFourIndexed: indicesIn(indices).length === 4 };
}

/** `0,0,1`, `1,0,-1,0`, `001`, `10-10`: three or four numbers, or none. */
function indicesIn(text: string): number[] {
  if (/^(?:-?\d){3,4}$/.test(text)) return (text.match(/-?\d/g) ?? []).map(Number);
  return /^-?\d{1,3}(?:,-?\d{1,3}){2,3}$/.test(text.replaceAll(' ', '')) ? text.split(',').map(Number) : [];
}

function millerOf(text: string, spec: string): Miller {
  const [h, k, third, fourth] = indicesIn(text);
  if (h === undefined || k === undefined || third === undefined) {
    throw new AdatomError(
      'request',
      visible(`${spec}: expected indices such as 0,0,1 or 1,0,-1,0, or "all", found "${text}"`),
    );
  }
  if (fourth !== undefined && third !== -(h + k)) {
    throw new AdatomError(
      'request',
      visible(`${spec}: of four indices the third is -(h + k) = ${0 - h - k}, found ${third}`),
    );
  }
  const miller: Miller = [h, k, fourth ?? third];
  if (miller.every((index) => index === 0)) throw new AdatomError('request', visible(`${spec}: (000) is no plane`));
  return miller;
}

/** What the JSON tells of a facet: where it is from, its names, its mesh. */
export function facetDocument({ name, file, sha256, bulk: { axes, crystal }, facet }: FileFacet): object {
  const [[a], b] = facet.lattice;
  const lengths = [a, Math.hypot(...b)];
  return {
    name,
    file,
    sha256,
    miller: facet.miller,
    family: facet.family,
    label: facet.label,
    polar: facet.isPolar,
    termination: facet.termination,
    faces: facesOf(crystal, facet),
    spacingAngstrom: facet.spacingAngstrom,
    planeSpacingAngstrom: facet.planeSpacingAngstrom,
    areaAngstrom2: facet.areaAngstrom2,
    lengthsAngstrom: lengths,
    gammaDegrees: (Math.atan2(b[1], b[0]) * 180) / Math.PI,
    components: facet.components,
    conventionalAxes: { family: axes.family, latticeAngstrom: axes.lattice },
  };
}
