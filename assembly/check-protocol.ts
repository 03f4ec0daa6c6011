/**
 * Holds the settings of a slab against a protocol: pass, fail, or not determinable from the files.
 */
import type { Calculation } from '../model/calculation.ts';
import type { Protocol } from '../model/protocol.ts';
import type { ProtocolVerdict, RoleAssignment } from '../model/system.ts';
import { dispersionMethod } from './shared/dispersion-method.ts';
import { functionalOf } from './shared/functional.ts';
import { meshOf, spacings } from './shared/kpoint-mesh.ts';

interface Check {
  readonly item: string;
  readonly expected: string;
  /** Absent when the files do not tell. */
  readonly found: string | undefined;
  readonly passes: boolean;
}

export function checkProtocol(
  calculation: Calculation,
  role: RoleAssignment | undefined,
  protocol: Protocol,
): ProtocolVerdict[] {
  const checks = [...settingChecks(calculation, protocol), ...geometryChecks(calculation, role, protocol)];
  return checks.map(({ item, expected, found, passes }) => ({
    calculation: calculation.id,
    item,
    verdict: found === undefined ? 'not-determinable' : passes ? 'pass' : 'fail',
    expected,
    found: found ?? 'not told by the files',
  }));
}

function settingChecks(calculation: Calculation, protocol: Protocol): Check[] {
  const { GGA, ENCUT, IVDW, EDIFF } = protocol.settings;
  const number = (tag: string): number | undefined => {
    const value = calculation.settings[tag];
    return typeof value === 'number' ? value : undefined;
  };
  const checks: Check[] = [];
  if (GGA !== undefined) {
    const found = functionalName(calculation);
    checks.push({ item: 'GGA', expected: GGA, found, passes: found === GGA });
  }
  if (ENCUT !== undefined) {
    const found = number('ENCUT');
    const passes = found !== undefined && Math.abs(found - ENCUT.value) <= ENCUT.tolerance;
    checks.push({ item: 'ENCUT', expected: `${ENCUT.value} eV`, found: withUnit(found, 'eV'), passes });
  }
  if (IVDW !== undefined) {
    const found = dispersionMethod(calculation);
    checks.push({ item: 'IVDW', expected: String(IVDW), found: found?.toString(), passes: found === IVDW });
  }
  if (EDIFF !== undefined) {
    const found = number('EDIFF');
    const passes = found !== undefined && found <= EDIFF.maximum;
    checks.push({ item: 'EDIFF', expected: `≤ ${EDIFF.maximum} eV`, found: withUnit(found, 'eV'), passes });
  }
  return checks;
}

function geometryChecks(calculation: Calculation, role: RoleAssignment | undefined, protocol: Protocol): Check[] {
  const { kSpacing, maxForce, vacuum, fixedBottomLayers } = protocol;
  const checks: Check[] = [];
  if (kSpacing !== undefined) {
    const axis = role?.slab?.axis;
    const sampled = spacings(calculation)?.filter((_, index) => index !== axis);
    const largest = sampled === undefined ? undefined : Math.max(...sampled);
    const limit = kSpacing.maximum * kSpacing.roundingFactor;
    checks.push({
      item: 'k spacing',
      expected: `≤ ${kSpacing.maximum} Å⁻¹ (× ${kSpacing.roundingFactor} for rounding)`,
      found: withUnit(largest === undefined ? undefined : Number(largest.toFixed(4)), 'Å⁻¹'),
      passes: largest !== undefined && largest <= limit,
    });
    const across = axis === undefined ? undefined : meshOf(calculation)?.[axis];
    if (axis !== undefined) {
      checks.push({
        item: 'k-points across the vacuum',
        expected: '1',
        found: across?.toString(),
        passes: across === 1,
      });
    }
  }
  if (maxForce !== undefined) {
    const found = largestForce(calculation, maxForce.maximum);
    const passes = found !== undefined && found <= maxForce.maximum;
    const text = found === undefined ? undefined : `${found.toFixed(4)} eV/Å`;
    checks.push({ item: 'max force', expected: `≤ ${maxForce.maximum} eV/Å`, found: text, passes });
  }
  if (vacuum !== undefined) {
    const found = role?.slab?.vacuumAngstrom;
    const passes = found !== undefined && found >= vacuum.minimum - vacuum.tolerance;
    const text = found === undefined ? undefined : `${found.toFixed(2)} Å`;
    checks.push({ item: 'vacuum', expected: `≥ ${vacuum.minimum} Å (± ${vacuum.tolerance})`, found: text, passes });
  }
  if (fixedBottomLayers !== undefined) {
    const found = role?.slab?.fixedBottomLayers;
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

/** GGA says little about a meta-GGA or a hybrid, which build on it. */
function functionalName(calculation: Calculation): string | undefined {
  const { METAGGA, LHFCALC } = calculation.settings;
  if (typeof METAGGA === 'string' && /[A-Za-z]/.test(METAGGA)) return METAGGA;
  const { name } = functionalOf(calculation);
  return name !== undefined && LHFCALC === true ? `${name} with exact exchange` : name;
}

/** Without flags a large force may be that of a fixed atom, and tells nothing. */
function largestForce({ final }: Calculation, limitEvPerAngstrom: number): number | undefined {
  const all = final?.maxForceEvPerAngstrom;
  return final?.maxFreeForceEvPerAngstrom ?? (all !== undefined && all <= limitEvPerAngstrom ? all : undefined);
}

function withUnit(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${value} ${unit}`;
}
