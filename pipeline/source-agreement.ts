/**
 * Two outputs of one run held against each other: every value that both tell must be the same number within the digits
 * that are printed. What differs is told with both numbers and their places; the better source's is used.
 *
 * The mistake avoided here: comparing states of different steps. A file that ends early has fewer steps; that is told,
 * and nothing of its last step is held against a later one.
 */
import type { FileFormat, FileRecord, IonicStep, Place } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { RunOutput } from './run-outputs.ts';
import { differentEnergies, printedTolerance, type Resolution } from './source-energies.ts';
import { differentSettings } from './source-settings.ts';
import { differentGeometry, type TableDifference, tableDifference } from './source-tables.ts';

export function disagreements(main: RunOutput, other: RunOutput): Issue[] {
  const pair = { main, other };
  return [...countIssues(pair), ...headIssues(pair), ...finalIssues(pair)];
}

interface Pair {
  readonly main: RunOutput;
  readonly other: RunOutput;
}

/**
 * How far the single numbers of a final state may lie apart: units of the last printed digit, where the files print one
 * number. The Fermi energy of vasprun.xml is found anew with the density of states (real files: up to 37 meV away), and
 * the moment of OSZICAR is that of another moment of the electronic loop (real files: 0.0004 µB).
 */
const RESOLUTIONS: Readonly<Partial<Record<keyof IonicStep, { readonly unit: string; readonly digits: Resolution }>>> =
  {
    fermiEnergyEv: { unit: 'eV', digits: { outcar: 1e-4, 'vasprun-xml': 0.05, 'vaspout-h5': 0.05 } },
    totalMagnetisationBohr: { unit: 'µB', digits: { outcar: 1e-4, oszicar: 0.01 } },
    pressureKbar: { unit: 'kBar', digits: { outcar: 1e-2, 'vasprun-xml': 1e-5 } },
  };
/** Units of the last digit of the tables; the numbers of vaspout.h5 are the program's own. */
const FORCE_DIGITS: Readonly<Partial<Record<FileFormat, number>>> = { outcar: 1e-6, 'vasprun-xml': 1e-8 };
const STRESS_DIGITS: Readonly<Partial<Record<FileFormat, number>>> = { outcar: 1e-5, 'vasprun-xml': 1e-8 };
const AXES = ['x', 'y', 'z'];
const STRESS_NAMES = ['xx', 'yy', 'zz', 'xy', 'yz', 'zx'];

/** A count that a file's early end explains is no disagreement of the run with itself. */
function countIssues({ main, other }: Pair): Issue[] {
  if (main.stepCount === other.stepCount || isLearning(main.record) || isLearning(other.record)) return [];
  // Without a step the file says so itself.
  if (main.stepCount === 0 || other.stepCount === 0) return [];
  const shorter = main.stepCount < other.stepCount ? main : other;
  const counts = `${other.stepCount} ionic step(s), ${main.path} has ${main.stepCount}`;
  if (shorter.record.completeness !== 'complete') {
    const reason = `the values of the last step: the file has ${counts}, and ${shorter.path} ends early`;
    return [issue('I_NOT_READ', { reason }, { file: other.path })];
  }
  const text = (output: RunOutput): string => `${output.stepCount} in ${output.path}`;
  return [disagreement(other, 'number of ionic steps', [text(main), text(other)])];
}

/** Steps of a force field are counted in OSZICAR and not in every other file. */
function isLearning({ settings }: FileRecord): boolean {
  return settings?.ML_LMLFF === true;
}

function headIssues(pair: Pair): Issue[] {
  const { main, other } = pair;
  const issues: Issue[] = [];
  const texts = (left: string, right: string) => sides(pair, left, right, {});
  if (!isSameVersion(main.record.version, other.record.version)) {
    issues.push(disagreement(other, 'VASP version', texts(main.record.version ?? '', other.record.version ?? '')));
  }
  const [ours, theirs] = [main.record.structure?.species, other.record.structure?.species];
  if (ours !== undefined && theirs !== undefined && ours.join() !== theirs.join()) {
    const at = ours.findIndex((element, index) => element !== theirs[index]);
    const value = `element of atom ${at + 1}`;
    issues.push(disagreement(other, value, texts(ours[at] ?? 'none', theirs[at] ?? 'none')));
  }
  for (const { tag, left, right } of differentSettings(main.record, other.record)) {
    const places = { left: main.record.places[`settings.${tag}`], right: other.record.places[`settings.${tag}`] };
    issues.push(disagreement(other, tag, sides(pair, left, right, places), places.right));
  }
  return issues;
}

/** `5.4.4.18Apr17-6-g9f103f2a35` and `5.4.4` are one version. */
function isSameVersion(left: string | undefined, right: string | undefined): boolean {
  const [one, other] = [left, right].map((version) => /^\d+(?:\.\d+)*/.exec(version ?? '')?.[0].split('.') ?? []);
  const length = Math.min(one?.length ?? 0, other?.length ?? 0);
  return one?.slice(0, length).join('.') === other?.slice(0, length).join('.');
}

function finalIssues(pair: Pair): Issue[] {
  const { main, other } = pair;
  if (main.stepCount !== other.stepCount || main.final === undefined || other.final === undefined) return [];
  return [
    ...differentEnergies(main, other).map((name) => numberIssue(pair, name, 'eV')),
    ...differentNumbers(pair).map(({ name, unit }) => numberIssue(pair, name, unit)),
    ...tableIssues(pair),
    ...convergenceIssues(pair),
  ];
}

function differentNumbers({ main, other }: Pair) {
  const formats = { left: main.record.format, right: other.record.format };
  // The keys of RESOLUTIONS are names of numbers of a step.
  const names = Object.keys(RESOLUTIONS) as (keyof IonicStep)[];
  return names.flatMap((name) => {
    const { unit = '', digits = {} } = RESOLUTIONS[name] ?? {};
    const [left, right] = [main.final?.[name], other.final?.[name]];
    if (typeof left !== 'number' || typeof right !== 'number') return [];
    // Anywhere in the gap is right.
    if (name === 'fermiEnergyEv' && [main, other].some(({ record }) => record.bandGap?.kind === 'insulator')) return [];
    return isWithin(digits, { left, right }, formats) ? [] : [{ name, unit }];
  });
}

interface Two<T> {
  readonly left: T;
  readonly right: T;
}

function isWithin(digits: Resolution, values: Two<number>, formats: Two<FileFormat>): boolean {
  const tolerance = printedTolerance(
    digits,
    { format: formats.left, value: values.left },
    { format: formats.right, value: values.right },
  );
  return Math.abs(values.left - values.right) <= tolerance;
}

function numberIssue(pair: Pair, name: keyof IonicStep, unit: string): Issue {
  const { main, other } = pair;
  const places = { left: main.record.places[`final.${name}`], right: other.record.places[`final.${name}`] };
  const text = (output: RunOutput): string => `${String(output.final?.[name])} ${unit}`;
  return disagreement(other, name, sides(pair, text(main), text(other), places), places.right);
}

function tableIssues(pair: Pair): Issue[] {
  const { main, other } = pair;
  const printed = (digits: Readonly<Partial<Record<FileFormat, number>>>): number =>
    (digits[main.record.format] ?? 0) + (digits[other.record.format] ?? 0);
  const found: (TableDifference & { readonly value: string; readonly unit: string; readonly place: string })[] = [];
  const add = (difference: TableDifference | undefined, named: (at: number) => string, unit: string, place: string) => {
    if (difference !== undefined) found.push({ ...difference, value: named(difference.at), unit, place });
  };
  // Plain forces in images of a band too: a vasprun.xml of a VTST run repeats its TOTAL-FORCE tables digit by digit.
  const forces = { left: main.final?.forcesEvPerAngstrom, right: other.final?.forcesEvPerAngstrom };
  const onAtom = (at: number): string => `force on atom ${Math.floor(at / 3) + 1} along ${AXES[at % 3] ?? ''}`;
  add(tableDifference(forces, printed(FORCE_DIGITS)), onAtom, 'eV/Å', 'final.forces');
  const stresses = { left: main.final?.stressKbar, right: other.final?.stressKbar };
  add(
    tableDifference(stresses, printed(STRESS_DIGITS)),
    (at) => `stress ${STRESS_NAMES[at] ?? ''}`,
    'kBar',
    'final.stressKbar',
  );
  const geometry = differentGeometry(main, other);
  add(geometry.cell, (at) => `lattice vector ${'abc'[Math.floor(at / 3)] ?? ''} along ${AXES[at % 3] ?? ''}`, 'Å', '');
  add(
    geometry.positions,
    (at) => `position of atom ${Math.floor(at / 3) + 1} along ${AXES[at % 3] ?? ''}`,
    'Å',
    'final.forces',
  );
  return found.map(({ value, left, right, unit, place }) => {
    const places = { left: main.record.places[place], right: other.record.places[place] };
    return disagreement(other, value, sides(pair, `${left} ${unit}`, `${right} ${unit}`, places), places.right);
  });
}

/**
 * OUTCAR says how its loops ended. Of vasprun.xml it is concluded from what is printed, which is less: nothing there
 * says that VASP stopped a relaxation by its own criterion. So only the electronic loop is compared, and only when OUTCAR
 * says "reached" and the last change of the energy in the other file says that it was not.
 */
function convergenceIssues(pair: Pair): Issue[] {
  const { main, other } = pair;
  const outcomes = [main, other].map(({ record }) => ({
    format: record.format,
    outcome: record.convergence?.electronic,
  }));
  const stated = outcomes.find(({ format }) => format === 'outcar')?.outcome;
  const concluded = outcomes.find(({ format }) => format !== 'outcar')?.outcome;
  if (stated !== 'reached' || concluded !== 'notReached') return [];
  const [left, right] = outcomes.map(({ outcome }) => outcome ?? 'unknown');
  return [disagreement(other, 'electronic convergence', sides(pair, left ?? 'unknown', right ?? 'unknown', {}))];
}

function disagreement(other: RunOutput, value: string, texts: readonly [string, string], place?: Place): Issue {
  const [left, right] = texts;
  const where = {
    file: other.path,
    ...(place !== undefined && { byteOffset: place.byteOffset }),
    ...(place?.line !== undefined && { line: place.line }),
  };
  return issue('W_SOURCES_DISAGREE', { value, left, right }, where);
}

function sides(
  { main, other }: Pair,
  left: string,
  right: string,
  places: { readonly left?: Place | undefined; readonly right?: Place | undefined },
): readonly [string, string] {
  return [side(left, main.path, places.left), side(right, other.path, places.right)];
}

function side(text: string, path: string, place: Place | undefined): string {
  const at = place?.dataset ?? (place?.line === undefined ? undefined : `line ${place.line}`);
  return `${text} in ${path}${at === undefined ? '' : `, ${at}`}`;
}
