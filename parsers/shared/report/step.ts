/**
 * The lines of one step in REPORT that say what they are by the word before `>`: `e_b>`, `tmprt>`, `cc>`, `b_m>`, `fic_p>`.
 *
 * The mistake avoided here: a list that lost one of its rows. Constraints and their blue-moon terms belong together by
 * their order, so a line that is no number takes its whole list out of the step.
 */
import type { Place } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { BlueMoonTerms, ConstrainedCoordinate, MolecularDynamicsStep } from '../../../model/molecular-dynamics.ts';
import { type LeadingNumbers, leadingNumbers, quoted, type TextLine, whereOf } from '../line-reader.ts';

export interface StepReader {
  /** Takes a line of the step; false when it is none of those that are read. */
  readonly take: (line: TextLine) => boolean;
  readonly step: () => MolecularDynamicsStep;
  /** How many lines of each kind were taken: all steps of a run have the same. */
  readonly shape: () => string;
  /** Of the single values, by their name in the step. */
  readonly places: () => Readonly<Record<string, Place>>;
  readonly issues: () => readonly Issue[];
}

type Label = 'e_b' | 'tmprt' | 'cc' | 'b_m' | 'fic_p';
type SingleValue = Exclude<keyof MolecularDynamicsStep, 'index' | 'constraints' | 'blueMoon' | 'biasedCoordinates'>;

const LINE = /^\s*(e_b|tmprt|cc|b_m|fic_p)>\s*([A-Za-z]\w*(?=\s))?/;
/** What the columns of a line with single values are. */
const SINGLE_VALUES: Readonly<Record<'e_b' | 'tmprt', readonly SingleValue[]>> = {
  e_b: [
    'totalEnergyEv',
    'potentialEnergyEv',
    'kineticEnergyEv',
    'thermostatPotentialEnergyEv',
    'thermostatKineticEnergyEv',
  ],
  tmprt: ['targetTemperatureKelvin', 'temperatureKelvin'],
};
const COLUMNS: Readonly<Record<Label, number>> = { e_b: 5, tmprt: 2, cc: 3, b_m: 4, fic_p: 1 };

interface Content {
  readonly single: Partial<Record<SingleValue, number>>;
  readonly constraints: ConstrainedCoordinate[];
  readonly blueMoon: BlueMoonTerms[];
  readonly biasedCoordinates: number[];
  readonly places: Record<string, Place>;
  readonly lost: Set<Label>;
  readonly counts: Map<Label, number>;
  readonly issues: Issue[];
}

export function stepReader(index: number): StepReader {
  const content: Content = {
    single: {},
    constraints: [],
    blueMoon: [],
    biasedCoordinates: [],
    places: {},
    lost: new Set(),
    counts: new Map(),
    issues: [],
  };
  return {
    take: (line) => takeLine(line, content),
    step: () => ({
      index,
      ...content.single,
      ...(has(content, 'cc') && { constraints: content.constraints }),
      ...(has(content, 'b_m') && { blueMoon: content.blueMoon }),
      ...(has(content, 'fic_p') && { biasedCoordinates: content.biasedCoordinates }),
    }),
    shape: () => [...content.counts].sort().join(),
    places: () => content.places,
    issues: () => content.issues,
  };
}

function has({ counts, lost }: Content, label: Label): boolean {
  return counts.has(label) && !lost.has(label);
}

function takeLine(line: TextLine, content: Content): boolean {
  const match = LINE.exec(line.text);
  if (match === null) return false;
  const label = match[1] as Label; // one of the alternatives of the pattern
  content.counts.set(label, (content.counts.get(label) ?? 0) + 1);
  const numbers = leadingNumbers(line.text.slice(match[0].length), COLUMNS[label]);
  const kind = match[2];
  const isWhole =
    numbers.values.length === COLUMNS[label] && numbers.rest.trim() === '' && (label === 'cc') === (kind !== undefined);
  if (!isWhole) {
    content.lost.add(label);
    const details = { expected: `${COLUMNS[label]} number(s) behind ${label}>`, found: quoted(line.text) };
    content.issues.push(issue('E_UNPARSEABLE', details, whereOf(line)));
    return true;
  }
  if (label === 'e_b' || label === 'tmprt')
    takeSingle(SINGLE_VALUES[label], numbers, line, { offset: match[0].length, content });
  else takeListed(label, numbers.values, kind ?? '', content);
  return true;
}

function takeSingle(
  names: readonly SingleValue[],
  { values, spans }: LeadingNumbers,
  line: TextLine,
  { offset, content }: { readonly offset: number; readonly content: Content },
): void {
  for (const [column, name] of names.entries()) {
    const value = values[column];
    const [start = 0, end = 0] = spans[column] ?? [];
    if (value === undefined) continue;
    content.single[name] = value;
    content.places[name] = { byteOffset: line.start + offset + start, byteLength: end - start, line: line.number };
  }
}

function takeListed(label: Label, values: readonly number[], kind: string, content: Content): void {
  const [first = 0, inverseRootZ = 0, gkt = 0, weightedGradient = 0] = values;
  if (label === 'cc') content.constraints.push({ kind, value: first });
  else if (label === 'b_m') content.blueMoon.push({ lambda: first, inverseRootZ, gkt, weightedGradient });
  else content.biasedCoordinates.push(first);
}
