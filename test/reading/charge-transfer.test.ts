/** Charge that moved between slab and adatom, from three CHGCARs on disk, read as `adatom screen` reads them. */
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { descriptor, reasonsOf, valueFor } from '../pipeline/screening.ts';
import { atomsOf, baseFiles, filesOf, type Run, runAt, runNamed, surface } from '../traps/campaign.ts';
import { screening } from '../traps/screened.ts';
import { gridText, type Points } from './grid-text.ts';

const FACET = 'zno-002';
const WHOLE = `${FACET}/slab-li-top`;
/** As relaxed: the adatom drew the topmost atoms of the slab towards it. */
const atoms = atomsOf(runNamed(WHOLE)).map(({ element, place: [x, y, height], free = true }) => ({
  element,
  place: [x, y, free && element === 'O' ? height + 0.04 : height] as const,
  free,
}));
const run = runAt(runNamed(WHOLE), atoms);
const part = (folder: string, isIn: (element: string) => boolean, energyEv: number): Run => ({
  ...runAt(
    run,
    atoms.filter(({ element }) => isIn(element)),
    { energyEv },
  ),
  folder,
});
const slab = part('charge/slab', (element) => element !== 'Li', surface.cleanSigma0Ev + 0.05);
const lithium = part('charge/li', (element) => element === 'Li', -0.2);
const files = new Map([...baseFiles(), ...filesOf(run), ...filesOf(slab), ...filesOf(lithium)]);
const contcar = ({ folder }: Run): string => files.get(`${folder}/CONTCAR`) ?? '';

const POINTS: Points = [2, 2, 120];
const cell = contcar(run)
  .split('\n')
  .slice(2, 5)
  .map((line) => line.trim().split(/\s+/).map(Number));
const height = cell[2]?.[2] ?? Number.NaN;
const [[ax = 0] = [], [, by = 0] = []] = cell;
const volume = ax * by * height;
const z = (element: string): number[] => atoms.flatMap((atom) => (atom.element === element ? [atom.place[2]] : []));
const [adatom] = z('Li');
const top = Math.max(...z('O'), ...z('Zn'));
const middle = (top + (adatom ?? 0)) / 2;
const planeOf = (heightAngstrom: number): number => Math.round((heightAngstrom / height) * POINTS[2]);
/** 0.8 e moves from a plane above the middle to one below: values of a CHGCAR are ρ·V, each plane holds 1/120 of it. */
const MOVED = 0.8;
const [gaining, losing] = [planeOf(middle - 1), planeOf(middle + 1)];
const ofSlab = (plane: number): number => 280 + (plane % 7);
const ofLithium = (plane: number): number => 1 + 0.1 * (plane % 3);
const moved = (plane: number): number => (plane === gaining ? MOVED : plane === losing ? -MOVED : 0) * POINTS[2];

const chgcars = (points = POINTS): Record<string, string> => ({
  [`${WHOLE}/CHGCAR`]: gridText(contcar(run), POINTS, (k) => ofSlab(k) + ofLithium(k) + moved(k)),
  [`${slab.folder}/CHGCAR`]: gridText(contcar(slab), POINTS, ofSlab),
  [`${lithium.folder}/CHGCAR`]: gridText(contcar(lithium), points, ofLithium),
});
const screened = (changes: Readonly<Record<string, string>>) =>
  screening(new Map([...files, ...Object.entries(changes)]));

describe('charge transfer of an adsorbed slab', () => {
  it('is what the slab gained below the plane halfway to the adatom', async () => {
    const { result, beside, calculations } = await screened(chgcars());
    expect([...beside].sort()).toEqual([`${lithium.folder}/CHGCAR`, `${slab.folder}/CHGCAR`, `${WHOLE}/CHGCAR`]);
    const found = descriptor(result, FACET, 'charge-transfer');
    expect(reasonsOf(result, FACET, 'charge-transfer')).toEqual([]);
    // By hand: all of it, for its planes lie one Å from the middle.
    expectNear(found.available && found.value, MOVED, 1e-6);
    expectNear(found.parts.movedElectrons, MOVED, 1e-6);
    expectNear(found.parts.sumElectrons, 0, 1e-6);
    expect(found.parts).toMatchObject({ site: `${WHOLE}/OUTCAR`, slab: `${slab.folder}/OUTCAR` });
    if (!found.available) throw new Error('asserted above');
    expect(found.inputs.map(({ file }) => file)).toEqual(Object.keys(chgcars()));
    // ∫ρ dV by hand: the mean of ρ·V over the planes.
    const mean = Array.from({ length: POINTS[2] }, (_, k) => ofSlab(k)).reduce((sum, one) => sum + one, 0) / POINTS[2];
    expectNear(found.inputs[1]?.value, mean, 1e-6);
    const kept = calculations.find(({ id }) => id === `${WHOLE}/OUTCAR`)?.companionValues?.chargeDensity?.value;
    expect(kept?.planarAverages.map(({ length }) => length)).toEqual([...POINTS]);
    expect(volume).toBeGreaterThan(0);
  });

  it('needs no candidate and no reference for the adatom alone in the cell of its slab', async () => {
    const { result } = await screened(chgcars());
    // Lower than the atom in its box, as an atom that feels its images may be; a reference it is not.
    const low = filesOf({ ...lithium, steps: lithium.steps.map((step) => ({ ...step, sigma0Ev: -0.9 })) });
    const withLow = await screened({ ...Object.fromEntries(low), ...chgcars() });
    const plain = await screening(baseFiles());
    expect(result.candidates.map(({ id }) => id)).toEqual(plain.result.candidates.map(({ id }) => id));
    expect(valueFor(withLow.result, FACET, 'adsorption-energy')).toBe(valueFor(result, FACET, 'adsorption-energy'));
  });

  it('needs one grid', async () => {
    const { result } = await screened(chgcars([2, 2, 100]));
    expect(reasonsOf(result, FACET, 'charge-transfer').join()).toContain('E_GRID_MISMATCH');
  });

  it('of parts that lack electrons of the whole is told so', async () => {
    const fewer = gridText(contcar(slab), POINTS, (k) => ofSlab(k) - 1);
    const { result } = await screened({ ...chgcars(), [`${slab.folder}/CHGCAR`]: fewer });
    const found = descriptor(result, FACET, 'charge-transfer');
    expect(found.available && found.issues.map(({ code }) => code)).toContain('W_CHARGE_SUM');
  });

  it('is not looked for with the relaxed clean slab, whose atoms moved', async () => {
    const { [`${slab.folder}/CHGCAR`]: density = '', ...others } = chgcars();
    const { result, beside } = await screened({ ...others, [`${FACET}/slab/CHGCAR`]: density });
    expect(beside).toEqual([]);
    expect(result.candidates[0]?.descriptors).not.toHaveProperty('charge-transfer');
  });

  it('leaves the energies of the candidate as they are', async () => {
    const plain = await screening(new Map([...baseFiles(), ...filesOf(run)]));
    const withParts = await screened(chgcars());
    for (const name of ['adsorption-energy', 'nucleation-driving-force', 'migration-barrier']) {
      expect(valueFor(withParts.result, FACET, name)).toBe(valueFor(plain.result, FACET, name));
    }
  });
});
