/**
 * The final state of a run: one step of one file, and what that file does not print of it.
 *
 * Another output adds a value only when it tells of the same step with the same energies; energies are never taken from
 * it. So a moment from OSZICAR stands beside the energies of vasprun.xml, and nothing of an earlier step does.
 */
import type { FinalState, IonicStep } from '../model/calculation.ts';
import type { Structure } from '../model/structure.ts';
import { maxForce, maxFreeForce } from './free-force.ts';
import type { RunOutput, RunOutputs } from './run-outputs.ts';
import { differentEnergies, ENERGY_NAMES, energiesAreComparable } from './source-energies.ts';

export interface FoundFinal {
  readonly final?: FinalState;
  /** The file that each added value came from. */
  readonly added: ReadonlyMap<keyof IonicStep, RunOutput>;
}

const ADDED = [
  'fermiEnergyEv',
  'dispersionEnergyEv',
  'totalMagnetisationBohr',
  'magnetisationVectorBohr',
  'maxAtomMagnetisationBohr',
  'stressKbar',
  'pressureKbar',
  'volumeAngstrom3',
  'forcesEvPerAngstrom',
  'electronicStepCount',
  'neb',
  'temperatureKelvin',
  'kineticEnergyEv',
  'conservedEnergyEv',
] as const satisfies readonly (keyof IonicStep)[];

export function finalState({ main, others }: RunOutputs, structure: Structure | undefined): FoundFinal {
  const last = main?.final;
  const added = new Map<keyof IonicStep, RunOutput>();
  if (main === undefined || last === undefined) return { added };
  const step: { -readonly [Name in keyof IonicStep]: IonicStep[Name] } = { ...last };
  for (const other of others.filter((output) => isSameState(main, output))) {
    for (const name of ADDED) {
      const value = other.final?.[name];
      if (value === undefined || step[name] !== undefined || isOtherShape(step, name)) continue;
      Object.assign(step, { [name]: value });
      added.set(name, other);
    }
  }
  return { final: { ...step, ...largestForces(step, structure) }, added };
}

/** The same step, and at least one energy told by both and equal. */
export function isSameState(main: RunOutput, other: RunOutput): boolean {
  if (!energiesAreComparable(main, other) || differentEnergies(main, other).length > 0) return false;
  return ENERGY_NAMES.some((name) => main.final?.[name] !== undefined && other.final?.[name] !== undefined);
}

/** A moment is one number or three, never both. */
function isOtherShape(step: IonicStep, name: keyof IonicStep): boolean {
  if (name === 'totalMagnetisationBohr') return step.magnetisationVectorBohr !== undefined;
  return name === 'magnetisationVectorBohr' && step.totalMagnetisationBohr !== undefined;
}

function largestForces({ forcesEvPerAngstrom: forces }: IonicStep, structure: Structure | undefined) {
  if (forces === undefined) return {};
  const flags = structure?.selectiveDynamics;
  const largest = maxForce(forces);
  const free =
    flags === undefined || structure === undefined ? undefined : maxFreeForce(forces, flags, structure.latticeAngstrom);
  return {
    ...(largest !== undefined && { maxForceEvPerAngstrom: largest }),
    ...(free !== undefined && { maxFreeForceEvPerAngstrom: free }),
  };
}
