/**
 * Holds the settings of a slab against a protocol: pass, fail, or not determinable from the files.
 */
import type { Calculation } from '../model/calculation.ts';
import type { Protocol } from '../model/protocol.ts';
import type { ProtocolVerdict, RoleAssignment } from '../model/system.ts';
import { spacings } from './shared/kpoint-mesh.ts';

/** LEXCH codes that VASP prints for the functionals a protocol names, when GGA is `--` (taken from the POTCAR). */
const LEXCH_NAMES: Readonly<Record<number, string>> = { 8: 'PE', 9: 'RP', 14: 'PS' };

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
    const found = functional(calculation);
    checks.push({ item: 'GGA', expected: GGA, found, passes: found === GGA });
  }
  if (ENCUT !== undefined) {
    const found = number('ENCUT');
    const passes = found !== undefined && Math.abs(found - ENCUT.value) <= ENCUT.tolerance;
    checks.push({ item: 'ENCUT', expected: `${ENCUT.value} eV`, found: withUnit(found, 'eV'), passes });
  }
  if (IVDW !== undefined) {
    // OUTCAR names the method only when there is one; an OUTCAR without it has none.
    const found = number('IVDW') ?? (calculation.source === 'outcar' ? 0 : undefined);
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
  }
  if (maxForce !== undefined) {
    const found = calculation.final?.maxFreeForceEvPerAngstrom ?? calculation.final?.maxForceEvPerAngstrom;
    const passes = found !== undefined && found <= maxForce.maximum;
    checks.push({ item: 'max force', expected: `≤ ${maxForce.maximum} eV/Å`, found: withUnit(found, 'eV/Å'), passes });
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

function functional(calculation: Calculation): string | undefined {
  const { GGA, LEXCH } = calculation.settings;
  if (typeof GGA === 'string' && GGA !== '--') return GGA.toUpperCase();
  return typeof LEXCH === 'number' ? LEXCH_NAMES[LEXCH] : undefined;
}

function withUnit(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${value} ${unit}`;
}
