/**
 * The VASP tags that OUTCAR's header echoes and Adatom keeps, with the type of their value.
 *
 * The header mixes values with comments and units (`ENCUT  =  387.4 eV  28.47 Ry`, `LREAL  =      F    real-space
 * projection`), so only tags whose shape is known are read. A later line wins over an earlier one: VASP 6 first repeats
 * the INCAR as the user wrote it and then prints what it really uses.
 */
import type { Place, Settings, SettingValue } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
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

interface KnownTag {
  readonly type: TagType;
  /** Name of its value in the places of a record. */
  readonly place: string;
}

const KNOWN_TAGS = new Map<string, KnownTag>(
  // The keys of TAGS are exactly the tag types.
  (Object.keys(TAGS) as TagType[]).flatMap((type) =>
    TAGS[type].split(' ').map((tag) => [tag, { type, place: `settings.${tag}` }] as const),
  ),
);

const TAB = 9;
const CARRIAGE_RETURN = 13;
const BLANK = 32;
const ZERO = 48;
const NINE = 57;
const SEMICOLON = 59;
const CAPITAL_A = 65;
const CAPITAL_Z = 90;
const UNDERSCORE = 95;
const NO_BREAK_SPACE = 160;
const CASE_BIT = 32;
/** `24*0.6` of the INCAR as the user wrote it is no damage; its own parser reads it. */
const REPEATED = /(?:^|\s)\d+\*[\d.+-]/;
/** Behind a list of numbers; any other field there is a damaged number. */
const REMARK = /^(?!nan|inf)[a-z([#!]/i;
const EXPECTED: Readonly<Record<TagType, string>> = {
  number: 'the number',
  logical: 'T or F',
  word: 'the word',
  numbers: 'the numbers',
};
/** Of a value that is none, for the message. */
const QUOTED_CHARACTERS = 60;

/** VASP prints PREC cut to six letters; any prefix means the same. */
const PRECISIONS = ['Normal', 'Accurate', 'High', 'Medium', 'Low', 'Single'];

export interface MutableSettings {
  values: Record<string, SettingValue>;
  /** Where the kept value of each tag stands, `settings.ENCUT`. */
  places: Record<string, Place>;
  /** Tags whose latest value is none. */
  unreadable: Map<string, Issue>;
}

export function noSettings(): MutableSettings {
  return { values: {}, places: {}, unreadable: new Map() };
}

/**
 * Reads every known `TAG = value` of one header line into `into`; `lineOffset` is the line's place in the file. From one
 * equals sign to the next, not by a pattern: there are some two hundred such lines in every file.
 */
export function readSettings(line: string, lineOffset: number, into: MutableSettings): void {
  let from = 0;
  let equals = line.indexOf('=');
  while (equals >= 0) {
    const tagEnd = endBeforeBlanks(line, from, equals);
    const tagStart = wordStart(line, from, tagEnd);
    const first = behindBlanks(line, equals + 1);
    const end = tagStart < tagEnd ? valueEnd(line, first) : first;
    if (tagStart < tagEnd) takeSetting(line, { tagStart, tagEnd, first, end }, lineOffset, into);
    from = end > first ? end : equals + 1;
    equals = line.indexOf('=', from);
  }
}

interface Assignment {
  readonly tagStart: number;
  readonly tagEnd: number;
  /** The first field of the value: [first, end), empty where the line has none. */
  readonly first: number;
  readonly end: number;
}

function takeSetting(line: string, at: Assignment, lineOffset: number, into: MutableSettings): void {
  const tag = line.slice(at.tagStart, at.tagEnd);
  const known = KNOWN_TAGS.get(tag);
  if (known === undefined || isOfPotcar(tag, line)) return;
  const { type } = known;
  const first = line.slice(at.first, at.end);
  const rest = type === 'numbers' ? restOfStatement(line, at.end) : '';
  const value = first === '' || isComment(tag, line, at.end) ? undefined : typedValue(tag, type, first, rest);
  const byteOffset = lineOffset + at.tagStart;
  if (value === undefined) {
    if (REPEATED.test(first) || REPEATED.test(rest)) return;
    const found = line.slice(at.tagStart, at.tagStart + QUOTED_CHARACTERS).trim();
    into.unreadable.set(
      tag,
      issue('W_UNPARSEABLE', { expected: `${EXPECTED[type]} of ${tag}`, found }, { byteOffset }),
    );
    return;
  }
  into.values[tag] = value;
  into.places[known.place] = { byteOffset, byteLength: at.end - at.tagStart };
  into.unreadable.delete(tag);
}

function endBeforeBlanks(line: string, from: number, end: number): number {
  let at = end;
  while (at > from && line.charCodeAt(at - 1) === BLANK) at -= 1;
  return at;
}

/** Start of the word that ends at `end`; `end` itself when none does that begins with a letter. */
function wordStart(line: string, from: number, end: number): number {
  let at = end;
  while (at > from && isWordCharacter(line.charCodeAt(at - 1))) at -= 1;
  return isLetter(line.charCodeAt(at)) ? at : end;
}

function behindBlanks(line: string, start: number): number {
  let at = start;
  while (line.charCodeAt(at) === BLANK) at += 1;
  return at;
}

function valueEnd(line: string, start: number): number {
  let at = start;
  while (at < line.length && !endsValue(line.charCodeAt(at))) at += 1;
  return at;
}

function endsValue(code: number): boolean {
  return code === BLANK || code === SEMICOLON || (code >= TAB && code <= CARRIAGE_RETURN) || code === NO_BREAK_SPACE;
}

function isLetter(code: number): boolean {
  const capital = code & ~CASE_BIT;
  return capital >= CAPITAL_A && capital <= CAPITAL_Z;
}

function isWordCharacter(code: number): boolean {
  return isLetter(code) || (code >= ZERO && code <= NINE) || code === UNDERSCORE;
}

export function numberSetting(settings: Settings, tag: string): number | undefined {
  const value = settings[tag];
  return typeof value === 'number' ? value : undefined;
}

/** A POTCAR's own functional: `LEXCH  = 91`. The one in use stands in a line that says so. */
function isOfPotcar(tag: string, line: string): boolean {
  return tag === 'LEXCH' && !line.includes('exchange');
}

/** `LORBIT =     11    0 simple, 1 ext, …`: where the value is lost, the remark begins with a number. */
function isComment(tag: string, line: string, behind: number): boolean {
  return tag === 'LORBIT' && line.startsWith(' simple', behind);
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
    if (!Number.isFinite(value) && values.length > 0 && REMARK.test(field)) break;
    if (!Number.isFinite(value)) return undefined;
    values.push(value);
  }
  return values.length > 0 ? values : undefined;
}
