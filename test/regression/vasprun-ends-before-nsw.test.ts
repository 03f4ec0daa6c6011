/**
 * A relaxation that ended by its own energy criterion was called unconverged when only its vasprun.xml was left: VASP
 * compares EDIFFG with the change that its line search expects, and the printed change is larger.
 */
import { expect, it } from 'vitest';
import { ionicOutcome, type Relaxation } from '../../parsers/shared/vasprun-xml/convergence.ts';

/** aiida-vasp, silicon with NSW 5 and EDIFFG 1e-8: its OUTCAR says `reached required accuracy` after three steps. */
const SILICON = [-4.83142053, -4.83142059, -4.83142071];
/** pymatgen's vasprun.unconverged.xml: NELM stopped each electronic loop, then the run was stopped. */
const STOPPED = [-155.01443461, -129.94568882, -134.33107279];

const relaxation = (energies: readonly number[], change: Partial<Relaxation> = {}): Relaxation => ({
  settings: { IBRION: 1, NSW: 5, EDIFFG: 1e-8, ISIF: 2 },
  steps: energies.map((freeEnergyEv, at) => ({ index: at + 1, freeEnergyEv, electronic: 'reached' as const })),
  lattice: undefined,
  flags: undefined,
  closed: true,
  ...change,
});

it('VASP that ends by itself near its goal before NSW has reached it', () => {
  expect(ionicOutcome(relaxation(SILICON))).toBe('reached');
});

it('with all steps used, or far from the goal, the file does not tell', () => {
  const settings = { IBRION: 1, NSW: 3, EDIFFG: 1e-8, ISIF: 2 };
  expect(ionicOutcome(relaxation(SILICON, { settings }))).toBe('unknown');
  expect(ionicOutcome(relaxation(STOPPED))).toBe('unknown');
});

it('a file that breaks off has not reached it', () => {
  expect(ionicOutcome(relaxation(SILICON, { closed: false }))).toBe('notReached');
});

it('an atom without a force is at its goal in the first step, unless its cell can move', () => {
  const step = { index: 1, freeEnergyEv: -1.57, electronic: 'reached' as const };
  const atRest = [{ ...step, forcesEvPerAngstrom: Float64Array.of(0, 1e-5, 0) }];
  const pulled = [{ ...step, forcesEvPerAngstrom: Float64Array.of(0, 0.2, 0) }];
  expect(ionicOutcome(relaxation([], { steps: atRest }))).toBe('reached');
  expect(ionicOutcome(relaxation([], { steps: pulled }))).toBe('unknown');
  const settings = { IBRION: 1, NSW: 5, EDIFFG: 1e-8, ISIF: 3 };
  expect(ionicOutcome(relaxation([], { steps: atRest, settings }))).toBe('unknown');
});
