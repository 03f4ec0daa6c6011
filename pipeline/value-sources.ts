/**
 * Which file each value of a calculation came from, and where it stands there.
 *
 * A calculation is known by one file; a place that names no file is in that one. So a number can be followed back also
 * when OUTCAR broke off and vasprun.xml told the rest.
 */
import type { IonicStep, Place } from '../model/calculation.ts';
import type { ReadFile } from './read-tree.ts';
import type { RestoredSetting } from './rounded-settings.ts';
import type { RunOutput, RunOutputs } from './run-outputs.ts';

export interface Origins {
  /** Path that the calculation is known by. */
  readonly id: string;
  readonly outputs: RunOutputs;
  /** By value: the output that tells it, where it is not the main one. */
  readonly added: ReadonlyMap<keyof IonicStep, RunOutput>;
  /** By the name of the value: the file of what is not in the main output. */
  readonly others: Readonly<Record<string, string | undefined>>;
  readonly incar: ReadFile | undefined;
  /** By tag: settings that the main output rounds to zero. */
  readonly restored: ReadonlyMap<string, RestoredSetting>;
}

export interface FoundSources {
  readonly valueSources: Readonly<Record<string, string>>;
  readonly places: Readonly<Record<string, Place>>;
}

export function valueSources({ id, outputs, added, others, incar, restored }: Origins): FoundSources {
  const { main } = outputs;
  const sources: Record<string, string> = {};
  const places: Record<string, Place> = {};
  const add = (name: string, path: string, place: Place | undefined): void => {
    if (place !== undefined) places[name] = path === id ? place : { ...place, file: path };
  };
  for (const [name, place] of Object.entries(main?.record.places ?? {})) add(name, main?.path ?? id, place);
  if (main?.final !== undefined) sources.final = main.path;
  if (main !== undefined && main.record.settings !== undefined) sources.settings = main.path;
  for (const [name, output] of added) {
    sources[`final.${name}`] = output.path;
    const place = name === 'forcesEvPerAngstrom' ? 'final.forces' : `final.${name}`;
    add(place, output.path, output.record.places[place]);
  }
  for (const tag of Object.keys(incar?.record.settings ?? {})) {
    if (incar === undefined || main?.record.settings?.[tag] !== undefined) continue;
    const name = `settings.${tag}`;
    if (main?.record.settings !== undefined) sources[name] = incar.identity.path;
    else sources.settings = incar.identity.path;
    add(name, incar.identity.path, incar.record.places[name]);
  }
  for (const [tag, { path, place }] of restored) {
    sources[`settings.${tag}`] = path;
    add(`settings.${tag}`, path, place);
  }
  for (const [name, path] of Object.entries(others)) if (path !== undefined) sources[name] = path;
  return { valueSources: sources, places };
}
