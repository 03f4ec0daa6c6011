/**
 * Values of `<incar>` and `<parameters>` as settings.
 *
 * `<parameters>` is what VASP really used, `<incar>` what the user asked for: the first wins. The mistakes avoided here:
 * ENCUT stands in `<parameters>` as ENMAX; PREC is cut to six letters there; a starred integer is no number; a tag name
 * can have blanks (`GGA    `).
 */
import type { Place, SettingValue } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { parseFortranLogical, parseFortranNumber } from '../fortran-number.ts';
import { isEvenlyPrinted } from './evenly-printed.ts';
import type { Content, Element } from './events.ts';
import { rowOf } from './number-rows.ts';

/** Names that differ between `<parameters>` and the INCAR. */
const INCAR_NAME: Readonly<Record<string, string>> = { ENMAX: 'ENCUT', ZAB_VDW: 'Zab_VDW' };
/** Any prefix, in any case, means the same. */
const PRECISIONS = ['Normal', 'Accurate', 'High', 'Medium', 'Low', 'Single'];
/** A number that old versions print as a logical F, whatever the INCAR says. */
const PRINTED_AS_LOGICAL = 'LORBIT';
/** Vectors in space: one that lost a component would point elsewhere. */
const IN_SPACE: ReadonlySet<string> = new Set(['SAXIS', 'QSPIRAL', 'EFIELD_PEAD']);
const SPACE_COMPONENTS = 3;

interface ReadSetting {
  /** Absent when the field is no value. */
  readonly value?: SettingValue;
  readonly place: Place;
  readonly block: string;
}

export interface SettingBlock {
  readonly open: (element: Element) => Content;
  readonly text: (element: Element, text: string, place: Place) => void;
  readonly found: ReadonlyMap<string, ReadSetting>;
}

export function settingBlock(block: 'incar' | 'parameters'): SettingBlock {
  const found = new Map<string, ReadSetting>();
  return {
    found,
    open: ({ name }) => (name === 'separator' ? 'children' : name === 'i' || name === 'v' ? 'text' : 'skip'),
    text: (element, text, place) => {
      const written = element.attributes.name?.trim();
      if (written === undefined || written === '') return;
      // An empty title is none; an empty number was lost.
      if (element.name === 'i' && element.attributes.type === 'string' && text.trim() === '') return;
      const tag = INCAR_NAME[written] ?? written;
      // `<parameters>` repeats NELM and others among the response functions, with values of their own.
      if (found.has(tag)) return;
      if (tag === PRINTED_AS_LOGICAL && element.attributes.type === 'logical') return;
      const value = settingOf(tag, element, text);
      found.set(tag, { ...(value !== undefined && { value }), place, block });
    },
  };
}

export interface EffectiveSettings {
  readonly values: Readonly<Record<string, SettingValue>>;
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

export function effectiveSettings(incar: SettingBlock, parameters: SettingBlock): EffectiveSettings {
  const values: Record<string, SettingValue> = {};
  const places: Record<string, Place> = {};
  const issues: Issue[] = [];
  for (const [tag, { value, place, block }] of new Map([...incar.found, ...parameters.found])) {
    if (value === undefined) {
      issues.push(issue('W_OVERFLOW', { field: `settings.${tag}` }, { byteOffset: place.byteOffset, block }));
      continue;
    }
    values[tag] = value;
    places[`settings.${tag}`] = place;
  }
  // What OUTCAR prints where there is none.
  if (values.LMETAGGA === false && values.METAGGA === undefined) {
    values.METAGGA = '--';
    if (places['settings.LMETAGGA'] !== undefined) places['settings.METAGGA'] = places['settings.LMETAGGA'];
  }
  return { values, places, issues };
}

function settingOf(tag: string, element: Element, text: string): SettingValue | undefined {
  const type = element.attributes.type;
  if (element.name === 'v') return vectorOf(text, type, IN_SPACE.has(tag) ? SPACE_COMPONENTS : 0);
  if (type === 'string') return wordOf(tag, text.trim());
  if (type !== 'logical') return finite(parseFortranNumber(text));
  return parseFortranLogical(text);
}

/** `count`: how many numbers there must be; 0: as many as there are. */
function vectorOf(text: string, type: string | undefined, count: number): SettingValue | undefined {
  if (type === 'string') return readable(text.trim());
  if (type === 'logical') return text.trim().replaceAll(/\s+/g, ' ');
  const bytes = Buffer.from(text, 'latin1');
  const values = rowOf(bytes, 0, bytes.length, count);
  return values.length > 0 && values.every(Number.isFinite) && isEvenlyPrinted(text) ? values : undefined;
}

function wordOf(tag: string, text: string): string {
  if (tag === 'METAGGA') return text.toUpperCase();
  if (tag !== 'PREC') return readable(text);
  return PRECISIONS.find((name) => name[0] === text[0]?.toUpperCase()) ?? text;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** Titles are written in whatever the terminal had: UTF-8 if the bytes are, else Latin-1. */
export function readable(latin1: string): string {
  const utf8 = Buffer.from(latin1, 'latin1');
  if (utf8.toString('latin1') !== latin1) return latin1;
  const text = utf8.toString('utf8');
  return text.includes('\uFFFD') ? latin1 : text;
}
