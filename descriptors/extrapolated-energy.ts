/**
 * Energy extrapolated to zero smearing from TOTEN and the energy without entropy (SCIENCE §1.3).
 *
 * The mistake avoided here: the mean of F and E for every smearing. For Methfessel–Paxton of order N the entropy enters
 * with 1/(N + 2), for the tetrahedron method all three energies are one.
 */
import { z } from 'zod';
import type { DescriptorDefinition, DescriptorResult } from '../model/descriptor.ts';
import { issue } from '../model/issues.ts';
import { descriptorResult, propagated } from './shared/descriptor-result.ts';
import { count, real, told, uncertainty } from './shared/inputs.ts';

const UNIT = 'eV';
/** Above 1 meV per atom the smearing is part of the result (§1.4). */
const ENTROPY_LIMIT_EV_PER_ATOM = 1e-3;
const TETRAHEDRON = -5;

const inputs = z.strictObject({
  freeEnergyEv: real('F', 'eV', 'TOTEN of the ionic step'),
  energyWithoutEntropyEv: real('E', 'eV', 'energy without entropy of the same step'),
  ismear: told(
    z.int().min(-5),
    'ISMEAR',
    '',
    'smearing: −5 tetrahedra, −1 Fermi, 0 Gaussian, N Methfessel–Paxton',
  ).refine((value) => [-5, -1].includes(value) || value >= 0, '-5, -1, 0 or the order of Methfessel–Paxton'),
  atoms: count('N', 'atoms in the cell, for the entropy per atom').optional(),
  uncertainty,
});

export const extrapolatedEnergy: DescriptorDefinition<typeof inputs> = {
  identifier: 'extrapolated-energy',
  version: 1,
  symbol: 'E_0',
  unit: UNIT,
  title: 'Total energy extrapolated to zero smearing',
  sign: 'total energy as VASP counts it',
  formula: 'E_0 = F − (F − E)/(N + 2), N = 0 for Gaussian and Fermi smearing; tetrahedra: E_0 = F = E',
  reference: 'VASP manual, smearing technique; docs/science.md §1.3',
  group: 'adsorption',
  better: 'none',
  inScreening: false,
  aliases: [],
  example: {
    inputs: { freeEnergyEv: -84.51234567, energyWithoutEntropyEv: -84.50034567, ismear: 0, atoms: 24 },
    prints: '-84.50634567',
    parts: { entropyPerAtomEv: '0.00050000' },
    source: 'docs/science.md §1.3 and §1.4',
  },
  inputs,
  compute,
};

function compute(given: z.output<typeof inputs>): DescriptorResult {
  const { freeEnergyEv, energyWithoutEntropyEv, ismear, atoms } = given;
  const entropyEv = freeEnergyEv - energyWithoutEntropyEv;
  const perAtomEv = atoms === undefined ? undefined : Math.abs(entropyEv) / atoms;
  return descriptorResult({
    value: ismear === TETRAHEDRON ? freeEnergyEv : freeEnergyEv - entropyEv / (Math.max(0, ismear) + 2),
    unit: UNIT,
    convention: 'energy: sigma0',
    uncertainty: propagated(given.uncertainty),
    parts: { entropyEv, entropyPerAtomEv: perAtomEv },
    issues:
      perAtomEv !== undefined && perAtomEv > ENTROPY_LIMIT_EV_PER_ATOM
        ? [issue('W_SMEARING_ENTROPY', { millielectronvoltPerAtom: 1000 * perAtomEv })]
        : [],
  });
}
