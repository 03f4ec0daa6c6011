/**
 * Work function of each face of a slab (SCIENCE §7).
 *
 * The mistakes avoided here: one value for a slab whose faces differ; a LOCPOT that holds exchange and correlation too
 * (LVTOT), whose vacuum level is reached only far outside; and a Fermi energy from another run.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { type Issue, issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { positive, real, told, uncertainty } from './shared/inputs.ts';
import { type VacuumLevels, vacuumLevels } from './shared/vacuum-levels.ts';

const UNIT = 'eV';

const fraction = z.number().min(0).max(1);

const inputs = z
  .strictObject({
    fermiEnergyEv: real('E_F', 'eV', 'Fermi energy of the same run'),
    vacuumUpperEv: real('u', 'eV', 'vacuum level above the slab').optional(),
    vacuumLowerEv: real('l', 'eV', 'vacuum level below it').optional(),
    potentialEv: told(
      z.array(z.number()).min(3).readonly(),
      'V',
      'eV',
      'planar averages of the local potential along the normal, value i at i/n of the height; instead of the levels',
    ).optional(),
    heightAngstrom: positive('h', 'Å', 'height of the cell along the normal, with potentialEv').optional(),
    slabBottomFraction: told(
      fraction,
      'f_bottom',
      '',
      'height of the lowest atom as a fraction of the cell; without it the vacuum is where the potential is high',
    ).optional(),
    slabTopFraction: told(
      fraction,
      'f_top',
      '',
      'of the highest atom; smaller than the other one where the slab lies across the border of the cell',
    ).optional(),
    content: z
      .enum(['electrostatic', 'with-xc', 'unknown'])
      .default('unknown')
      .describe(
        'what the LOCPOT of potentialEv holds: LVHAR writes the electrostatic part, LVTOT exchange-correlation too',
      ),
    vaspVersion: z
      .string()
      .optional()
      .describe('VASP that wrote the LOCPOT, for the warning when its content is unknown'),
    uncertainty,
  })
  .refine(
    (given) => (given.potentialEv === undefined) === (given.heightAngstrom === undefined),
    'potentialEv and heightAngstrom go together',
  )
  .refine(
    (given) => (given.vacuumUpperEv === undefined) === (given.vacuumLowerEv === undefined),
    'vacuumUpperEv and vacuumLowerEv go together',
  )
  .refine(
    (given) => (given.potentialEv === undefined) !== (given.vacuumUpperEv === undefined),
    'the two vacuum levels, or potentialEv with heightAngstrom; not both',
  )
  .refine(
    (given) => (given.slabBottomFraction === undefined) === (given.slabTopFraction === undefined),
    'slabBottomFraction and slabTopFraction go together',
  );

type Inputs = z.output<typeof inputs>;

export const workFunction: DescriptorDefinition<typeof inputs> = {
  identifier: 'work-function',
  version: 1,
  symbol: 'Φ',
  unit: UNIT,
  title: 'Work function of the upper face; that of the lower one beside it',
  sign: 'positive; high = electrons are held',
  formula: 'Φ = V_vac − E_F, V_vac: flattest 2 Å of the plane-averaged potential on each side (below 0.01 eV/Å)',
  reference: 'VASP wiki, LVHAR and LOCPOT; docs/science.md §7',
  group: 'electronic structure',
  better: 'profile',
  inScreening: true,
  aliases: [],
  example: {
    inputs: { vacuumUpperEv: 8.049, vacuumLowerEv: 7.778, fermiEnergyEv: 2.31 },
    prints: '5.739',
    parts: { workFunctionBottomEv: '5.468' },
    source: 'docs/science.md §7',
  },
  inputs,
  compute,
};

function compute(given: Inputs): DescriptorResult {
  const levels = levelsOf(given);
  const [top, bottom] = [levels.upperEv, levels.lowerEv].map((level) =>
    level === undefined ? undefined : level - given.fermiEnergyEv,
  );
  return descriptorResult({
    value: top,
    unit: UNIT,
    convention: given.potentialEv === undefined ? 'vacuum levels as printed' : 'vacuum levels from the planar average',
    uncertainty: propagated(given.uncertainty, levels.spreadEv ?? 0),
    parts: {
      workFunctionTopEv: top,
      workFunctionBottomEv: bottom,
      vacuumUpperEv: levels.upperEv,
      vacuumLowerEv: levels.lowerEv,
      vacuumStepEv: top === undefined || bottom === undefined ? undefined : top - bottom,
    },
    issues: [...contentIssues(given), ...levels.issues],
  });
}

function levelsOf(given: Inputs): VacuumLevels {
  const { vacuumUpperEv, vacuumLowerEv, potentialEv, heightAngstrom, slabBottomFraction, slabTopFraction } = given;
  if (vacuumUpperEv !== undefined && vacuumLowerEv !== undefined) {
    return { upperEv: vacuumUpperEv, lowerEv: vacuumLowerEv, issues: [] };
  }
  if (potentialEv === undefined || heightAngstrom === undefined) throw new Error('refined: levels or a profile');
  const isPlaced = slabBottomFraction !== undefined && slabTopFraction !== undefined;
  return vacuumLevels({
    potentialEv,
    heightAngstrom,
    ...(isPlaced && { slabFractions: [slabBottomFraction, slabTopFraction] }),
  });
}

function contentIssues({ potentialEv, content, vaspVersion }: Inputs): Issue[] {
  if (potentialEv === undefined || content === 'electrostatic') return [];
  if (content === 'with-xc') return [issue('E_LOCPOT_XC', {})];
  return [issue('W_LOCPOT_UNKNOWN', { version: vaspVersion ?? 'of unknown version' })];
}
