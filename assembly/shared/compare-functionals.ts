/**
 * Rows for the Hamiltonian: functional, meta-GGA, exact exchange, non-local correlation, dispersion and its parameters,
 * +U by element (SCIENCE §11).
 *
 * The mistake avoided here: telling one change twice. A meta-GGA replaces the GGA under it, and a van der Waals functional
 * comes with a GGA of its own.
 */
import { elementOf } from '../usable-energy.ts';
import { compareFunctionals, type Functional } from './functional.ts';
import {
  agreeTogether,
  type Comparison,
  compared,
  mayNotDiffer,
  mustAgree,
  type Pair,
  type Row,
  textOf,
  untold,
} from './setting-comparison.ts';
import type { SettingsSummary } from './settings-summary.ts';

/** Of the non-local functionals, which have no IVDW. */
const NONLOCAL_PARAMETERS = ['Zab_VDW', 'ZAB_VDW', 'PARAM1', 'PARAM2', 'AGGAC'];
const DISPERSION_PARAMETERS = 'VDW_S6 VDW_S8 VDW_SR VDW_A1 VDW_A2 VDW_D VDW_RADIUS VDW_CNRADIUS VDW_R0'.split(' ');
const NO_META_GGA = '--';
/** OUTCAR cuts the names of meta-GGAs after so many letters: R2SCA. */
const PRINTED_META_GGA_LETTERS = 5;

export function functionalRows(pair: Pair): Row[] {
  const nonlocal = mustAgree({ item: 'nonlocal-vdw', code: 'E_XC', pair }, 'LUSE_VDW');
  const meta = metaGgaRow(pair);
  const gga = ggaRow(pair);
  const both = gga.issues.length > 0 && nonlocal.issues.length > 0;
  const hybrid = [pair.left, pair.right].every((side) => textOf(side, 'LHFCALC') === 'true');
  const exchange = { item: 'hybrid', code: 'E_XC', pair } as const;
  return [
    ...(meta.issues.length > 0 || both ? [] : [gga]),
    meta,
    mustAgree(exchange, 'LHFCALC'),
    ...(hybrid ? ['AEXX', 'HFSCREEN'].flatMap((tag) => mayNotDiffer(exchange, tag)) : []),
    ...(both && meta.issues.length === 0 ? [together(gga, nonlocal, pair)] : [nonlocal]),
    agreeTogether({ item: 'hamiltonian', code: 'E_HAMILTONIAN', pair }, ['LSORBIT', 'LSOL']),
  ];
}

function ggaRow(pair: Pair): Row {
  const [one, other] = [pair.left.functional(), pair.right.functional()];
  const found = compareFunctionals(one, other);
  const values: Comparison['values'] = Array.isArray(found)
    ? [found[0], found[1]]
    : [nameOf(one, found), nameOf(other, found)];
  return compared({ item: 'functional', tag: 'GGA', code: 'E_XC', pair, values, agree: found === 'same' });
}

/** A number without a name can be compared with numbers only. */
function nameOf({ name, lexch }: Functional, found: unknown): string | undefined {
  return name ?? (found === 'same' && lexch !== undefined ? `LEXCH ${lexch}` : undefined);
}

function metaGgaRow(pair: Pair): Row {
  const values = [metaGgaOf(pair.left), metaGgaOf(pair.right)] as const;
  const [left, right] = values;
  const isCut = (short = '', long = ''): boolean => short.length === PRINTED_META_GGA_LETTERS && long.startsWith(short);
  const agree = left === right || isCut(left, right) || isCut(right, left);
  return compared({ item: 'meta-gga', tag: 'METAGGA', code: 'E_XC', pair, values, agree });
}

function metaGgaOf(side: SettingsSummary): string | undefined {
  const value = textOf(side, 'METAGGA')?.toUpperCase();
  if (value === undefined) return undefined;
  return /[A-Z]/.test(value) && !/^(F|FALSE|NONE)$/.test(value) ? value : NO_META_GGA;
}

function together(gga: Row, nonlocal: Row, pair: Pair): Row {
  const values = [`${gga.left}, ${nonlocal.left}`, `${gga.right}, ${nonlocal.right}`] as const;
  const asked = (name?: string, isOn?: string): string => `GGA = ${name}, LUSE_VDW = .${isOn?.toUpperCase()}.`;
  return compared({
    item: 'functional',
    tag: 'GGA, LUSE_VDW',
    code: 'E_XC',
    pair,
    values,
    asked: [asked(gga.left, nonlocal.left), asked(gga.right, nonlocal.right)],
  });
}

export function dispersionRows(pair: Pair): Row[] {
  const rule = { item: 'dispersion', code: 'E_VDW', pair } as const;
  const [one, other] = [pair.left.dispersion(), pair.right.dispersion()];
  const method = compared({ ...rule, tag: 'IVDW', values: [one?.toString(), other?.toString()] });
  if (method.issues.length > 0 || method.silent.length > 0) return [method];
  const nonlocal = [pair.left, pair.right].every((side) => textOf(side, 'LUSE_VDW') === 'true');
  const tags = [...(one === 0 ? [] : DISPERSION_PARAMETERS), ...(nonlocal ? NONLOCAL_PARAMETERS : [])];
  // Lists hold one number per kind of atom, and the two have different kinds.
  const isNumber = ({ calculation }: SettingsSummary, tag: string): boolean =>
    typeof calculation.settings[tag] === 'number';
  const scalar = tags.filter((tag) => isNumber(pair.left, tag) && isNumber(pair.right, tag));
  return [method, ...scalar.flatMap((tag) => mayNotDiffer(rule, tag))];
}

export function hubbardRows(pair: Pair): Row[] {
  const rule = { item: 'hubbard-u', code: 'E_LDAU', pair } as const;
  const [one, other] = [pair.left.hubbard(), pair.right.hubbard()];
  if (one === undefined || other === undefined) {
    // A switch that is on in one calculation and off in the other differs, whatever the lists would say.
    const [onOff] = mayNotDiffer(rule, 'LDAU');
    if (onOff !== undefined && onOff.issues.length > 0) return [onOff];
    return [untold(rule.item, 'LDAU', pair, [one && 'known', other && 'known'])];
  }
  const shared = sharedElements(pair);
  const rows = shared.flatMap((element) => {
    const [left = 'none', right = 'none'] = [one.get(element), other.get(element)];
    if (left === 'none' && right === 'none') return [];
    const asked = (u: string): string => (u === 'none' ? `no +U on ${element}` : `+U on ${element}: ${u}`);
    const values = [left, right] as const;
    return [compared({ ...rule, tag: `U of ${element}`, values, asked: [asked(left), asked(right)] })];
  });
  return rows.length > 0
    ? rows
    : [{ item: rule.item, tag: 'LDAU', left: 'none', right: 'none', issues: [], silent: [] }];
}

/** Elements of which both hold a POTCAR. */
export function sharedElements({ left, right }: Pair): string[] {
  const others = new Set(right.calculation.potcars.map(({ title }) => elementOf(title)));
  const own = new Set(left.calculation.potcars.flatMap(({ title }) => elementOf(title) ?? []));
  return [...own].filter((element) => others.has(element));
}
