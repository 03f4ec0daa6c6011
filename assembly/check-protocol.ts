/**
 * Holds a calculation against a protocol: pass, fail, or not determinable from the files.
 *
 * The mistake avoided here: failing a calculation for what does not concern it. Vacuum and fixed planes are asked of
 * slabs, forces of relaxations, k spacings of crystals and slabs in their plane, the box and the spin of isolated atoms.
 */
import type { Calculation } from '../model/calculation.ts';
import type { Protocol } from '../model/protocol.ts';
import type { ProtocolVerdict, Role, RoleAssignment } from '../model/system.ts';
import { dispersionMethod } from './shared/dispersion-method.ts';
import { functionalOf } from './shared/functional.ts';
import { geometryChecks } from './shared/protocol-geometry.ts';
import { isolatedChecks } from './shared/protocol-isolated.ts';
import { type ProtocolCheck, withUnit } from './shared/protocol-item.ts';
import { told, toldNumber } from './shared/told-settings.ts';

/** Calculations that nobody will use are not held against anything. */
const UNCHECKED: ReadonlySet<Role> = new Set(['superseded', 'ignored', 'undetermined']);

export function isHeldAgainstProtocol(role: RoleAssignment | undefined): boolean {
  return role !== undefined && !UNCHECKED.has(role.role);
}

export function checkProtocol(
  calculation: Calculation,
  role: RoleAssignment | undefined,
  protocol: Protocol,
): ProtocolVerdict[] {
  const checks = [
    ...functionalChecks(calculation, protocol),
    ...settingChecks(calculation, protocol),
    ...geometryChecks(calculation, role, protocol),
    ...isolatedChecks(calculation, role, protocol),
    ...bandChecks(calculation, role, protocol),
  ];
  return checks.map(({ item, expected, found, passes }) => ({
    calculation: calculation.id,
    item,
    verdict: found === undefined ? 'not-determinable' : passes ? 'pass' : 'fail',
    expected,
    found: found ?? 'not told by the files',
  }));
}

function functionalChecks(calculation: Calculation, { settings }: Protocol): ProtocolCheck[] {
  const { GGA, METAGGA, LHFCALC, POTCAR } = settings;
  const checks: ProtocolCheck[] = [];
  if (GGA !== undefined) {
    // What is asked for by an item of its own is not told twice.
    const found = functionalName(calculation, { meta: METAGGA === undefined, exchange: LHFCALC === undefined });
    checks.push({ item: 'GGA', expected: GGA, found, passes: found === GGA });
  }
  if (METAGGA !== undefined) {
    const found = metaGgaOf(calculation);
    checks.push({ item: 'METAGGA', expected: METAGGA, found, passes: found?.toUpperCase() === METAGGA.toUpperCase() });
  }
  if (LHFCALC !== undefined) {
    const found = told(calculation, 'LHFCALC');
    checks.push({ item: 'LHFCALC', expected: String(LHFCALC), found: found?.toString(), passes: found === LHFCALC });
  }
  if (POTCAR !== undefined) {
    const families = [...new Set(calculation.potcars.map(({ title }) => title.trim().split(/\s+/)[0] ?? ''))];
    checks.push({
      item: 'POTCAR',
      expected: `${POTCAR} of every element`,
      found: families.length === 0 ? undefined : families.join(', '),
      passes: families.every((family) => family === POTCAR || family.startsWith(`${POTCAR}_`)),
    });
  }
  return checks;
}

function settingChecks(calculation: Calculation, { settings, tags = {} }: Protocol): ProtocolCheck[] {
  const { PREC, ENCUT, IVDW, EDIFF } = settings;
  const checks: ProtocolCheck[] = [];
  if (PREC !== undefined) {
    const found = told(calculation, 'PREC')?.toString();
    const letters = PREC.map((name) => name[0]?.toUpperCase());
    checks.push({
      item: 'PREC',
      expected: PREC.join(' or '),
      found,
      passes: letters.includes(found?.[0]?.toUpperCase()),
    });
  }
  if (ENCUT !== undefined) {
    const found = toldNumber(calculation, 'ENCUT');
    const isMinimum = 'minimum' in ENCUT;
    const passes =
      found !== undefined &&
      (isMinimum ? found >= ENCUT.minimum : Math.abs(found - ENCUT.value) <= ENCUT.tolerance + ROUNDING_EV);
    const expected = isMinimum ? `≥ ${ENCUT.minimum} eV` : `${ENCUT.value} eV`;
    checks.push({ item: 'ENCUT', expected, found: withUnit(found, 'eV'), passes });
  }
  if (IVDW !== undefined) {
    const found = dispersionMethod(calculation);
    checks.push({ item: 'IVDW', expected: String(IVDW), found: found?.toString(), passes: found === IVDW });
  }
  if (EDIFF !== undefined) {
    const found = toldNumber(calculation, 'EDIFF');
    const passes = found !== undefined && found <= EDIFF.maximum;
    checks.push({ item: 'EDIFF', expected: `≤ ${EDIFF.maximum} eV`, found: withUnit(found, 'eV'), passes });
  }
  for (const [tag, expected] of Object.entries(tags)) {
    const found = told(calculation, tag)?.toString();
    checks.push({ item: tag, expected: String(expected), found, passes: found === String(expected) });
  }
  return checks;
}

/** 520.1 − 520 is a little above 0.1 in binary. */
const ROUNDING_EV = 1e-9;

/** GGA says little about a meta-GGA or a hybrid, which build on it. */
function functionalName(
  calculation: Calculation,
  withinName: { readonly meta: boolean; readonly exchange: boolean },
): string | undefined {
  const meta = metaGgaOf(calculation);
  if (withinName.meta && meta !== undefined && meta !== NO_META_GGA) return meta;
  const { name } = functionalOf(calculation);
  const isHybrid = withinName.exchange && calculation.settings.LHFCALC === true;
  return name !== undefined && isHybrid ? `${name} with exact exchange` : name;
}

const NO_META_GGA = 'none';

function metaGgaOf(calculation: Calculation): string | undefined {
  const value = told(calculation, 'METAGGA')?.toString();
  if (value === undefined) return undefined;
  return /[A-Za-z]/.test(value) && !/^(f|false|none)$/i.test(value) ? value : NO_META_GGA;
}

function bandChecks(calculation: Calculation, role: RoleAssignment | undefined, { band }: Protocol): ProtocolCheck[] {
  if (band === undefined || role?.role !== 'neb-image') return [];
  const found = told(calculation, 'LCLIMB');
  return [{ item: 'climbing image', expected: 'LCLIMB = T', found: found?.toString(), passes: found === true }];
}
