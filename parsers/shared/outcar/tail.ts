/**
 * The final state of a long run from the header and the end of its file: as much is read of a gigabyte as of a megabyte.
 *
 * The mistake avoided here: guessing. The step is read by the code that reads every step, and whatever does not fit (a
 * second header, a damaged field, another number of atoms, a force field, no whole step near the end) leaves the file
 * to be read from its beginning. Earlier steps and appended runs are not seen, which the record says (`I_TAIL_ONLY`).
 */
import type { ByteSource } from '../../../model/byte-source.ts';
import { ByteScanner, needle } from '../byte-scanner.ts';
import { readEnding } from './ending.ts';
import { type Header, readHeader } from './header.ts';
import { firstMachineLearned } from './machine-learned.ts';
import { MARKS } from './marks.ts';
import type { Run } from './runs.ts';
import { type HeaderPart, runParts, type StepSection } from './sections.ts';
import { type RunSteps, stepReader } from './steps.ts';

const ITERATION = needle(MARKS.iteration);
const ENERGIES = needle(MARKS.energies);
/** Smaller files are read whole as fast. */
const SMALLEST_BYTES = 2 * 1024 * 1024;
/** A header of thousands of atoms and k-points is smaller. */
const HEADER_BYTES = 8 * 1024 * 1024;
/** What may stand behind the last energies (the begun step, its eigenvalues) and between an iteration and its energies. */
const STEP_BYTES = 16 * 1024 * 1024;
/** The last energy block may be cut; the one before it is whole. */
const ATTEMPTS = 2;

/** The last run with its last complete step only; undefined when the file must be read as a whole. */
export function readTail(source: ByteSource, scanner: ByteScanner): Run | undefined {
  if (scanner.sizeBytes < SMALLEST_BYTES) return undefined;
  const part = headerPart(source, scanner);
  if (part === undefined) return undefined;
  const header = readHeader(scanner, part.start, part.end);
  if (header.settings.ML_LMLFF === true) return undefined;
  let before = scanner.sizeBytes;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const energies = scanner.lastIndexOf(ENERGIES, Math.max(part.end, before - STEP_BYTES), before);
    if (energies < 0) return undefined;
    const iteration = scanner.lastIndexOf(ITERATION, Math.max(part.end, energies - STEP_BYTES), energies);
    const sections = iteration < 0 ? undefined : sectionsFrom(scanner, iteration);
    const run = sections === undefined ? undefined : tailRun(scanner, { header, part }, sections);
    if (run !== undefined) return run;
    before = energies;
  }
  return undefined;
}

/** The only header before the first iteration. */
function headerPart(source: ByteSource, scanner: ByteScanner): HeaderPart | undefined {
  const end = scanner.indexOf(ITERATION, 0, HEADER_BYTES);
  if (end < 0) return undefined;
  const head: ByteSource = {
    sizeBytes: end,
    read: (target, offset) => (offset < end ? source.read(target.subarray(0, end - offset), offset) : 0),
  };
  const headers: HeaderPart[] = [];
  for (const part of runParts(new ByteScanner(head))) {
    if (part.kind === 'header' && part.hasVersion) headers.push(part);
  }
  const [only] = headers;
  const learned = only === undefined || firstMachineLearned(only.marks, only.start, only.end) >= 0;
  return headers.length === 1 && !learned ? only : undefined;
}

/** The complete step that begins at the iteration, and the one that may have been begun behind it. */
function sectionsFrom(scanner: ByteScanner, iteration: number): readonly StepSection[] | undefined {
  const sections: StepSection[] = [];
  for (const part of runParts(scanner, iteration)) {
    if (part.kind === 'step') sections.push(part);
    else if (part.hasVersion) return undefined;
    if (sections.length > 2) return undefined;
  }
  const learned = sections.some((section) => firstMachineLearned(section.marks, section.start, section.end) >= 0);
  return learned ? undefined : sections;
}

function tailRun(
  scanner: ByteScanner,
  start: { readonly header: Header; readonly part: HeaderPart },
  sections: readonly StepSection[],
): Run | undefined {
  const { header, part } = start;
  const last = sections.at(-1);
  const number = sections[0]?.iterations[0]?.ionic;
  if (last === undefined || number === undefined || !Number.isInteger(number) || number < 1) return undefined;
  const begunNumber = last.iterations[0]?.ionic;
  if (begunNumber !== number + sections.length - 1) return undefined;
  const reader = stepReader(scanner, { header, part, headerEnd: part.end }, 'last');
  for (const section of sections) reader.add(section);
  const ending = readEnding(scanner, last);
  const steps = numbered(reader.finish(ending.timing), header, number);
  if (steps === undefined) return undefined;
  const lastIteration = last.iterations.at(-1);
  return {
    start: part.start,
    headerEnd: part.end,
    header,
    begun: { count: begunNumber, ...(lastIteration !== undefined && { lastIteration }) },
    ...(sections[0] !== undefined && { firstSection: sections[0] }),
    lastSection: last,
    steps,
    ending,
  };
}

/** The step under its number in the run; undefined when it is not whole and sound. */
function numbered(steps: RunSteps, header: Header, number: number): RunSteps | undefined {
  const { last } = steps;
  if (steps.count !== 1 || last === undefined || last.issues.length > 0) return undefined;
  // Before VASP 6 only the first step may name the method of a dispersion energy.
  const method = header.settings.IVDW ?? header.settings.LVDW ?? steps.dispersion.values.IVDW;
  if (last.step.dispersionEnergyEv !== undefined && method === undefined) return undefined;
  const step = { ...last.step, index: number };
  return { ...steps, count: number, kept: [step], last: { ...last, step } };
}
