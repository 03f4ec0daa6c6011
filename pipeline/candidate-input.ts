/**
 * What the descriptors of a system are computed from.
 */
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import type { PathReport, Relation, RoleAssignment, System } from '../model/system.ts';
import type { ThicknessSeries } from './thickness-series.ts';

export interface CandidateInput {
  readonly calculations: ReadonlyMap<string, Calculation>;
  readonly roles: ReadonlyMap<string, RoleAssignment>;
  readonly paths: ReadonlyMap<string, PathReport>;
  /** What belongs together beyond the systems: interfaces, defects, thickness series, references of formation. */
  readonly relations: readonly Relation[];
  /** Slabs of the same facet in other thicknesses, by the id of each. */
  readonly thicknessSeries: ReadonlyMap<string, ThicknessSeries>;
}

/**
 * Descriptors of a system by identifier: those whose calculations are there, also when they give no value. What nobody
 * calculated is left out.
 */
export type Describer = (system: System, input: CandidateInput) => Readonly<Record<string, DescriptorResult>>;
