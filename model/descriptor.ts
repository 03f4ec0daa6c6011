/**
 * A descriptor: a named quantity of a candidate. A definition documents itself; command line, tables, report and later
 * the store and the API take symbol, unit, sign and reference from it.
 *
 * `compute` is pure and works on plain numbers, so that `adatom calc` and a screening run the very same code.
 */
import type { z } from 'zod';
import type { Issue } from './issues.ts';

export type Quality = 'ok' | 'degraded' | 'unreliable';

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

/** Named parts of a result: numbers end in their unit, as everywhere. */
export type Parts = Readonly<Record<string, unknown>>;

export interface AvailableDescriptor {
  readonly available: true;
  readonly value: number;
  readonly unit: string;
  /** Which of the possible conventions was used, e.g. `reference: atom; energy: sigma0; negative = bound`. */
  readonly convention: string;
  /** 1σ, in the unit of the value. */
  readonly uncertainty: number;
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
  /** 1σ when the user gives none, in `unit`. */
  readonly defaultUncertainty: number;
  readonly aliases: readonly DescriptorAlias[];
  readonly inputs: Inputs;
  readonly compute: (inputs: z.output<Inputs>) => DescriptorResult;
}
