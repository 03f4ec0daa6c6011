/**
 * The line of an ionic step in OSZICAR:
 * `  28 F= -.28218515E+02 E0= -.28218515E+02  d E =-.705173E-03  mag=     4.0000`, in molecular dynamics
 * `  36 T=  1812. E= -.33002324E+03 F= -.12185955E+04 E0= -.12185161E+04  EK= 0.30215E+02 SP= 0.23E+02 SK= 0.84E+03`.
 *
 * The mistake avoided here: `E=` of molecular dynamics holds the kinetic energy too; it is neither F nor E0.
 */
import type { Place } from '../../model/calculation.ts';
import { type Issue, issue, type Where } from '../../model/issues.ts';
import { parseFortranNumber } from './fortran-number.ts';
import { type LeadingNumbers, leadingNumbers, quoted, type TextLine, whereOf } from './line-reader.ts';

/** Its number may be damaged: the step was made all the same. */
const STEP_LINE = /^\s*(?:(\S+?)\s+|(?<=\s))[FT]=/;
const STEP_NUMBER = /^(?:\d{1,15}|\*+)$/;
/** VASP prints energies with exponents of two digits or more, and moments with four decimals. */
const ENERGY = String.raw`\s*[-+]?\d*\.\d+E[-+]\d{2,3}`;
const MOMENT = String.raw`\s*[-+]?\d+\.\d{4}`;
const WHOLE_LINE = new RegExp(
  String.raw`\sF=${ENERGY}\s+E0=${ENERGY}\s+(?:d E =${ENERGY}|EK=${ENERGY}\s+SP=${ENERGY}\s+SK=${ENERGY})` +
    String.raw`(?:\s+mag=(?:${MOMENT}|${MOMENT}${MOMENT}${MOMENT}))?\s*$`,
);

export interface StepLine {
  /** Absent when the number overflowed its column. */
  readonly number?: number;
  readonly freeEnergyEv?: number;
  readonly energySigma0Ev?: number;
  readonly temperatureKelvin?: number;
  /** One number, or three in non-collinear runs; empty when the line has none. */
  readonly magnetisationBohr: readonly number[];
  /** Of the values that are there, by their name. */
  readonly places: Readonly<Record<string, Place>>;
  readonly issues: readonly Issue[];
}

export function isStepLine(text: string): boolean {
  return STEP_LINE.test(text);
}

/** Whether the text has everything that such a line ends with: a line torn inside its last field has not. */
export function isWholeStepLine(text: string): boolean {
  return WHOLE_LINE.test(text);
}

export function readStepLine(line: TextLine): StepLine {
  const where = whereOf(line);
  const printed = STEP_LINE.exec(line.text)?.[1] ?? '';
  const number = /^\d{1,15}$/.test(printed) ? Number(printed) : Number.NaN;
  const free = labelled(line, /\sF=\s*(?<value>[^\s=]*)/d);
  const sigma0 = labelled(line, /\sE0=\s*(?<value>[^\s=]*)/d);
  const temperature = labelled(line, /\sT=\s*(?<value>[^\s=]*)/d);
  const magnetisation = labelled(line, /\smag=\s*(?<value>(?:\S.*)?)/d);
  const { values: magnetisationBohr, spans } = leadingNumbers(magnetisation?.text ?? '', 3);
  const issues: Issue[] = [];
  if (!STEP_NUMBER.test(printed)) issues.push(unparseable('the number of the step', printed, where));
  if (line.text.split(/\bE0=/).length > 2) issues.push(unparseable('one step in a line', quoted(line.text), where));
  for (const [label, field] of [['F=', free] as const, ['E0=', sigma0] as const]) {
    if (field?.value === undefined) {
      issues.push(unparseable(`a number after ${label}`, `"${field?.text ?? ''}"`, where));
    }
  }
  if (temperature !== undefined && temperature.value === undefined)
    issues.push(issue('W_OVERFLOW', { field: 'T' }, where));
  const wholeMoment = magnetisationBohr.length === 1 || magnetisationBohr.length === 3;
  if (magnetisation !== undefined && !wholeMoment) issues.push(issue('W_OVERFLOW', { field: 'mag' }, where));
  return {
    ...(Number.isNaN(number) ? {} : { number }),
    ...(free?.value !== undefined && { freeEnergyEv: free.value }),
    ...(sigma0?.value !== undefined && { energySigma0Ev: sigma0.value }),
    ...(temperature?.value !== undefined && { temperatureKelvin: temperature.value }),
    magnetisationBohr: wholeMoment ? magnetisationBohr : [],
    places: {
      ...(free?.value !== undefined && { freeEnergyEv: free.place }),
      ...(sigma0?.value !== undefined && { energySigma0Ev: sigma0.place }),
      ...(temperature?.value !== undefined && { temperatureKelvin: temperature.place }),
      ...(magnetisation !== undefined && wholeMoment && { totalMagnetisationBohr: upTo(magnetisation.place, spans) }),
    },
    issues,
  };
}

function unparseable(expected: string, found: string, where: Where): Issue {
  return issue('E_UNPARSEABLE', { expected, found }, where);
}

/** The part of a field that its numbers take. */
function upTo(place: Place, spans: LeadingNumbers['spans']): Place {
  return { ...place, byteLength: spans.at(-1)?.[1] ?? place.byteLength };
}

interface Field {
  readonly text: string;
  /** Absent when the text is no number. */
  readonly value?: number;
  readonly place: Place;
}

/** The field after a label; undefined when the line has no such label. */
function labelled(line: TextLine, pattern: RegExp): Field | undefined {
  const match = pattern.exec(line.text);
  const [start, end] = match?.indices?.groups?.value ?? [];
  if (start === undefined || end === undefined) return undefined;
  const text = line.text.slice(start, end).trimEnd();
  const value = parseFortranNumber(text);
  const place = { byteOffset: line.start + start, byteLength: text.length, line: line.number };
  return { text, place, ...(Number.isNaN(value) ? {} : { value }) };
}
