/**
 * The settings that a missing calculation would have to share, in the words of a methods section: `520 eV, PBE +
 * D3(BJ), 4×4×1`. What the files do not tell is left out.
 */
import { dispersionMethod } from '../assembly/shared/dispersion-method.ts';
import { functionalOf } from '../assembly/shared/functional.ts';
import { meshOf } from '../assembly/shared/kpoint-mesh.ts';
import type { Calculation } from '../model/calculation.ts';

const FUNCTIONALS: Readonly<Record<string, string>> = {
  PE: 'PBE',
  PS: 'PBEsol',
  RP: 'RPBE',
  CA: 'LDA',
  '91': 'PW91',
  MK: 'optB86b',
};
/** IVDW (SCIENCE §1.5). */
const DISPERSIONS: Readonly<Record<number, string>> = {
  1: 'D2',
  11: 'D3(zero)',
  12: 'D3(BJ)',
  13: 'D4',
  20: 'TS',
  21: 'TS',
  202: 'MBD',
  4: 'dDsC',
};

/** Empty when the files tell none of it. `mesh`: for another calculation in the same cell. */
export function settingsText(calculation: Calculation, { mesh }: { readonly mesh: boolean }): string {
  const { ENCUT } = calculation.settings;
  const points = mesh ? meshOf(calculation) : undefined;
  const method = methodText(calculation);
  return [
    ...(typeof ENCUT === 'number' ? [`${ENCUT} eV`] : []),
    ...(method === '' ? [] : [method]),
    ...(points === undefined ? [] : [points.join('×')]),
  ].join(', ');
}

/** `PBE + D3(BJ)`: what decides about a lattice. */
export function methodText(calculation: Calculation): string {
  const { METAGGA, LHFCALC, LUSE_VDW, LDAU } = calculation.settings;
  const meta = typeof METAGGA === 'string' && /[A-Za-z]/.test(METAGGA) ? METAGGA : undefined;
  const { name } = functionalOf(calculation);
  const functional = meta ?? (name === undefined ? undefined : (FUNCTIONALS[name] ?? `GGA = ${name}`));
  const method = dispersionMethod(calculation);
  const dispersion = method === undefined || method === 0 ? undefined : (DISPERSIONS[method] ?? `IVDW = ${method}`);
  return [
    functional,
    ...(LHFCALC === true ? ['exact exchange'] : []),
    ...(LUSE_VDW === true ? ['non-local vdW'] : []),
    dispersion,
    ...(LDAU === true ? ['U'] : []),
  ]
    .flatMap((part) => part ?? [])
    .join(' + ');
}
