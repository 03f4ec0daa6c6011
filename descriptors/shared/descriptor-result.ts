/**
 * From what a descriptor found to its result: the one place that decides between a value and "unavailable", and between
 * ok and degraded (SCIENCE §0: an error blocks, every warning degrades, an info does neither).
 *
 * The mistake avoided here: returning a number although one of its preconditions failed.
 */
import type { DescriptorResult, Parts } from '../../model/descriptor.ts';
import { hasError, type Issue } from '../../model/issues.ts';

/** 1σ and whether the user gave it. A default is told in the parts, not as an issue: it is the usual case. */
export interface Uncertainty {
  readonly value: number;
  readonly origin: 'default' | 'given';
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

export function uncertaintyOf(given: number | undefined, byDefault: number): Uncertainty {
  return given === undefined ? { value: byDefault, origin: 'default' } : { value: given, origin: 'given' };
}

/** The provenance of the inputs stays empty here: the pipeline knows where the numbers came from. */
export function descriptorResult(finding: Finding): DescriptorResult {
  const { value, issues } = finding;
  const parts = knownParts(finding.parts);
  if (hasError(issues)) return { available: false, reasons: issues, parts };
  if (value === undefined) throw new Error('a descriptor without a value must say why');
  return {
    available: true,
    value,
    unit: finding.unit,
    convention: finding.convention,
    uncertainty: finding.uncertainty.value,
    quality: issues.some((entry) => entry.severity === 'warning') ? 'degraded' : 'ok',
    parts: { ...parts, uncertaintyOrigin: finding.uncertainty.origin },
    inputs: [],
    issues,
  };
}

function knownParts(parts: Parts): Parts {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
