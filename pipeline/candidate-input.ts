/**
 * What the descriptors of a system are computed from.
 */
import type { Calculation } from '../model/calculation.ts';
import type { PathReport, RoleAssignment } from '../model/system.ts';

export interface CandidateInput {
  readonly calculations: ReadonlyMap<string, Calculation>;
  readonly roles: ReadonlyMap<string, RoleAssignment>;
  readonly paths: ReadonlyMap<string, PathReport>;
}
