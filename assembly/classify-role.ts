/**
 * What a calculation is for, as its structure shows it; folder names are never asked.
 *
 * Vacuum along no axis is a bulk, along one a slab, along three an isolated atom or molecule. Whether a slab carries an
 * adsorbate is decided later, when its clean slab is found. The mistake avoided here: an adatom alone in the cell of its
 * slab, as a charge difference needs it, has vacuum along one axis too and would be a surface of its own.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import { norm, reducedLattice, volume } from '../model/lattice.ts';
import { atomCount, type Structure } from '../model/structure.ts';
import type { Role, RoleAssignment } from '../model/system.ts';
import { slabGeometry } from './shared/describe-slab.ts';
import { formulaOf } from './shared/remembered.ts';
import { type Gap, largestGaps, MINIMUM_VACUUM_ANGSTROM } from './shared/slab-geometry.ts';

const COMFORTABLE_VACUUM_ANGSTROM = 15;
const MINIMUM_BOX_ANGSTROM = 12;
/** One atom whose images are farther than this is alone; neighbours in metals of one atom per layer are nearer. */
const ALONE_ANGSTROM = 4;
/** Less than any atom fills: a cell whose vectors lie in a plane. */
const SMALLEST_VOLUME_ANGSTROM3 = 0.1;
/** Working ions whose neutral atom has an unpaired electron. */
const OPEN_SHELL = new Set(['Li', 'Na', 'K', 'Al']);
const AXIS_NAMES = ['a', 'b', 'c'];

export function classifyRole(calculation: Calculation): RoleAssignment {
  const structure = calculation.structure;
  const base = { calculation: calculation.id, stated: 'structure' as const };
  if (structure === undefined || atomCount(structure) === 0) {
    return { ...base, role: 'undetermined', evidence: ['no structure is known'], issues: [] };
  }
  if (!(volume(structure.latticeAngstrom) > SMALLEST_VOLUME_ANGSTROM3)) {
    return { ...base, role: 'undetermined', evidence: ['the cell has no volume'], issues: [] };
  }
  const gaps = largestGaps(structure);
  const open = gaps.filter((gap) => gap.gapAngstrom >= MINIMUM_VACUUM_ANGSTROM);
  const evidence = [`${formulaOf(structure)}: ${gaps.map(gapText).join(', ')}`];
  const [only] = open;
  if (only === undefined) return { ...base, role: 'bulk', evidence, issues: [] };
  if (open.length < 3 && isAlone(structure)) {
    return {
      ...base,
      role: 'isolated-atom',
      evidence: [...evidence, 'one atom, too near its images for a reference'],
      issues: [],
    };
  }
  if (open.length === 1) {
    const slab = slabGeometry(structure, only);
    return { ...base, role: 'slab', evidence, slab, issues: slabIssues(calculation, only) };
  }
  if (open.length === 2) {
    return { ...base, role: 'low-dimensional', evidence, issues: [issue('W_LOW_DIMENSIONAL', {})] };
  }
  const role = atomCount(structure) === 1 ? 'isolated-atom' : 'isolated-molecule';
  return { ...base, role, evidence, issues: isolatedIssues(calculation, structure, open) };
}

/** The role that the manifest states, with what a slab or an isolated species shows in that role. */
export function statedRole(calculation: Calculation, role: Role): RoleAssignment {
  const { structure } = calculation;
  const base = { calculation: calculation.id, role, stated: 'manifest' as const, evidence: ['stated in the manifest'] };
  if (structure === undefined || !hasAtomsInACell(structure)) return { ...base, issues: [] };
  const gaps = largestGaps(structure);
  if (role === 'slab' || role === 'adsorbed-slab') {
    const gap = gaps.reduce((widest, other) => (other.gapAngstrom > widest.gapAngstrom ? other : widest));
    return { ...base, slab: slabGeometry(structure, gap), issues: slabIssues(calculation, gap) };
  }
  const isIsolated = role === 'isolated-atom' || role === 'isolated-molecule';
  return { ...base, issues: isIsolated ? isolatedIssues(calculation, structure, gaps) : [] };
}

function isAlone({ latticeAngstrom, species }: Structure): boolean {
  return species.length === 1 && Math.min(...reducedLattice(latticeAngstrom).map(norm)) > ALONE_ANGSTROM;
}

/** An atom in the cell of a slab feels its images: energies are counted from one with vacuum on all sides, or a stated one. */
export function isReferenceAtom({ structure }: Calculation, stated: RoleAssignment['stated'] | undefined): boolean {
  if (stated === 'manifest' || structure === undefined) return true;
  return largestGaps(structure).every(({ gapAngstrom }) => gapAngstrom >= MINIMUM_VACUUM_ANGSTROM);
}

export function hasAtomsInACell(structure: Structure): boolean {
  return atomCount(structure) > 0 && volume(structure.latticeAngstrom) > SMALLEST_VOLUME_ANGSTROM3;
}

function gapText(gap: Gap): string {
  return `gap ${gap.gapAngstrom.toFixed(1)} Å along ${AXIS_NAMES[gap.axis] ?? ''}`;
}

/** Thin vacuum, and a dipole correction along another direction than the normal (SCIENCE §4.1, §4.7). */
function slabIssues({ settings }: Calculation, { gapAngstrom: vacuumAngstrom, axis }: Gap): Issue[] {
  const idipol = settings.IDIPOL;
  const isAlongAVector = typeof idipol === 'number' && idipol >= 1 && idipol <= 3;
  const normal = axis + 1;
  return [
    ...(vacuumAngstrom < MINIMUM_VACUUM_ANGSTROM ? [issue('E_NOT_A_SLAB', { vacuumAngstrom })] : []),
    ...(vacuumAngstrom < COMFORTABLE_VACUUM_ANGSTROM ? [issue('W_THIN_VACUUM', { vacuumAngstrom })] : []),
    ...(isAlongAVector && idipol !== normal ? [issue('E_DIPOLE_AXIS', { idipol, axis: normal })] : []),
  ];
}

function isolatedIssues(calculation: Calculation, structure: Structure, open: readonly Gap[]): Issue[] {
  const issues: Issue[] = [];
  const smallest = Math.min(...open.map((gap) => gap.gapAngstrom));
  if (smallest < MINIMUM_BOX_ANGSTROM) issues.push(issue('W_SMALL_BOX', { angstrom: smallest }));
  const [element] = structure.species;
  const isOpenShell = atomCount(structure) === 1 && element !== undefined && OPEN_SHELL.has(element);
  if (isOpenShell && calculation.settings.ISPIN === 1) issues.push(issue('W_ATOM_NOT_SPIN', { element }));
  return issues;
}
