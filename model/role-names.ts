/**
 * Roles in the words of the field, for every text that names one.
 */
import type { Role } from './system.ts';

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  bulk: 'bulk',
  'defect-cell': 'defect cell',
  slab: 'slab',
  'adsorbed-slab': 'adsorbed slab',
  interface: 'interface',
  'isolated-atom': 'isolated atom',
  'isolated-molecule': 'isolated molecule',
  'low-dimensional': 'wire or molecule',
  'neb-image': 'NEB image',
  'molecular-dynamics': 'molecular dynamics',
  'single-point': 'single point of another calculation',
  superseded: 'earlier run',
  ignored: 'ignored calculation',
  undetermined: 'calculation of undetermined role',
};
