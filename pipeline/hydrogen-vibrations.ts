/**
 * Zero-point energies of adsorbed hydrogen and of H₂ where their vibrations were calculated (SCIENCE §6.1).
 *
 * The mistakes avoided here: the modes of displaced slab atoms counted as those of hydrogen; an imaginary mode, which has
 * no zero-point energy, left out in silence; the translations and rotations of the molecule, which come out of finite
 * differences as small frequencies, added to its one vibration; and the mode of a molecule of which one atom was held.
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
  const surface = vibrationsOf(states.adsorbed, input);
  if (surface.runs.length === 0) return { references: [], issues: surface.refused };
  const outcomes = surface.runs.map((run) => onSurface(run, states, input));
  const adsorbed = outcomes.find((outcome) => 'run' in outcome);
  if (adsorbed === undefined) {
    return { references: [], issues: outcomes.flatMap((outcome) => ('issue' in outcome ? [outcome.issue] : [])) };
  }
  const gas = ofMolecule(states.molecule, adsorbed.run, input);
  if ('issues' in gas) return { references: [], issues: gas.issues };
  const zeroPointAdsorbedEv = adsorbed.zeroPointEv / states.count;
  const zeroPointMoleculeEv = gas.zeroPointEv;
  return {
    zeroPoints: { zeroPointAdsorbedEv, zeroPointMoleculeEv },
    references: [
      reference('ZPE(H*)', zeroPointAdsorbedEv, adsorbed.run),
      ...(adsorbed.bare === undefined
        ? []
        : [reference('ZPE(slab)', adsorbed.bare.modes.zeroPointEnergyEv, adsorbed.bare)]),
      reference('ZPE(H2)', zeroPointMoleculeEv, gas.run),
    ],
    issues: [adsorbed.run, adsorbed.bare, gas.run].flatMap((run) => run?.issues ?? []),
  };
}

interface ZeroPoint {
  readonly zeroPointEv: number;
  readonly run: VibrationalRun;
}

type OnSurface = (ZeroPoint & { readonly bare?: VibrationalRun }) | { readonly issue: Issue };

/** Of all hydrogen atoms together: the modes of them alone, or less those of the clean slab with the same atoms free. */
function onSurface(run: VibrationalRun, { clean, count }: HydrogenStates, input: CandidateInput): OnSurface {
  const { calculation, modes } = run;
  const unused = (reason: string): OnSurface => ({ issue: vibrationsUnused(reason, calculation) });
  const others = modes.wavenumbersPerCm.length - 3 * count;
  if (modes.imaginaryCount > 0) return unused(`${modes.imaginaryCount} imaginary modes: no minimum of the energy`);
  if (others < 0) return unused(`${modes.wavenumbersPerCm.length} modes of ${count} hydrogen atoms`);
  if (others === 0) {
    return movesOnlyHydrogen(calculation)
      ? { zeroPointEv: modes.zeroPointEnergyEv, run }
      : unused('other atoms than hydrogen were displaced');
  }
  const bare = vibrationsOf(clean, input).runs.find((candidate) => movesTheSameSlab(run, candidate, count));
  if (bare === undefined) {
    return unused(`${others} of the modes are of the slab, and those of the clean slab are not there`);
  }
  if (bare.modes.imaginaryCount > 0) return unused(`the clean slab has ${bare.modes.imaginaryCount} imaginary modes`);
  const zeroPointEv = modes.zeroPointEnergyEv - bare.modes.zeroPointEnergyEv;
  return zeroPointEv < 0 ? unused('the clean slab alone has the larger zero-point energy') : { zeroPointEv, run, bare };
}

/** As many modes without those of hydrogen, and, where files tell it, of as many atoms of each element. */
function movesTheSameSlab(run: VibrationalRun, bare: VibrationalRun, count: number): boolean {
  if (run.modes.wavenumbersPerCm.length - bare.modes.wavenumbersPerCm.length !== 3 * count) return false;
  const [all, slab] = [displacedOf(run), displacedOf(bare)];
  if (all === undefined || slab === undefined) return true;
  return [...all].every(
    ([element, components]) => components - (element === 'H' ? 3 * count : 0) === (slab.get(element) ?? 0),
  );
}

/** Displaced components by element. */
function displacedOf({ calculation: { structure }, displaced }: VibrationalRun): Map<string, number> | undefined {
  if (structure === undefined || displaced === undefined) return undefined;
  const components = new Map<string, number>();
  for (const [atom, element] of structure.species.entries()) {
    const free = displaced.subarray(3 * atom, 3 * atom + 3).reduce((sum, flag) => sum + flag, 0);
    components.set(element, (components.get(element) ?? 0) + free);
  }
  return components;
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

/** Of a molecule of two atoms the stretch is the highest mode; with one of them held it is another, √½ as high. */
function ofMolecule(
  molecule: Calculation,
  adsorbed: VibrationalRun,
  input: CandidateInput,
): ZeroPoint | { readonly issues: readonly Issue[] } {
  const { runs, refused } = vibrationsOf(molecule, input);
  const whole = runs.filter(({ displaced }) => displaced?.includes(0) === false);
  const found = whole
    .map((run) => ({ run, zeroPointEv: Math.max(0, ...run.modes.energiesMeV) / 2000 }))
    .find(({ zeroPointEv }) => zeroPointEv > 0);
  if (found !== undefined) return found;
  if (runs.length === 0) {
    return {
      issues: [vibrationsUnused('those of the H₂ molecule are not there', adsorbed.calculation), ...refused],
    };
  }
  const reason = whole.length === 0 ? 'not both atoms of H₂ were displaced' : 'no real mode of H₂';
  return { issues: (whole.length === 0 ? runs : whole).map((run) => vibrationsUnused(reason, run.calculation)) };
}

function reference(name: string, value: number, { calculation }: VibrationalRun): InputReference {
  return valueReference({ name, value, unit: 'eV' }, calculation, {
    block: 'vibrations',
    field: 'response.vibrations',
  });
}
