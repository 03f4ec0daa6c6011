/** Descriptors as ranking sees them, with the default uncertainties of SCIENCE §10.5. */
import { descriptorNames } from '../../ranking/index.ts';

export const catalogue = descriptorNames([
  {
    identifier: 'adsorption-energy',
    symbol: 'E_ads',
    unit: 'eV',
    defaultUncertainty: 0.1,
    aliases: [{ identifier: 'binding-energy', symbol: 'E_b', factor: -1 }],
  },
  { identifier: 'nucleation-driving-force', symbol: 'ΔE_nuc', unit: 'eV', defaultUncertainty: 0.1, aliases: [] },
  { identifier: 'migration-barrier', symbol: 'E_f', unit: 'eV', defaultUncertainty: 0.05, aliases: [] },
  { identifier: 'surface-energy', symbol: 'γ', unit: 'J/m²', defaultUncertainty: 0.05, aliases: [] },
  { identifier: 'lattice-mismatch', symbol: 'ε', unit: 'fraction', defaultUncertainty: 0.001, aliases: [] },
]);
