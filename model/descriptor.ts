/**
 * A descriptor: a named quantity of a candidate. A definition documents itself; command line, tables, report and later
 * the store and the API take symbol, unit, sign and reference from it.
 *
 * `compute` is pure and works on plain numbers, so that `adatom calc` and a screening run the very same code.
 */
import type { z } from 'zod';
import type { Issue, IssueCode } from './issues.ts';

export type Quality = 'ok' | 'degraded' | 'unreliable';

/** A charged cell has no defined energy against a neutral one (SCIENCE §2.4). */
const UNRELIABLE: ReadonlySet<IssueCode> = new Set(['W_CHARGED_CELL', 'W_CHARGED_ADSORBATE']);

/** Of a value with these issues: every warning degrades, an info does not (§0). */
export function qualityOf(issues: readonly Issue[]): Quality {
  if (issues.some(({ code }) => UNRELIABLE.has(code))) return 'unreliable';
  return issues.some(({ severity }) => severity === 'warning') ? 'degraded' : 'ok';
}

/** A value that entered a descriptor, and the bytes it was read from. */
export interface InputReference {
  /** What the value is in the formula, e.g. `E(slab+nA)`. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly calculation: string;
  readonly file: string;
  readonly sha256: string;
  readonly byteOffset?: number;
  readonly byteLength?: number;
  readonly line?: number;
}

/**
 * Named parts of a result: numbers end in their unit, as everywhere. Those of the uncertainty are in the unit of the
 * value: `uncertaintyModel` is the error of the method (functional, prefactor), `uncertaintyNumeric` that of the
 * calculation (interpolation, fit, kind of energy); squares add up.
 */
export type Parts = Readonly<Record<string, unknown>>;

export interface AvailableDescriptor {
  readonly available: true;
  readonly value: number;
  readonly unit: string;
  /** Which of the possible conventions was used, e.g. `reference: atom; energy: sigma0; negative = bound`. */
  readonly convention: string;
  /** 1σ, in the unit of the value; absent when neither the inputs nor a default tell it. Of exact inputs it is 0. */
  readonly uncertainty?: number;
  readonly quality: Quality;
  readonly parts: Parts;
  readonly inputs: readonly InputReference[];
  readonly issues: readonly Issue[];
}

export interface UnavailableDescriptor {
  readonly available: false;
  /** Why; at least one of them is an error. */
  readonly reasons: readonly Issue[];
  /** What can be told although the value itself cannot. */
  readonly parts: Parts;
}

export type DescriptorResult = AvailableDescriptor | UnavailableDescriptor;

/** Another name under which the same value is shown, multiplied by `factor` (binding energy E_b = −E_ads). */
export interface DescriptorAlias {
  readonly identifier: string;
  readonly symbol: string;
  readonly factor: number;
}

/** What it describes: the heading it stands under in lists and documentation. */
export type DescriptorGroup =
  | 'adsorption'
  | 'migration'
  | 'surface'
  | 'lattice'
  | 'hydrogen evolution'
  | 'electronic structure'
  | 'stability and mechanics'
  | 'cell'
  | 'statistics';

/**
 * Which values are better when nothing else is said. `profile`: the literature disagrees, a ranking profile decides
 * (§13); `none`: it orders nothing by itself.
 */
export type BetterDirection = 'lower' | 'higher' | 'profile' | 'none';

/** Inputs with the value they give, from a source other than this program. */
export interface DescriptorExample {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** As printed by the source: computed values agree with it to half a unit of its last digit. */
  readonly prints: string;
  /** Numbers among the parts, as printed. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly source: string;
}

export interface DescriptorDefinition<Inputs extends z.ZodType = z.ZodType> {
  /** File name without extension; the identifier everywhere. */
  readonly identifier: string;
  /** Raised whenever the same inputs give another result. */
  readonly version: number;
  readonly symbol: string;
  readonly unit: string;
  readonly title: string;
  readonly sign: string;
  readonly formula: string;
  readonly reference: string;
  readonly group: DescriptorGroup;
  readonly better: BetterDirection;
  /** Whether a screening computes it for its candidates; else it is a formula for plain numbers only. */
  readonly inScreening: boolean;
  /** 1σ when the user gives none, in `unit`. Absent: it follows from the uncertainties of the inputs. */
  readonly defaultUncertainty?: number;
  readonly example: DescriptorExample;
  readonly aliases: readonly DescriptorAlias[];
  readonly inputs: Inputs;
  readonly compute: (inputs: z.output<Inputs>) => DescriptorResult;
}
