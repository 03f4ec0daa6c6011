/**
 * Settings: the tags that VASP took from INCAR, `/input/incar/TAG`, each a dataset of its own.
 *
 * The mistake avoided here: VASP writes logicals as 0 and 1, so that `LWAVE = .TRUE.` looks like a number. The table of
 * INCAR tags knows which are logical; for a tag outside of it the text of INCAR (`/original/incar`) does.
 */
import type { Place, SettingValue } from '../../../model/calculation.ts';
import { statements } from '../incar/statements.ts';
import { settingValue } from '../incar/value.ts';
import type { Datasets } from './datasets.ts';

export interface FoundSettings {
  readonly values: Readonly<Record<string, SettingValue>>;
  readonly places: Readonly<Record<string, Place>>;
}

const PARSED = '/input/incar';
const ORIGINAL = '/original/incar/content';

export function readSettings(datasets: Datasets): FoundSettings {
  const values: Record<string, SettingValue> = {};
  const places: Record<string, Place> = {};
  const original = originalTags(datasets);
  for (const [tag, value] of original) {
    values[tag] = value;
    places[`settings.${tag}`] = datasets.place(ORIGINAL);
  }
  for (const tag of datasets.names(PARSED)) {
    const path = `${PARSED}/${tag}`;
    const value = parsedValue(datasets, path, {
      tag,
      isLogical: isLogicalTag(tag) || typeof original.get(tag) === 'boolean',
    });
    if (value === undefined) continue;
    values[tag] = value;
    places[`settings.${tag}`] = datasets.place(path);
  }
  addCounts(datasets, values, places);
  return { values, places };
}

/** The first of a tag that is given twice counts, as in VASP. */
function originalTags(datasets: Datasets): ReadonlyMap<string, SettingValue> {
  const tags = new Map<string, SettingValue>();
  // A last line without its end is whole: the dataset is.
  for (const { tag, value } of statements(`${datasets.text(ORIGINAL) ?? ''}\n`).found) {
    const typed = settingValue(tag, value);
    if (typed !== undefined && !tags.has(tag)) tags.set(tag, typed);
  }
  return tags;
}

function parsedValue(
  datasets: Datasets,
  path: string,
  { tag, isLogical }: { readonly tag: string; readonly isLogical: boolean },
): SettingValue | undefined {
  if (datasets.isText(path)) return settingValue(tag, datasets.texts(path)?.join(' ') ?? '');
  const table = datasets.table(path);
  if (table === undefined || table.values.length === 0 || !table.values.every(Number.isFinite)) return undefined;
  const [first = 0] = table.values;
  if (isListTag(tag)) return [...table.values];
  if (table.values.length > 1) return [...table.values];
  return isLogical && (first === 0 || first === 1) ? first === 1 : first;
}

/** `T` is a value of the tag and a number is none, or is a word (LREAL). */
function isLogicalTag(tag: string): boolean {
  return typeof settingValue(tag, 'T') === 'boolean' && typeof settingValue(tag, '3') !== 'number';
}

function isListTag(tag: string): boolean {
  return Array.isArray(settingValue(tag, '3'));
}

/** What VASP works out when INCAR does not say it, as OUTCAR prints it. */
function addCounts(datasets: Datasets, values: Record<string, SettingValue>, places: Record<string, Place>): void {
  for (const [tag, name] of COUNTS) {
    const path = `/results/electron_eigenvalues/${name}`;
    const value = tag in values ? undefined : datasets.number(path);
    if (value === undefined) continue;
    values[tag] = value;
    places[`settings.${tag}`] = datasets.place(path);
  }
}

const COUNTS = [
  ['NELECT', 'nelectrons'],
  ['NBANDS', 'nb_tot'],
  ['ISPIN', 'ispin'],
] as const;
