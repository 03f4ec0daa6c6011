/**
 * What a protocol asks of the k-points, the forces and the slab: spacing in the plane, Γ, one k-point across the vacuum,
 * free forces of relaxations, vacuum, fixed planes, dipole correction (SCIENCE §11).
 */
import type { Calculation } from '../../model/calculation.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { Role, RoleAssignment, SlabGeometry } from '../../model/system.ts';
import { meshOf, offsetOf, spacings } from './kpoint-mesh.ts';
import { type ProtocolCheck, withUnit } from './protocol-item.ts';
import { relaxes, told } from './told-settings.ts';

/** Nothing repeats there: a spacing means nothing. */
const ISOLATED: ReadonlySet<Role> = new Set(['isolated-atom', 'isolated-molecule', 'low-dimensional']);
/** Stands still at the end: an image keeps the force along its path, and molecular dynamics goes on. */
const MOVING: ReadonlySet<Role> = new Set(['neb-image', 'molecular-dynamics']);
const SAME_OFFSET = 0.02;

export function geometryChecks(
  calculation: Calculation,
  role: RoleAssignment | undefined,
  protocol: Protocol,
): ProtocolCheck[] {
  const slab = role?.slab;
  return [
    ...(role !== undefined && ISOLATED.has(role.role) ? [] : kpointChecks(calculation, slab, protocol)),
    ...(role !== undefined && MOVING.has(role.role) ? [] : forceChecks(calculation, protocol)),
    ...(slab === undefined ? [] : slabChecks(slab, protocol)),
    ...(role === undefined || slab === undefined ? [] : dipoleChecks(calculation, role, protocol)),
  ];
}

function kpointChecks(
  calculation: Calculation,
  slab: SlabGeometry | undefined,
  { kSpacing, gammaCentred }: Protocol,
): ProtocolCheck[] {
  const checks: ProtocolCheck[] = [];
  const mesh = meshOf(calculation);
  if (kSpacing !== undefined) {
    const { maximum, roundingFactor } = kSpacing;
    const sampled = spacings(calculation)?.filter((_, index) => index !== slab?.axis);
    const largest = sampled === undefined ? undefined : Math.max(...sampled);
    checks.push({
      item: 'k spacing',
      expected: `≤ ${maximum} Å⁻¹ (× ${roundingFactor} for rounding)`,
      found: withUnit(largest === undefined ? undefined : Number(largest.toFixed(4)), 'Å⁻¹'),
      passes: largest !== undefined && largest <= maximum * roundingFactor,
    });
    const across = slab === undefined ? undefined : mesh?.[slab.axis];
    if (slab !== undefined) {
      const item = 'k-points across the vacuum';
      checks.push({ item, expected: '1', found: across?.toString(), passes: across === 1 });
    }
  }
  if (gammaCentred === true) {
    const offset = mesh === undefined ? undefined : offsetOf(calculation.kpoints, mesh);
    const passes = offset?.every((value) => value <= SAME_OFFSET) === true;
    const found = offset === undefined ? undefined : passes ? 'through Γ' : 'beside Γ';
    checks.push({ item: 'k-mesh', expected: 'through Γ', found, passes });
  }
  return checks;
}

function forceChecks(calculation: Calculation, { maxForce }: Protocol): ProtocolCheck[] {
  if (maxForce === undefined || relaxes(calculation) === false) return [];
  const found = largestForce(calculation, maxForce.maximum);
  return [
    {
      item: 'max force',
      expected: `≤ ${maxForce.maximum} eV/Å`,
      found: found === undefined ? undefined : `${found.toFixed(4)} eV/Å`,
      passes: found !== undefined && found <= maxForce.maximum,
    },
  ];
}

/** Without flags a large force may be that of a fixed atom, and tells nothing. */
function largestForce({ final }: Calculation, limitEvPerAngstrom: number): number | undefined {
  const all = final?.maxForceEvPerAngstrom;
  return final?.maxFreeForceEvPerAngstrom ?? (all !== undefined && all <= limitEvPerAngstrom ? all : undefined);
}

function slabChecks(slab: SlabGeometry, { vacuum, fixedBottomLayers }: Protocol): ProtocolCheck[] {
  const checks: ProtocolCheck[] = [];
  if (vacuum !== undefined) {
    const { minimum, tolerance } = vacuum;
    const found = slab.vacuumAngstrom;
    const expected = `≥ ${minimum} Å (± ${tolerance})`;
    checks.push({ item: 'vacuum', expected, found: `${found.toFixed(2)} Å`, passes: found >= minimum - tolerance });
  }
  if (fixedBottomLayers !== undefined) {
    const found = slab.fixedBottomLayers;
    const expected = `${fixedBottomLayers} atomic planes`;
    checks.push({
      item: 'fixed bottom layers',
      expected,
      found: found?.toString(),
      passes: found === fixedBottomLayers,
    });
  }
  return checks;
}

/** A slab without dipole needs no correction, and is not held against this item. */
function dipoleChecks(
  calculation: Calculation,
  { slab, issues }: RoleAssignment,
  { dipoleCorrection }: Protocol,
): ProtocolCheck[] {
  if (dipoleCorrection === undefined || slab === undefined) return [];
  const item = 'dipole correction';
  const expected = `LDIPOL = T, IDIPOL = ${slab.axis + 1}`;
  const [ldipol, idipol] = [told(calculation, 'LDIPOL'), told(calculation, 'IDIPOL')];
  const found = `LDIPOL = ${ldipol === true ? 'T' : 'F'}, IDIPOL = ${idipol}`;
  if (issues.some(({ code }) => code === 'W_NO_DIPOLE' || code === 'E_DIPOLE_AXIS')) {
    return [{ item, expected, found, passes: false }];
  }
  return ldipol === true ? [{ item, expected, found, passes: true }] : [];
}
