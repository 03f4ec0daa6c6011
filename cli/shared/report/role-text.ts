/** Roles in words. */
import type { UnusedCalculation } from '../../../model/screening.ts';

const ROLES: Readonly<Record<UnusedCalculation['role'], string>> = {
  bulk: 'bulk',
  slab: 'slab',
  'adsorbed-slab': 'adsorbed slab',
  'isolated-atom': 'isolated atom',
  'isolated-molecule': 'isolated molecule',
  'low-dimensional': 'wire or molecule',
  'neb-image': 'NEB image',
  superseded: 'earlier run',
  ignored: 'ignored',
  undetermined: 'role undetermined',
  unreadable: 'unreadable',
};

export function roleText(role: UnusedCalculation['role']): string {
  return ROLES[role];
}
