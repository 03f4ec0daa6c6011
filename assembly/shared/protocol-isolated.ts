/**
 * What a protocol asks of isolated atoms and molecules: the box, the spin of an open shell, Γ alone (SCIENCE §1.9).
 */
import type { Calculation } from '../../model/calculation.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { RoleAssignment } from '../../model/system.ts';
import { meshOf } from './kpoint-mesh.ts';
import type { ProtocolCheck } from './protocol-item.ts';
import { largestGaps } from './slab-geometry.ts';
import { told } from './told-settings.ts';

/** Neutral atoms whose ground state is a singlet; all others have unpaired electrons. */
const CLOSED_SHELL = new Set('He Be Ne Mg Ar Ca Zn Kr Sr Pd Cd Xe Ba Yb Hg Rn Ra'.split(' '));

export function isolatedChecks(
  calculation: Calculation,
  role: RoleAssignment | undefined,
  { isolated }: Protocol,
): ProtocolCheck[] {
  const { structure } = calculation;
  const isAtom = role?.role === 'isolated-atom';
  if (isolated === undefined || structure === undefined || (!isAtom && role?.role !== 'isolated-molecule')) return [];
  const checks: ProtocolCheck[] = [];
  if (isolated.box !== undefined) {
    const smallest = Math.min(...largestGaps(structure).map(({ gapAngstrom }) => gapAngstrom));
    const { minimum } = isolated.box;
    const found = `${smallest.toFixed(2)} Å`;
    checks.push({ item: 'box', expected: `≥ ${minimum} Å on all sides`, found, passes: smallest >= minimum });
  }
  const isOpenShell = isAtom && structure.species.some((element) => !CLOSED_SHELL.has(element));
  if (isolated.openShellSpin === true && isOpenShell) {
    const ispin = told(calculation, 'ISPIN');
    const found = ispin === undefined ? undefined : `ISPIN = ${ispin}`;
    checks.push({ item: 'spin of the atom', expected: 'ISPIN = 2', found, passes: ispin === 2 });
  }
  if (isolated.gammaOnly === true) {
    const mesh = meshOf(calculation);
    const passes = mesh?.every((count) => count === 1) === true;
    checks.push({ item: 'k-points of the box', expected: 'Γ only', found: mesh?.join('×'), passes });
  }
  return checks;
}
