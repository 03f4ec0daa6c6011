/**
 * Where the calculations belong that are worth running next: in the folder of the run that gave no value, or, where there
 * is none, in a new one beside the runs of the candidate.
 *
 * The mistakes avoided here: a new run proposed where one lies that only has to be finished, and one folder for the runs of
 * two candidates. A folder's name is a proposal; a run is known by its structure, wherever it lies.
 */
import type { Issue } from '../model/issues.ts';
import type { CalculationFolder, NextCalculation } from '../model/ranking.ts';
import type { Candidate } from '../model/system.ts';
import type { DescriptorNames } from '../ranking/index.ts';

/** Where a folder is not called like its descriptor. */
const USUAL_NAMES: Readonly<Record<string, string>> = {
  'migration-barrier': 'neb',
  'adsorption-energy': 'adsorbed',
  'nucleation-driving-force': 'adsorbed',
};

/** `E(slab)`, `E(slab+nLi)`; not `E(slab {0001})`, a facet that may be another candidate's. */
const OF_ITS_SLABS = /\(slab(?:\+[^)]*)?\)$/;

export function withFolders(
  calculations: readonly NextCalculation[],
  candidates: readonly Candidate[],
  names: DescriptorNames,
): NextCalculation[] {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const homes = ownHomes(candidates);
  return calculations.map((calculation) => {
    const candidate = byId.get(calculation.candidate);
    if (candidate === undefined) return calculation;
    const beside = homes.get(candidate.id) ?? [candidate.label];
    const folders = calculation.descriptors.flatMap((descriptor) =>
      foldersOf(candidate, names.resolve(descriptor)?.identifier ?? descriptor, beside),
    );
    return { ...calculation, folders: distinct(folders) };
  });
}

/** A folder that several candidates share gets one of its own for each. */
function ownHomes(candidates: readonly Candidate[]): Map<string, readonly string[]> {
  const homes = candidates.map((candidate) => ({ candidate, parts: home(candidate) }));
  const shared = new Map<string, number>();
  for (const { parts } of homes) shared.set(parts.join('/'), (shared.get(parts.join('/')) ?? 0) + 1);
  return new Map(
    homes.map(({ candidate: { id, label }, parts }) => {
      const isOwn = parts.length > 0 && shared.get(parts.join('/')) === 1;
      return [id, isOwn ? parts : [...parts, label.split('/').at(-1) ?? label]];
    }),
  );
}

function foldersOf(candidate: Candidate, identifier: string, beside: readonly string[]): CalculationFolder[] {
  const result = candidate.descriptors[identifier];
  const reasons = result === undefined || result.available ? [] : result.reasons;
  const broken = reasons.flatMap((reason) => brokenRun(reason) ?? []);
  if (broken.length > 0) return broken;
  const folder = [...beside, USUAL_NAMES[identifier] ?? identifier].join('/');
  return [{ folder, run: 'new', reason: reasons[0]?.message ?? `${identifier} was not calculated` }];
}

function brokenRun({ where, message, severity }: Issue): CalculationFolder | undefined {
  if (where.file === undefined || severity !== 'error') return undefined;
  return { folder: where.file.split('/').slice(0, -1).join('/') || '.', run: 'again', reason: message };
}

/**
 * The folder that holds the runs of the candidate: what the files of its slabs have in common. References that all
 * candidates share (atom, bulk) lie elsewhere, and a single run lies in a folder of its own.
 */
function home({ descriptors, label }: Candidate): string[] {
  const slabs = Object.values(descriptors)
    .flatMap((result) => (result.available ? result.inputs : []))
    .filter(({ name }) => OF_ITS_SLABS.test(name))
    .map(({ file }) => file.split('/').slice(0, -1));
  const [first, ...others] = slabs;
  if (first === undefined) return [label];
  const differs = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  return differs === -1 ? first.slice(0, -1) : first.slice(0, differs);
}

function distinct(folders: readonly CalculationFolder[]): CalculationFolder[] {
  return [...new Map(folders.map((each) => [each.folder, each])).values()];
}
