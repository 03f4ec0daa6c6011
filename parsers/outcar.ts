/**
 * OUTCAR, VASP 4.6 to 6.x: every ionic step, the settings, and how the run ended.
 *
 * The scanner jumps between blocks; nothing is read line by line but the header. A file may hold several appended runs:
 * the last header counts. A torn tail costs the unfinished step, never a wrong number (SCIENCE §1).
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { Completeness, Convergence, FileRecord, IonicStep, Place } from '../model/calculation.ts';
import { type Issue, issue } from '../model/issues.ts';
import type { Structure } from '../model/structure.ts';
import { ByteScanner } from './shared/byte-scanner.ts';
import { dispersionSettings } from './shared/outcar/dispersion-settings.ts';
import { type Ending, readEnding } from './shared/outcar/ending.ts';
import { energyIssues } from './shared/outcar/energy-checks.ts';
import { type Header, readHeader } from './shared/outcar/header.ts';
import { ionicOutcome } from './shared/outcar/ionic-convergence.ts';
import { findEnergyBlocks, type ParsedStep, readIonicStep } from './shared/outcar/ionic-step.ts';
import { findRuns, findStepSections, type StepSection } from './shared/outcar/sections.ts';
import { numberSetting } from './shared/outcar/setting-tags.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';

export const outcarParser: ParserDefinition = {
  format: 'outcar',
  title: 'OUTCAR, the main output of VASP',
  matchesName: (name) => /(?:^|[._-])OUTCAR(?:$|[._\d-])/.test(name),
  matchesContent: (head) => /^\s*vasp\.\d/.test(head) || /\n {0,2}vasp\.\d/.test(head),
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const scanner = new ByteScanner(source, options.windowBytes);
  const runs = findRuns(scanner);
  const start = runs.at(-1) ?? 0;
  const sections = findStepSections(scanner, start);
  const header = readHeader(scanner, start, sections[0]?.start ?? scanner.sizeBytes);
  if (!isOutcar(header, sections)) return unreadable(scanner);
  const { steps, machineLearnedLast } = readSteps(scanner, sections, header);
  addDispersion(scanner, header, steps[0]);
  const ending = readEnding(scanner, sections.at(-1)?.start ?? start);
  const last = steps.at(-1);
  const completeness: Completeness = ending.timing ? 'complete' : 'truncated';
  const structure = finalStructure(header, last?.step);
  return {
    format: 'outcar',
    completeness,
    ...(header.version !== undefined && { version: header.version }),
    settings: header.settings,
    potcars: header.potcars,
    ...(structure !== undefined && { structure }),
    ...(header.kpoints !== undefined && { kpoints: header.kpoints }),
    ionicStepCount: steps.length,
    steps: steps.map((parsed) => parsed.step),
    convergence: convergenceOf(header, last?.step, ending),
    ...(ending.elapsedSeconds !== undefined && { elapsedSeconds: ending.elapsedSeconds }),
    places: { ...header.places, ...finalPlaces(last?.places ?? {}), ...ending.places },
    issues: [
      ...(header.version === undefined ? [issue('W_NO_VERSION', {})] : []),
      ...(runs.length > 1 ? [issue('W_MULTIPLE_RUNS', { runs: runs.length }, { byteOffset: start })] : []),
      ...endIssues(scanner, ending, sections, steps.length),
      ...(machineLearnedLast ? [issue('E_ML_ENERGY', {})] : []),
      ...(last?.issues ?? []),
      ...(last === undefined ? [] : energyIssues(header, last.step, { steps: steps.map((parsed) => parsed.step) })),
    ],
  };
}

function isOutcar(header: Header, sections: readonly StepSection[]): boolean {
  return header.version !== undefined || sections.length > 0 || header.potcars.length > 0;
}

function unreadable(scanner: ByteScanner): FileRecord {
  const reason =
    scanner.sizeBytes === 0
      ? 'the file is empty'
      : 'no OUTCAR of VASP: expected a header "vasp.<version>", found neither header nor iterations nor POTCARs';
  return {
    format: 'outcar',
    completeness: 'unreadable',
    places: {},
    issues: [issue('E_UNREADABLE', { reason }, { line: 1, byteOffset: 0 })],
  };
}

function readSteps(
  scanner: ByteScanner,
  sections: readonly StepSection[],
  header: Header,
): { steps: ParsedStep[]; machineLearnedLast: boolean } {
  const steps: ParsedStep[] = [];
  let machineLearnedLast = false;
  const context = {
    atoms: header.species?.length ?? header.atomCount ?? 0,
    nelm: numberSetting(header.settings, 'NELM'),
    ediffEv: numberSetting(header.settings, 'EDIFF'),
  };
  for (const section of sections) {
    const blocks = findEnergyBlocks(scanner, section.start, section.end);
    for (const [index, block] of blocks.entries()) {
      machineLearnedLast = block.machineLearned;
      if (block.machineLearned) continue;
      // Several blocks in one section happen only when `Iteration` lines are lost; each block ends a step.
      const part = blocks.length === 1 ? section : { ...section, ...bounds(section, blocks, index) };
      steps.push(readIonicStep(scanner, part, block, { ...context, index: steps.length + 1 }));
    }
  }
  return { steps, machineLearnedLast };
}

/** Old versions name the dispersion method only beside its energy, often in the first step alone. The header wins. */
function addDispersion(scanner: ByteScanner, header: Header, first: ParsedStep | undefined): void {
  const place = first?.places.dispersionEnergyEv;
  if (place === undefined) return;
  for (const [tag, value] of Object.entries(dispersionSettings(scanner, place.byteOffset)))
    header.settings[tag] ??= value;
}

function bounds(section: StepSection, blocks: readonly { readonly end: number }[], index: number) {
  const last = index === blocks.length - 1;
  return {
    start: blocks[index - 1]?.end ?? section.start,
    end: last ? section.end : (blocks[index]?.end ?? section.end),
  };
}

function convergenceOf(header: Header, last: IonicStep | undefined, ending: Ending): Convergence {
  return { electronic: last?.electronic ?? 'unknown', ionic: ionicOutcome(header.settings, last, ending) };
}

/** Positions and cell of the last complete step; the starting structure where the step does not print them. */
function finalStructure(header: Header, last: IonicStep | undefined): Structure | undefined {
  const species = header.species;
  if (species === undefined) return undefined;
  const latticeAngstrom = last?.latticeAngstrom ?? header.structure?.latticeAngstrom;
  const cartesianAngstrom =
    last?.cartesianAngstrom ?? (last === undefined ? header.structure?.cartesianAngstrom : undefined);
  if (latticeAngstrom === undefined || cartesianAngstrom === undefined) return undefined;
  return { latticeAngstrom, species, cartesianAngstrom };
}

function finalPlaces(places: Readonly<Record<string, Place>>): Record<string, Place> {
  return Object.fromEntries(Object.entries(places).map(([name, place]) => [`final.${name}`, place]));
}

function endIssues(scanner: ByteScanner, ending: Ending, sections: readonly StepSection[], complete: number): Issue[] {
  const issues: Issue[] = [];
  if (!ending.timing) {
    const found = `the file ends after ${complete} complete ionic step(s)${unfinished(sections, complete)}`;
    const expected = '"General timing and accounting informations for this job"';
    issues.push(issue('E_TRUNCATED', { expected, found }, { byteOffset: scanner.sizeBytes }));
  }
  if (complete === 0) {
    issues.push(
      issue(
        'E_UNREADABLE',
        { reason: 'no complete ionic step' },
        { byteOffset: sections[0]?.start ?? scanner.sizeBytes },
      ),
    );
  }
  return issues;
}

function unfinished(sections: readonly StepSection[], complete: number): string {
  const last = sections.at(-1);
  const iteration = last?.iterations.at(-1)?.electronic;
  if (last === undefined || sections.length <= complete || iteration === undefined) return '';
  return `, in electronic iteration ${iteration} of step ${sections.length}`;
}
