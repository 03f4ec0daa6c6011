/**
 * The descriptors a profile asks for, by the names it uses for them.
 *
 * Ranking knows no descriptor definitions: whoever calls it resolves identifiers, aliases and symbols first. The check
 * here is what keeps a misspelt name from being ranked as "missing for everyone", and a profile in J/m² from judging
 * values in eV.
 */
import { AdatomError } from '../../model/errors.ts';
import type { Profile } from '../../model/profile.ts';
import { nearest } from '../../model/schema-wording.ts';
import type { DescriptorNames } from './descriptor-names.ts';
import { unitConverter } from './unit-conversion.ts';

/** Distinct names in the order of the profile, objectives first. */
export function profileDescriptorNames(profile: Profile): string[] {
  return [...new Set(uses(profile).map((use) => use.descriptor))];
}

/** Throws `AdatomError('request')` when the profile uses a name no descriptor has, or states another unit for it. */
export function checkProfileDescriptors(profile: Profile, names: DescriptorNames): void {
  const faults = uses(profile).flatMap((use) => {
    const descriptor = names.resolve(use.descriptor);
    const where = `profile ${profile.name}, ${use.place}`;
    if (descriptor === undefined) {
      const near = nearest(use.descriptor, names.all);
      return [
        `${where}: unknown descriptor "${use.descriptor}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
      ];
    }
    if (unitConverter(use.unit, descriptor.unit)?.(1) === 1) return [];
    return [`${where}: ${use.descriptor} is in ${descriptor.unit}, found unit ${use.unit}`];
  });
  if (faults.length > 0) throw new AdatomError('request', faults.join('\n'));
}

interface Use {
  readonly descriptor: string;
  readonly unit: string;
  readonly place: string;
}

function uses(profile: Profile): Use[] {
  const of = (kind: string, entries: readonly { readonly descriptor: string; readonly unit: string }[]) =>
    entries.map(({ descriptor, unit }, index) => ({ descriptor, unit, place: `${kind}[${index}]` }));
  return [...of('objectives', profile.objectives), ...of('constraints', profile.constraints)];
}
