/**
 * Zero-point energies of adsorbed hydrogen and of H₂ where their vibrations were calculated (SCIENCE §6.1).
 *
 * The mistakes avoided here: the modes of displaced slab atoms counted as those of hydrogen; an imaginary mode, which has
 * no zero-point energy, left out in silence; and the translations and rotations of the molecule, which come out of finite
 * differences as small frequencies, added to its one vibration.
 */
import type { Calculation } from '../model/calculation.ts';
import type { InputReference } from '../model/descriptor.ts';
import type { Issue } from '../model/issues.ts';
import type { CandidateInput } from './candidate-input.ts';
import { valueReference } from './input-reference.ts';
import { type VibrationalRun, vibrationsOf, vibrationsUnused } from './vibrational-run.ts';

export interface HydrogenStates {
  readonly adsorbed: Calculation;
  readonly clean: Calculation;
  readonly molecule: Calculation;
  /** Hydrogen atoms in the cell. */
  readonly count: number;
}

export interface HydrogenVibrations {
  /** Both or none; eV, of one adsorbed H and of one H₂. */
  readonly zeroPoints?: { readonly zeroPointAdsorbedEv: number; readonly zeroPointMoleculeEv: number };
  readonly references: readonly InputReference[];
  readonly issues: readonly Issue[];
}

export function hydrogenVibrations(states: HydrogenStates, input: CandidateInput): HydrogenVibrations {
  const [surface, gas] = [vibrationsOf(states.adsorbed, input), vibrationsOf(states.molecule, input)];
  if (surface.run === undefined) return { references: [], issues: surface.issues };
  const adsorbed = onSurface(surface.run, states, input);
  if (adsorbed.issue !== undefined) return { references: [], issues: [adsorbed.issue] };
  if (gas.run === undefined) {
    const missing = vibrationsUnused('those of the H₂ molecule are not there', surface.run.calculation);
    return { references: [], issues: [missing, ...gas.issues] };
  }
  const zeroPointMoleculeEv = stretchZeroPointEv(gas.run);
  if (zeroPointMoleculeEv === 0) {
    return { references: [], issues: [vibrationsUnused('no real mode of H₂', gas.run.calculation)] };
  }
  const zeroPointAdsorbedEv = adsorbed.zeroPointEv / states.count;
  return {
    zeroPoints: { zeroPointAdsorbedEv, zeroPointMoleculeEv },
    references: [
      reference('ZPE(H*)', zeroPointAdsorbedEv, surface.run),
      ...(adsorbed.bare === undefined
        ? []
        : [reference('ZPE(slab)', adsorbed.bare.modes.zeroPointEnergyEv, adsorbed.bare)]),
      reference('ZPE(H2)', zeroPointMoleculeEv, gas.run),
    ],
    issues: [],
  };
}

type OnSurface =
  | { readonly zeroPointEv: number; readonly bare?: VibrationalRun; readonly issue?: never }
  | { readonly issue: Issue };

/** Of all hydrogen atoms together: the modes of them alone, or less those of the clean slab with the same atoms free. */
function onSurface(run: VibrationalRun, { clean, count }: HydrogenStates, input: CandidateInput): OnSurface {
  const { calculation, modes } = run;
  const unused = (reason: string): OnSurface => ({ issue: vibrationsUnused(reason, calculation) });
  const others = modes.wavenumbersPerCm.length - 3 * count;
  if (modes.imaginaryCount > 0) return unused(`${modes.imaginaryCount} imaginary modes: no minimum of the energy`);
  if (others < 0) return unused(`${modes.wavenumbersPerCm.length} modes of ${count} hydrogen atoms`);
  if (others === 0) {
    return movesOnlyHydrogen(calculation)
      ? { zeroPointEv: modes.zeroPointEnergyEv }
      : unused('other atoms than hydrogen were displaced');
  }
  const bare = vibrationsOf(clean, input).run;
  if (bare === undefined || bare.modes.wavenumbersPerCm.length !== others) {
    return unused(`${others} of the modes are of the slab, and those of the clean slab are not there`);
  }
  if (bare.modes.imaginaryCount > 0) return unused(`the clean slab has ${bare.modes.imaginaryCount} imaginary modes`);
  const zeroPointEv = modes.zeroPointEnergyEv - bare.modes.zeroPointEnergyEv;
  return zeroPointEv < 0 ? unused('the clean slab alone has the larger zero-point energy') : { zeroPointEv, bare };
}

/** True also where no file tells which atoms were free: their number is right. */
function movesOnlyHydrogen({ structure }: Calculation): boolean {
  const flags = structure?.selectiveDynamics;
  return (
    (flags === undefined ||
      structure?.species.every(
        (element, atom) => element === 'H' || !flags.subarray(3 * atom, 3 * atom + 3).includes(1),
      )) === true
  );
}

/** Of a molecule of two atoms the stretch is the highest mode. */
function stretchZeroPointEv({ modes }: VibrationalRun): number {
  return Math.max(0, ...modes.energiesMeV) / 2000;
}

function reference(name: string, value: number, { calculation }: VibrationalRun): InputReference {
  return valueReference({ name, value, unit: 'eV' }, calculation, {
    block: 'vibrations',
    field: 'response.vibrations',
  });
}
