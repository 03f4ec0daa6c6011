/**
 * Roles in the words of the field, for every text that names one.
 */
import type { Role } from './system.ts';

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  bulk: 'bulk',
  slab: 'slab',
  'adsorbed-slab': 'adsorbed slab',
  'isolated-atom': 'isolated atom',
  'isolated-molecule': 'isolated molecule',
  'low-dimensional': 'wire or molecule',
  'neb-image': 'NEB image',
  superseded: 'earlier run',
  ignored: 'ignored calculation',
  undetermined: 'calculation of undetermined role',
};
