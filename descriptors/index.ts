/**
 * The descriptors there are. A new one is its file, its line here and its test.
 */
import type { z } from 'zod';
import type { DescriptorDefinition } from '../model/descriptor.ts';
import { adhesionEnergy } from './adhesion-energy.ts';
import { adsorptionEnergy } from './adsorption-energy.ts';
import { aggregationEnergy } from './aggregation-energy.ts';
import { attemptFrequency } from './attempt-frequency.ts';
import { aurbachEfficiency } from './aurbach-efficiency.ts';
import { aurbachStrippedCharge } from './aurbach-stripped-charge.ts';
import { baderCharge } from './bader-charge.ts';
import { bandGap } from './band-gap.ts';
import { chargeTransfer } from './charge-transfer.ts';
import { cleavageEnergy } from './cleavage-energy.ts';
import { cohesiveEnergy } from './cohesive-energy.ts';
import { coincidenceMismatch } from './coincidence-mismatch.ts';
import { contactAngle } from './contact-angle.ts';
import { coordinationNumber } from './coordination-number.ts';
import { cumulativeCapacity } from './cumulative-capacity.ts';
import { dBandCentre } from './d-band-centre.ts';
import { depositionEnergy } from './deposition-energy.ts';
import { depositionSelectivity } from './deposition-selectivity.ts';
import { dielectricConstant } from './dielectric-constant.ts';
import { differentialAdsorptionEnergy } from './differential-adsorption-energy.ts';
import { diffusionCoefficient } from './diffusion-coefficient.ts';
import { elasticModuli } from './elastic-moduli.ts';
import { electrochemicalWindow } from './electrochemical-window.ts';
import { electrodeThickness } from './electrode-thickness.ts';
import { energyAboveHull } from './energy-above-hull.ts';
import { extrapolatedEnergy } from './extrapolated-energy.ts';
import { facetAdsorptionEnergy } from './facet-adsorption-energy.ts';
import { formationEnergy } from './formation-energy.ts';
import { gravimetricCapacity } from './gravimetric-capacity.ts';
import { hopRate } from './hop-rate.ts';
import { hydrogenAdsorptionEnergy } from './hydrogen-adsorption-energy.ts';
import { hydrogenAdsorptionFreeEnergy } from './hydrogen-adsorption-free-energy.ts';
import { hydrogenExchangeRate } from './hydrogen-exchange-rate.ts';
import { hydrogenSuppression } from './hydrogen-suppression.ts';
import { hydroxylAdsorptionEnergy } from './hydroxyl-adsorption-energy.ts';
import { interfaceEnergy } from './interface-energy.ts';
import { interplanarSpacing } from './interplanar-spacing.ts';
import { ionicConductivity } from './ionic-conductivity.ts';
import { ionicMobility } from './ionic-mobility.ts';
import { latticeMismatch } from './lattice-mismatch.ts';
import { layerRelaxation } from './layer-relaxation.ts';
import { migrationBarrier } from './migration-barrier.ts';
import { monroeNewman } from './monroe-newman.ts';
import { npRatio } from './np-ratio.ts';
import { nucleationDrivingForce } from './nucleation-driving-force.ts';
import { rankCorrelation } from './rank-correlation.ts';
import { reductionLimit } from './reduction-limit.ts';
import { sandsTime } from './sands-time.ts';
import { shearModulus } from './shear-modulus.ts';
import { siteEnsemble } from './site-ensemble.ts';
import { stackSpecificEnergy } from './stack-specific-energy.ts';
import { strainEnergy } from './strain-energy.ts';
import { surfaceAtomDensity } from './surface-atom-density.ts';
import { surfaceEnergy } from './surface-energy.ts';
import { surfaceEnergyFit } from './surface-energy-fit.ts';
import { surfaceEnergyRange } from './surface-energy-range.ts';
import { texturePreference } from './texture-preference.ts';
import { transferenceNumber } from './transference-number.ts';
import { waterAdsorptionEnergy } from './water-adsorption-energy.ts';
import { waterDissociationBarrier } from './water-dissociation-barrier.ts';
import { workFunction } from './work-function.ts';
import { wulffShape } from './wulff-shape.ts';

/** A definition whose `compute` takes any inputs and checks them first; throws a ZodError when they do not fit. */
export type ListedDescriptor = DescriptorDefinition<z.ZodType>;

export const DESCRIPTORS: readonly ListedDescriptor[] = [
  listed(adsorptionEnergy),
  listed(nucleationDrivingForce),
  listed(cohesiveEnergy),
  listed(depositionEnergy),
  listed(differentialAdsorptionEnergy),
  listed(aggregationEnergy),
  listed(siteEnsemble),
  listed(facetAdsorptionEnergy),
  listed(extrapolatedEnergy),
  listed(migrationBarrier),
  listed(hopRate),
  listed(attemptFrequency),
  listed(diffusionCoefficient),
  listed(ionicMobility),
  listed(ionicConductivity),
  listed(surfaceEnergy),
  listed(surfaceEnergyRange),
  listed(cleavageEnergy),
  listed(surfaceEnergyFit),
  listed(wulffShape),
  listed(interplanarSpacing),
  listed(surfaceAtomDensity),
  listed(coordinationNumber),
  listed(layerRelaxation),
  listed(latticeMismatch),
  listed(coincidenceMismatch),
  listed(texturePreference),
  listed(transferenceNumber),
  listed(sandsTime),
  listed(aurbachEfficiency),
  listed(aurbachStrippedCharge),
  listed(cumulativeCapacity),
  listed(gravimetricCapacity),
  listed(electrodeThickness),
  listed(npRatio),
  listed(stackSpecificEnergy),
  listed(formationEnergy),
  listed(energyAboveHull),
  listed(electrochemicalWindow),
  listed(reductionLimit),
  listed(adhesionEnergy),
  listed(interfaceEnergy),
  listed(contactAngle),
  listed(elasticModuli),
  listed(shearModulus),
  listed(monroeNewman),
  listed(strainEnergy),
  listed(hydrogenAdsorptionEnergy),
  listed(hydrogenAdsorptionFreeEnergy),
  listed(hydrogenExchangeRate),
  listed(hydrogenSuppression),
  listed(depositionSelectivity),
  listed(waterAdsorptionEnergy),
  listed(hydroxylAdsorptionEnergy),
  listed(waterDissociationBarrier),
  listed(workFunction),
  listed(bandGap),
  listed(baderCharge),
  listed(chargeTransfer),
  listed(dBandCentre),
  listed(dielectricConstant),
  listed(rankCorrelation),
];

export interface NamedDescriptor {
  readonly definition: ListedDescriptor;
  /** What the value is multiplied by to be shown under the name: −1 for the binding energy, 1 for the descriptor's own. */
  readonly factor: number;
}

/** By identifier or symbol, of the descriptor itself or of an alias; undefined when there is none of that name. */
export function descriptorByName(name: string): NamedDescriptor | undefined {
  for (const definition of DESCRIPTORS) {
    if (name === definition.identifier || name === definition.symbol) return { definition, factor: 1 };
    const alias = definition.aliases.find((entry) => name === entry.identifier || name === entry.symbol);
    if (alias !== undefined) return { definition, factor: alias.factor };
  }
  return undefined;
}

function listed<Inputs extends z.ZodType>(definition: DescriptorDefinition<Inputs>): ListedDescriptor {
  return { ...definition, compute: (inputs) => definition.compute(definition.inputs.parse(inputs)) };
}
