/**
 * The +U of every element of a calculation.
 *
 * LDAUL, LDAUU and LDAUJ are lists in the order of the POTCARs, and a slab with an adsorbate has one POTCAR more: they
 * can only be compared by element (SCIENCE §11).
 */
import type { Calculation, SettingValue } from '../../model/calculation.ts';
import { elementOf } from '../usable-energy.ts';
import { told } from './told-settings.ts';

/** VASP's default: Dudarev's approach. */
const DEFAULT_LDAUTYPE = 2;

/** Text of the +U by element; an element with l = −1 or U = J = 0 has none. Undefined when the files do not tell. */
export function hubbardByElement(calculation: Calculation): ReadonlyMap<string, string> | undefined {
  const isOn = told(calculation, 'LDAU');
  if (isOn === false) return new Map();
  const { LDAUTYPE, LDAUL, LDAUU, LDAUJ } = calculation.settings;
  if (isOn === undefined || !isList(LDAUL) || !isList(LDAUU) || calculation.potcars.length === 0) return undefined;
  const byElement = new Map<string, string>();
  for (const [type, potcar] of calculation.potcars.entries()) {
    const element = elementOf(potcar.title);
    const l = LDAUL[type];
    const u = LDAUU[type] ?? 0;
    const j = isList(LDAUJ) ? (LDAUJ[type] ?? 0) : 0;
    if (element === undefined || l === undefined || l < 0 || (u === 0 && j === 0)) continue;
    byElement.set(element, `U ${u} J ${j} eV, l = ${l}, LDAUTYPE ${String(LDAUTYPE ?? DEFAULT_LDAUTYPE)}`);
  }
  return byElement;
}

function isList(value: SettingValue | undefined): value is readonly number[] {
  return Array.isArray(value);
}
