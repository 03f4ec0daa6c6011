/**
 * The role of every calculation of a tree: what the manifest states, else what its place in a band or a chain says,
 * else what its settings tell it was made for, else what its structure shows.
 */
import type { Band } from '../model/band.ts';
import type { Calculation } from '../model/calculation.ts';
import { issue } from '../model/issues.ts';
import type { Role, RoleAssignment } from '../model/system.ts';
import { classifyRole, statedRole } from './classify-role.ts';
import { purposeOf } from './purpose.ts';

export function assignRoles(
  calculations: readonly Calculation[],
  bands: readonly Band[],
  stated: ReadonlyMap<string, Role>,
): RoleAssignment[] {
  const images = new Map<string, string>();
  for (const band of bands) {
    for (const image of band.images) {
      if (image.calculation !== undefined) images.set(image.calculation.id, band.id);
    }
  }
  return calculations.map((calculation) => {
    const role = stated.get(calculation.id);
    if (role !== undefined) return statedRole(calculation, role);
    const shown = classifyRole(calculation);
    const band = images.get(calculation.id);
    if (band !== undefined)
      return { ...shown, role: 'neb-image', evidence: [`image of the band in ${band}`], issues: [] };
    if (calculation.supersededBy !== undefined) {
      const successor = calculation.supersededBy;
      return {
        ...shown,
        role: 'superseded',
        evidence: [`${successor} is the later run in this folder`],
        issues: [issue('I_EARLIER_RUN', { successor }, { file: calculation.id })],
      };
    }
    const purpose = purposeOf(calculation);
    if (purpose === undefined) return shown;
    return { ...shown, role: purpose.role, evidence: [purpose.evidence, ...shown.evidence], issues: [] };
  });
}
