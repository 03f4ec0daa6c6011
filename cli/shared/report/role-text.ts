/** Roles in words; a calculation that could not be read has none. */
import { ROLE_NAMES } from '../../../model/role-names.ts';
import type { UnusedCalculation } from '../../../model/screening.ts';

export function roleText(role: UnusedCalculation['role']): string {
  return role === 'unreadable' ? 'unreadable' : ROLE_NAMES[role];
}
