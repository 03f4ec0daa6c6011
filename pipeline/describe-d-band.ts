/**
 * Centre of the d band of the surface metal atoms of the clean slab of a candidate, for information (SCIENCE §7): of the
 * DOSCAR with projections beside its run.
 *
 * The mistakes avoided here: the band of all atoms, most of which are as in the bulk; and s and p metals, whose projected
 * d states are no band.
 */
import { atomicLayers } from '../assembly/shared/slab-geometry.ts';
import { dBandCentre } from '../descriptors/d-band-centre.ts';
import type { Calculation } from '../model/calculation.ts';
import type { DescriptorResult } from '../model/descriptor.ts';
import type { DStates } from '../model/electronic.ts';
import { distinctIssues, hasError, type Issue, issue } from '../model/issues.ts';
import type { Structure } from '../model/structure.ts';
import type { SlabGeometry } from '../model/system.ts';
import type { CandidateInput, Describer } from './candidate-input.ts';
import { companionReference } from './companion-reference.ts';
import { describedResult } from './described-result.ts';
import { inputReference } from './input-reference.ts';
import { memberIssues } from './member-issues.ts';
import { runWith } from './runs-of-structure.ts';

const D_BLOCK = new Set(
  'Sc Ti V Cr Mn Fe Co Ni Cu Zn Y Zr Nb Mo Tc Ru Rh Pd Ag Cd La Hf Ta W Re Os Ir Pt Au Hg'.split(' '),
);

export const describeDBand: Describer = (system, input) => {
  const slab = system.slab === undefined ? undefined : input.calculations.get(system.slab);
  const holder = slab === undefined ? undefined : runWith(input)(slab, 'doscar', hasProjectedDBand);
  const reading = holder?.companionValues?.dStates;
  const geometry = holder === undefined ? undefined : input.roles.get(holder.id)?.slab;
  if (holder?.structure === undefined || reading === undefined || geometry === undefined) return {};
  const surface = surfaceAtoms(holder.structure, geometry);
  if (surface === undefined) return {};
  return { 'd-band-centre': centreOf(holder, surface, input) };
};

/** Whether the states of a slab can be used: it was run with projections and has a d metal at its face. */
export function hasProjectedDBand({ settings, structure }: Calculation): boolean {
  const { LORBIT: projections } = settings;
  const isProjected = projections === true || (typeof projections === 'number' && projections >= FIRST_PROJECTED);
  return isProjected && structure?.species.some((element) => D_BLOCK.has(element)) === true;
}

/** LORBIT = 10 … 14 need no radii. */
const FIRST_PROJECTED = 10;

interface SurfaceAtoms {
  readonly element: string;
  readonly atoms: readonly number[];
}

/** Of the outermost plane that holds any metal of the d block, on the side that is free to move. */
function surfaceAtoms(structure: Structure, { axis, heldSide }: SlabGeometry): SurfaceAtoms | undefined {
  const upwards = atomicLayers(structure, axis);
  const layers = heldSide === 'top' ? upwards : [...upwards].reverse();
  for (const layer of layers) {
    const metals = layer.filter((atom) => D_BLOCK.has(structure.species[atom] ?? ''));
    const element = structure.species[metals[0] ?? -1];
    if (element === undefined) continue;
    return { element, atoms: metals.filter((atom) => structure.species[atom] === element) };
  }
  return undefined;
}

function centreOf(holder: Calculation, { element, atoms }: SurfaceAtoms, input: CandidateInput): DescriptorResult {
  const reading = holder.companionValues?.dStates;
  const [value, fermiEnergyEv] = [reading?.value, holder.final?.fermiEnergyEv];
  const issues: Issue[] = [...memberIssues(holder, input), ...(reading?.issues ?? [])];
  if (reading?.value === undefined) {
    issues.push(issue('E_REFERENCE_MISSING', { needed: 'projected states that can be used' }, { file: holder.id }));
  }
  if (fermiEnergyEv === undefined) {
    issues.push(issue('E_REFERENCE_MISSING', { needed: 'the Fermi energy beside the states' }, { file: holder.id }));
  }
  if (value === undefined || fermiEnergyEv === undefined || reading === undefined || hasError(issues)) {
    return { available: false, reasons: distinctIssues(issues), parts: {} };
  }
  const moments = sumOver(atoms, value);
  const result = dBandCentre.compute(dBandCentre.inputs.parse({ moments, fermiEnergyEv, element }));
  const references = [
    ...companionReference({ name: '∫E·ρ_d dE', value: moments.firstEv, unit: 'eV' }, holder, reading),
    inputReference('E_F', holder, 'fermiEnergyEv'),
  ];
  const described = describedResult(result, references, issues);
  // Atoms counted from 1, as structure viewers do.
  return { ...described, parts: { ...described.parts, element, atoms: atoms.map((atom) => atom + 1) } };
}

/** Moments of several atoms add up. A small negative sum of smeared states is none. */
function sumOver(atoms: readonly number[], states: DStates) {
  const sum = (values: Float64Array): number => atoms.reduce((total, atom) => total + (values[atom] ?? 0), 0);
  return {
    states: Math.max(0, sum(states.states)),
    firstEv: sum(states.firstMomentsEv),
    secondEv2: Math.max(0, sum(states.secondMomentsEv2)),
    fromEv: states.fromEv,
    toEv: states.toEv,
  };
}
