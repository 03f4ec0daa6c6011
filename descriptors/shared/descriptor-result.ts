/**
 * From what a descriptor found to its result: the one place that decides between a value and "unavailable", and between
 * ok and degraded (SCIENCE §0: an error blocks, every warning degrades, an info does neither).
 *
 * The mistakes avoided here: returning a number although one of its preconditions failed, and an infinity or NaN from
 * inputs that a formula cannot hold: JSON writes both as null, and nobody knows then what happened.
 */
import { type DescriptorResult, type Parts, qualityOf } from '../../model/descriptor.ts';
import { hasError, type Issue, issue } from '../../model/issues.ts';

/**
 * 1σ and where it comes from; told in the parts, not as an issue, because a default is the usual case. `propagated`: from
 * the uncertainties of the inputs, which are taken as exact where none is given.
 */
export interface Uncertainty {
  readonly value: number;
  readonly origin: 'default' | 'given' | 'propagated';
  /** Part of the calculation itself; the rest is the method's. */
  readonly numeric?: number;
}

export interface Finding {
  /** Absent when a precondition failed; an error among the issues then says which. */
  readonly value: number | undefined;
  readonly unit: string;
  readonly convention: string;
  readonly uncertainty: Uncertainty;
  /** What can be told in any case. A key whose value is undefined is left out. */
  readonly parts: Parts;
  readonly issues: readonly Issue[];
}

/** `numeric`: what the calculation itself shows of its error. The whole is never less than that. */
export function uncertaintyOf(given: number | undefined, byDefault: number, numeric?: number): Uncertainty {
  if (given !== undefined) return { value: given, origin: 'given' };
  if (numeric === undefined) return { value: byDefault, origin: 'default' };
  return { value: Math.max(byDefault, numeric), origin: 'default', numeric };
}

/** Independent contributions to one value, each a derivative times the 1σ of its input. */
export function propagated(given: number | undefined, ...contributions: readonly number[]): Uncertainty {
  if (given !== undefined) return { value: given, origin: 'given' };
  return { value: Math.hypot(...contributions), origin: 'propagated' };
}

/** The provenance of the inputs stays empty here: the pipeline knows where the numbers came from. */
export function descriptorResult(finding: Finding): DescriptorResult {
  const { value } = finding;
  const parts = knownParts(finding.parts);
  const issues = [...told(finding.issues), ...(hasError(finding.issues) ? [] : beyondNumbers(finding))];
  if (hasError(issues)) return { available: false, reasons: issues, parts };
  if (value === undefined) throw new Error('a descriptor without a value must say why');
  return {
    available: true,
    value,
    unit: finding.unit,
    convention: finding.convention,
    uncertainty: finding.uncertainty.value,
    quality: qualityOf(issues),
    parts: { ...parts, ...knownParts(uncertaintyParts(finding.uncertainty)) },
    inputs: [],
    issues,
  };
}

/** A remark on an infinity says nothing beside the refusal of it. */
function told(issues: readonly Issue[]): readonly Issue[] {
  return issues.filter(({ severity, details }) => severity === 'error' || isKnown(details));
}

/** Anything that large or small is no measured or calculated quantity, but a slip in a unit or an exponent. */
function beyondNumbers({ value, uncertainty }: Finding): Issue[] {
  const unfit = [
    ...(value !== undefined && !Number.isFinite(value) ? ['the result'] : []),
    ...(Number.isFinite(uncertainty.value) ? [] : ['its uncertainty']),
  ];
  if (unfit.length === 0) return [];
  return [
    issue('E_INPUT', { input: 'inputs', reason: `${unfit.join(' and ')} is beyond all numbers: check the units` }),
  ];
}

function uncertaintyParts({ value, origin, numeric }: Uncertainty): Parts {
  if (origin !== 'default') return { uncertaintyOrigin: origin };
  const model = Math.sqrt(Math.max(0, value ** 2 - (numeric ?? 0) ** 2));
  return {
    uncertaintyOrigin: origin,
    uncertaintyModel: model,
    ...(numeric !== undefined && { uncertaintyNumeric: numeric }),
  };
}

function knownParts(parts: Parts): Parts {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => isKnown(value)));
}

/** A list or an object with one infinity in it is left out as a whole: its other entries would stand at wrong places. */
function isKnown(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every((entry) => isKnown(entry));
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).every((entry) => entry === undefined || isKnown(entry));
  }
  return value !== undefined;
}
