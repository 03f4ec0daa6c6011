/** The work function from a LOCPOT beside the run of a clean slab: a campaign on disk, read as `adatom screen` reads it. */
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { descriptor, reasonsOf, valueFor } from '../pipeline/screening.ts';
import { baseFiles } from '../traps/campaign.ts';
import { screening } from '../traps/screened.ts';
import { gridText, type Points } from './grid-text.ts';

const SLAB = 'zno-002/slab';
const FACET = 'zno-002';
const files = baseFiles();
const text = (name: string): string => files.get(`${SLAB}/${name}`) ?? '';
const POINTS: Points = [2, 2, 240];
/** Of the campaign's OUTCARs. */
const FERMI_EV = -1.557;
const UPPER_EV = 4.2;
const LOWER_EV = 3.9;

/** Fractions of c: the lowest and the highest of the 32 atoms. */
const heights = text('CONTCAR')
  .split('\n')
  .slice(9, 41)
  .map((line) => Number(line.trim().split(/\s+/)[2]));
const [bottom, top] = [Math.min(...heights), Math.max(...heights)];
const middle = (top + bottom + 1) / 2;
const MARGIN = 0.04;

/** Flat on both sides of a slab with a dipole correction, whose step lies in the middle of the vacuum. */
function potential(plane: number): number {
  const height = plane / POINTS[2];
  const above = height < bottom ? height + 1 : height;
  if (above > top + MARGIN && above < middle) return UPPER_EV;
  return above >= middle && above < bottom + 1 - MARGIN ? LOWER_EV : -12;
}

const locpot = gridText(text('CONTCAR'), POINTS, potential);
const outcar = (tag: 'LVHAR' | 'LVTOT'): string => {
  const changed = text('OUTCAR').replace(`${tag}        =      F`, `${tag}        =      T`);
  expect(changed).not.toBe(text('OUTCAR'));
  return changed;
};
const levels = (upper: number, lower: number): string =>
  outcar('LVHAR').replace(
    / E-fermi :(?![\s\S]* E-fermi :)/,
    ` vacuum level on the upper side and lower side of the slab ${upper.toFixed(3)} ${lower.toFixed(3)}\n E-fermi :`,
  );
const screened = (changes: Readonly<Record<string, string>>) =>
  screening(new Map([...files, ...Object.entries(changes)]));
const withFiles = (own: Readonly<Record<string, string>>) =>
  screened(Object.fromEntries(Object.entries(own).map(([name, content]) => [`${SLAB}/${name}`, content])));

describe('the work function of a slab with its LOCPOT', () => {
  it('is that of each face, with the bytes it was read from', async () => {
    const { result, calculations } = await withFiles({ LOCPOT: locpot, OUTCAR: outcar('LVHAR') });
    const found = descriptor(result, FACET, 'work-function');
    // By hand: 4.2 + 1.557 and 3.9 + 1.557.
    expectNear(found.available && found.value, UPPER_EV - FERMI_EV, 1e-9);
    expectNear(found.parts.workFunctionBottomEv, LOWER_EV - FERMI_EV, 1e-9);
    if (!found.available) throw new Error('asserted above');
    expect(found.issues).toEqual([]);
    expect(found.inputs.map(({ name, file }) => [name, file])).toEqual([
      ['V(upper side)', `${SLAB}/LOCPOT`],
      ['V(lower side)', `${SLAB}/LOCPOT`],
      ['E_F', `${SLAB}/OUTCAR`],
    ]);
    const place = found.inputs[0];
    const bytes = locpot.slice(place?.byteOffset, (place?.byteOffset ?? 0) + (place?.byteLength ?? 0));
    expect(bytes.trim().split(/\s+/)).toHaveLength(POINTS[0] * POINTS[1] * POINTS[2]);
    // The file is among those that were read, the grid nowhere.
    const slab = calculations.find(({ id }) => id === `${SLAB}/OUTCAR`);
    expect(slab?.files.map(({ path }) => path)).toContain(`${SLAB}/LOCPOT`);
    expect(slab?.companions).toBeUndefined();
    expect(slab?.companionValues?.localPotential?.value?.points).toEqual([2, 2, 240]);
  });

  it('is refused of a LOCPOT with exchange and correlation (LVTOT), which is not read', async () => {
    const { result, calculations } = await withFiles({ LOCPOT: locpot, OUTCAR: outcar('LVTOT') });
    expect(reasonsOf(result, FACET, 'work-function').join()).toContain('E_LOCPOT_XC');
    const slab = calculations.find(({ id }) => id === `${SLAB}/OUTCAR`);
    expect(slab?.companions?.map(({ path }) => path)).toEqual([`${SLAB}/LOCPOT`]);
  });

  it('of a LOCPOT that neither tag explains is told to be of unknown content', async () => {
    const { result } = await withFiles({ LOCPOT: locpot });
    const found = descriptor(result, FACET, 'work-function');
    expectNear(found.available && found.value, UPPER_EV - FERMI_EV, 1e-9);
    expect(found.available && [found.quality, found.issues.map(({ code }) => code)]).toEqual([
      'degraded',
      ['W_LOCPOT_UNKNOWN'],
    ]);
  });

  it('of a potential that is nowhere flat is told so', async () => {
    const steep = gridText(text('CONTCAR'), POINTS, (plane) => potential(plane) + 0.05 * plane);
    const { result } = await withFiles({ LOCPOT: steep, OUTCAR: outcar('LVHAR') });
    const found = descriptor(result, FACET, 'work-function');
    expect(found.available && found.issues.map(({ code }) => code)).toEqual(['W_NO_PLATEAU', 'W_NO_PLATEAU']);
  });

  it('is not taken from the LOCPOT of a run whose atoms were elsewhere', async () => {
    const lines = text('CONTCAR').split('\n');
    // The tenth line is that of the first atom.
    lines[9] = (lines[9] ?? '').replace(/0\.\d+/, '0.5000');
    const moved = gridText(lines.join('\n'), POINTS, potential);
    expect(moved).not.toBe(locpot);
    const { result } = await withFiles({ LOCPOT: moved, OUTCAR: outcar('LVHAR') });
    expect(reasonsOf(result, FACET, 'work-function').join()).toContain('W_OTHER_RUN');
  });

  it('of a torn LOCPOT is not guessed', async () => {
    const torn = locpot.slice(0, Math.floor(locpot.length * 0.7));
    const { result } = await withFiles({ LOCPOT: torn, OUTCAR: outcar('LVHAR') });
    const reasons = reasonsOf(result, FACET, 'work-function').join();
    expect(reasons).toContain('E_TRUNCATED');
    // The energies of the run are none the worse for it.
    expect(valueFor(result, FACET, 'adsorption-energy')).toBeDefined();
  });

  it('comes from the levels of the OUTCAR where the LOCPOT cannot be used, and says so', async () => {
    const { result } = await withFiles({ LOCPOT: locpot.slice(0, 3000), OUTCAR: levels(4.21, 3.93) });
    const found = descriptor(result, FACET, 'work-function');
    expectNear(found.available && found.value, 4.21 - FERMI_EV, 1e-9);
    expect(found.available && found.issues.map(({ code }) => code)).toEqual(['I_NOT_READ']);
  });

  it('is held against the levels of the OUTCAR, and a difference is told', async () => {
    const agreeing = await withFiles({ LOCPOT: locpot, OUTCAR: levels(4.21, 3.89) });
    const same = descriptor(agreeing.result, FACET, 'work-function');
    expect(same.available && same.issues).toEqual([]);
    const { result } = await withFiles({ LOCPOT: locpot, OUTCAR: levels(4.5, 3.9) });
    const found = descriptor(result, FACET, 'work-function');
    expectNear(found.available && found.value, UPPER_EV - FERMI_EV, 1e-9);
    expect(found.available && found.issues.map(({ message }) => message)).toEqual([
      'vacuum level on the upper side: 4.200 eV in the LOCPOT, but 4.500 eV in the OUTCAR; the first is used',
    ]);
  });

  it('of a run of its own on the relaxed slab counts for the slab', async () => {
    const static_ = { LOCPOT: locpot, OUTCAR: outcar('LVHAR'), CONTCAR: text('CONTCAR'), POSCAR: text('CONTCAR') };
    const changes = Object.entries(static_).map(([name, content]) => [`${SLAB}/static/${name}`, content]);
    const { result } = await screened(Object.fromEntries(changes));
    expectNear(valueFor(result, FACET, 'work-function'), UPPER_EV - FERMI_EV, 1e-9);
  });

  it('of a static run with LVHAR counts before the LOCPOT of the relaxation, which holds exchange and correlation', async () => {
    const static_ = { LOCPOT: locpot, OUTCAR: outcar('LVHAR'), CONTCAR: text('CONTCAR'), POSCAR: text('CONTCAR') };
    const changes = Object.entries(static_).map(([name, content]) => [`${SLAB}/static/${name}`, content]);
    const own = { [`${SLAB}/LOCPOT`]: locpot, [`${SLAB}/OUTCAR`]: outcar('LVTOT') };
    const { result, beside } = await screened({ ...Object.fromEntries(changes), ...own });
    expect(beside).toEqual([`${SLAB}/static/LOCPOT`]);
    expectNear(valueFor(result, FACET, 'work-function'), UPPER_EV - FERMI_EV, 1e-9);
  });

  it('is left out where there is neither', async () => {
    const { result } = await screened({});
    expect(result.candidates[0]?.descriptors).not.toHaveProperty('work-function');
  });
});

describe('files beside the runs', () => {
  it('are not opened where no descriptor can use them', async () => {
    const adsorbed = gridText(files.get(`${FACET}/slab-li/CONTCAR`) ?? '', POINTS, potential);
    const { beside, calculations } = await screened({
      [`${SLAB}/LOCPOT`]: locpot,
      [`${SLAB}/LOCPOT.gz`]: 'the same again',
      [`${SLAB}/OUTCAR`]: outcar('LVHAR'),
      [`${SLAB}/CHGCAR`]: 'no matter',
      [`${SLAB}/DOSCAR`]: 'no matter',
      [`${FACET}/slab-li/LOCPOT`]: adsorbed,
    });
    expect(beside).toEqual([`${SLAB}/LOCPOT`]);
    const slab = calculations.find(({ id }) => id === `${SLAB}/OUTCAR`);
    expect(slab?.companions?.map(({ path }) => path.slice(SLAB.length + 1))).toEqual(['CHGCAR', 'DOSCAR', 'LOCPOT.gz']);
  });
});
