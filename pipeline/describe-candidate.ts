/**
 * The descriptors of one system, each from calculations that may be subtracted and with the bytes it was read from.
 *
 * Of several adsorption sites the most strongly bound one counts, of several paths of one domain the lowest barrier; the
 * others are listed in the parts. A descriptor without a value carries every reason that was found.
 */

import type { DescriptorResult } from '../model/descriptor.ts';
import type { Candidate, System } from '../model/system.ts';
import { bestAlternative, remarked } from './best-alternative.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { coverageMismatch } from './coverage-mismatch.ts';
import { describeAdhesion } from './describe-adhesion.ts';
import { describeAdsorbates } from './describe-adsorbates.ts';
import { describeBader } from './describe-bader.ts';
import { describeChargeTransfer } from './describe-charge-transfer.ts';
import { describeCoverage } from './describe-coverage.ts';
import { describeDBand } from './describe-d-band.ts';
import { describeDielectric } from './describe-dielectric.ts';
import { describeElasticity } from './describe-elasticity.ts';
import { describeElectrons } from './describe-electrons.ts';
import { depositionOf, describeEnsemble } from './describe-ensemble.ts';
import { describeFormation } from './describe-formation.ts';
import { describeLayers } from './describe-layers.ts';
import { describeMismatch } from './describe-mismatch.ts';
import { describeSites, type SiteDescription } from './describe-sites.ts';
import { describeStrain } from './describe-strain.ts';
import { describeCleavage, describeSurface } from './describe-surface.ts';
import { describeThicknessSeries } from './describe-thickness-series.ts';
import { bestBarrier, describeTransport } from './describe-transport.ts';
import { describeWindow } from './describe-window.ts';
import { describeWorkFunction } from './describe-work-function.ts';

/** Descriptors that a candidate has when their calculations were found. */
const OTHER_DESCRIBERS: readonly Describer[] = [
  describeCleavage,
  describeThicknessSeries,
  describeTransport,
  describeElectrons,
  describeWorkFunction,
  describeDBand,
  describeFormation,
  describeWindow,
  describeElasticity,
  describeDielectric,
  describeAdhesion,
  describeStrain,
  describeLayers,
  describeMismatch,
];

export function describeCandidate(system: System, input: CandidateInput): Candidate {
  const sites = describeSites(system, input);
  const coverage = coverageMismatch(sites.map((site) => site.adsorption));
  const bestSite = (energyOf: (site: SiteDescription) => DescriptorResult): DescriptorResult =>
    remarked(
      bestAlternative(
        sites.map((site) => ({ id: site.calculation, result: energyOf(site) })),
        'sites',
        system,
      ).result,
      coverage,
    );
  const adsorption = bestSite((site) => site.adsorption);
  const nucleation = bestSite((site) => site.nucleation);
  const deposition = depositionOf(nucleation, system);
  const wetting = nucleation.available ? nucleation.parts.wetting : undefined;
  return {
    id: system.id,
    label: system.label,
    ion: system.ion,
    system: system.id,
    descriptors: {
      'adsorption-energy': adsorption,
      'nucleation-driving-force': nucleation,
      'migration-barrier': bestBarrier(system, input).result,
      'surface-energy': describeSurface(system, input),
      ...describeEnsemble(system, input, sites),
      ...describeCoverage(system, input, sites),
      ...describeBader(system, input, sites),
      ...describeChargeTransfer(system, input, sites),
      ...deposition,
      ...describeAdsorbates(system, input, deposition['deposition-energy']),
      ...Object.assign({}, ...OTHER_DESCRIBERS.map((describe) => describe(system, input))),
    },
    ...(typeof wetting === 'string' && { wetting }),
    issues: system.issues,
  };
}
