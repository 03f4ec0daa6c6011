/**
 * Slabs that have a dipole and no correction for it: the periodic images of the slab then act on each other through the
 * vacuum (SCIENCE §4.7).
 *
 * Two signs of a dipole count: vacuum levels that differ by more than 0.1 eV, and faces of different termination. The
 * mistakes avoided here: taking the adsorbate for a termination of the slab it sits on, and relaxation of one face, or
 * the rumpling of a plane, for another termination.
 */
import type { Calculation } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Structure } from '../model/structure.ts';
import type { RoleAssignment } from '../model/system.ts';
import { rememberedAlong } from './shared/remembered.ts';
import { type Axis, heights } from './shared/slab-geometry.ts';
import { told } from './shared/told-settings.ts';

const EQUAL_LEVELS_EV = 0.1;
/**
 * Atoms of one element, counted from above and from below, are this close when the faces are alike. Relaxation and
 * rumpling stay below it; Zn and O of a polar double plane of wurtzite are 0.61 Å apart.
 */
const ALIKE_ANGSTROM = 0.5;
/** IDIPOL = 4 corrects all directions. */
const ALL_DIRECTIONS = 4;

/** The role with W_NO_DIPOLE where it applies. `bare`: the slab without adsorbate; absent when it is not known. */
export function withMissingDipole(
  role: RoleAssignment,
  calculation: Calculation | undefined,
  bare: Structure | undefined,
): RoleAssignment {
  if (calculation === undefined || role.slab === undefined) return role;
  if (role.role !== 'slab' && role.role !== 'adsorbed-slab') return role;
  const missing = missingDipole(calculation, role.slab.axis, bare);
  return missing === undefined ? role : { ...role, issues: [...role.issues, missing] };
}

function missingDipole(calculation: Calculation, axis: Axis, bare: Structure | undefined): Issue | undefined {
  const [ldipol, idipol] = [told(calculation, 'LDIPOL'), told(calculation, 'IDIPOL')];
  if (ldipol === undefined || typeof idipol !== 'number') return undefined;
  const normal = axis + 1;
  if (ldipol === true && (idipol === normal || idipol === ALL_DIRECTIONS)) return undefined;
  // A correction along a wrong direction is an error of its own: E_DIPOLE_AXIS.
  if (idipol >= 1 && idipol <= 3 && idipol !== normal) return undefined;
  const reason = signOfDipole(calculation, axis, bare);
  if (reason === undefined) return undefined;
  const found = `LDIPOL = ${ldipol === true ? 'T' : 'F'}, IDIPOL = ${idipol === 0 ? 'none' : idipol}`;
  return issue('W_NO_DIPOLE', { reason, found, axis: normal }, { file: calculation.id });
}

function signOfDipole({ vacuumLevelsEv }: Calculation, axis: Axis, bare: Structure | undefined): string | undefined {
  const step = vacuumLevelsEv === undefined ? 0 : Math.abs(vacuumLevelsEv.upper - vacuumLevelsEv.lower);
  if (step > EQUAL_LEVELS_EV) return `the vacuum levels of its two sides differ by ${step.toFixed(2)} eV`;
  return bare !== undefined && terminationsDiffer(bare, axis) ? 'its two faces have different terminations' : undefined;
}

/** Whether some element lies otherwise when the slab is read from above than from below. */
export const terminationsDiffer = rememberedAlong((structure, axis): boolean => {
  // One element terminates both faces.
  if (new Set(structure.species).size < 2) return false;
  const all = heights(structure, axis);
  const [bottom, top] = [Math.min(...all), Math.max(...all)];
  const byElement = new Map<string, number[]>();
  for (const [atom, element] of structure.species.entries()) {
    const height = (all[atom] ?? 0) - (bottom + top) / 2;
    const ofElement = byElement.get(element);
    if (ofElement === undefined) byElement.set(element, [height]);
    else ofElement.push(height);
  }
  return [...byElement.values()].some((ofElement) => {
    const sorted = ofElement.sort((left, right) => left - right);
    return sorted.some((height, at) => Math.abs(height + (sorted.at(-1 - at) ?? 0)) > ALIKE_ANGSTROM);
  });
});
