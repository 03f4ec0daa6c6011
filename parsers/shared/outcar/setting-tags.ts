/**
 * The VASP tags that OUTCAR's header echoes and Adatom keeps, with the type of their value.
 *
 * The header mixes values with comments and units (`ENCUT  =  387.4 eV  28.47 Ry`, `LREAL  =      F    real-space
 * projection`), so only tags whose shape is known are read. A later line wins over an earlier one: VASP 6 first repeats
 * the INCAR as the user wrote it and then prints what it really uses.
 */
import type { Settings, SettingValue } from '../../../model/calculation.ts';
import { parseFortranLogical, parseFortranNumber } from '../fortran-number.ts';

type TagType = 'number' | 'logical' | 'word' | 'numbers';

const TAGS: Readonly<Record<TagType, string>> = {
  number:
    'ENCUT ENAUG NELM NELMIN NELMDL EDIFF EDIFFG NSW IBRION ISIF ISYM POTIM TEBEG TEEND SMASS PSTRESS NELECT NUPDOWN ' +
    'ISMEAR SIGMA ISPIN IALGO NWRITE ISTART ICHARG LORBIT IDIPOL EPSILON LMAXMIX VOSKOWN IVDW NKPTS NBANDS NIONS AEXX ' +
    'AGGAX AGGAC ALDAC HFSCREEN KSPACING LEXCH LDAUTYPE SPRING IMAGES IOPT VDW_S6 VDW_S8 VDW_A1 VDW_A2 VDW_SR VDW_R0 ' +
    'VDW_D VDW_RADIUS VDW_CNRADIUS PARAM1 PARAM2 Zab_VDW BPARAM NPAR NCORE KPAR',
  logical:
    'LNONCOLLINEAR LSORBIT LASPH LREAL LHFCALC LDIPOL LMONO LVTOT LVHAR LEPSILON LUSE_VDW LVDW LCLIMB ADDGRID LDAU ' +
    'GGA_COMPAT KGAMMA ML_LMLFF LSOL LTANGENTOLD',
  word: 'PREC GGA METAGGA ALGO',
  numbers: 'LDAUL LDAUU LDAUJ ROPT DIPOL MAGMOM',
};

const TYPE_OF = new Map<string, TagType>(
  // The keys of TAGS are exactly the tag types.
  (Object.keys(TAGS) as TagType[]).flatMap((type) => TAGS[type].split(' ').map((tag) => [tag, type] as const)),
);

/** Begins at the first letter of a word only: a search from every letter of a long word is quadratic. */
const ASSIGNMENT = /(?<![A-Za-z0-9_])([A-Za-z][A-Za-z0-9_]*) *= *([^\s;]+)/g;

/** VASP prints PREC cut to six letters; any prefix means the same. */
const PRECISIONS = ['Normal', 'Accurate', 'High', 'Medium', 'Low', 'Single'];

export interface MutableSettings {
  values: Record<string, SettingValue>;
  /** Where the kept value of each tag stands in its line. */
  positions: Record<string, { readonly start: number; readonly length: number }>;
}

/** Reads every known `TAG = value` of one header line into `into`; `lineOffset` is the line's place in the file. */
export function readSettings(line: string, lineOffset: number, into: MutableSettings): void {
  if (!line.includes('=')) return;
  for (const match of line.matchAll(ASSIGNMENT)) {
    const [whole, tag, first] = match;
    if (tag === undefined || first === undefined) continue;
    const type = TYPE_OF.get(tag);
    if (type === undefined || isOfPotcar(tag, line)) continue;
    const rest = type === 'numbers' ? restOfStatement(line, match.index + whole.length) : '';
    const value = typedValue(tag, type, first, rest);
    if (value === undefined) continue;
    into.values[tag] = value;
    into.positions[tag] = { start: lineOffset + match.index, length: whole.length };
  }
}

export function numberSetting(settings: Settings, tag: string): number | undefined {
  const value = settings[tag];
  return typeof value === 'number' ? value : undefined;
}

/** A POTCAR's own functional: `LEXCH  = 91`. The one in use stands in a line that says so. */
function isOfPotcar(tag: string, line: string): boolean {
  return tag === 'LEXCH' && !line.includes('exchange');
}

function restOfStatement(line: string, from: number): string {
  const end = line.indexOf(';', from);
  return end < 0 ? line.slice(from) : line.slice(from, end);
}

function typedValue(tag: string, type: TagType, first: string, rest: string): SettingValue | undefined {
  if (type === 'number') return finite(parseFortranNumber(first));
  if (type === 'logical') return parseFortranLogical(first) ?? (tag === 'LREAL' ? first : undefined);
  if (type === 'numbers') return numberList(`${first} ${rest}`);
  if (tag === 'PREC') return PRECISIONS.find((name) => name[0] === first[0]?.toUpperCase()) ?? first;
  // METAGGA is printed as F when there is none and as a name otherwise.
  return tag === 'METAGGA' && parseFortranLogical(first) === false && first.length === 1 ? '--' : first;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function numberList(text: string): readonly number[] | undefined {
  const values: number[] = [];
  for (const field of text.trim().split(/\s+/)) {
    const value = parseFortranNumber(field);
    if (!Number.isFinite(value)) break;
    values.push(value);
  }
  return values.length > 0 ? values : undefined;
}
