/** d-band centre and Bader charge from files beside the runs: a campaign on disk, read as `adatom screen` reads it. */
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { descriptor, reasonsOf, valueFor } from '../pipeline/screening.ts';
import { baseFiles } from '../traps/campaign.ts';
import { screening } from '../traps/screened.ts';

const FACET = 'zno-002';
const SLAB = `${FACET}/slab`;
const files = baseFiles();
const FERMI_EV = -1.557;
const withFiles = (changes: Readonly<Record<string, string>>) =>
  screening(new Map([...files, ...Object.entries(changes)]));

/** Fractional coordinates of a CONTCAR with selective dynamics, in its order. */
function placesIn(folder: string): number[][] {
  const lines = (files.get(`${folder}/CONTCAR`) ?? '').split('\n');
  const count = (lines[6] ?? '')
    .trim()
    .split(/\s+/)
    .reduce((sum, one) => sum + Number(one), 0);
  const places = lines.slice(9, 9 + count).map((line) => line.trim().split(/\s+/).slice(0, 3).map(Number));
  expect(places.flat().every(Number.isFinite)).toBe(true);
  return places;
}

describe('the d-band centre of a clean slab', () => {
  const zinc = placesIn(SLAB)
    .slice(0, 16)
    .map(([, , z]) => z ?? 0);
  const highest = Math.max(...zinc);
  const energies = Array.from({ length: 181 }, (_, at) => -10 + at / 10);
  const title = '      8.00000000    -10.00000000  181     -1.55700000      1.00000000\n';
  const row = (values: readonly number[]): string =>
    `${values.map((value, at) => (at === 0 ? value.toFixed(3).padStart(11) : value.toExponential(4).padStart(12))).join('')}\n`;
  /** A triangle 2 eV wide at its foot around the centre, in five d columns; what is no d state is 3. */
  const block = (centreEv: number): string =>
    title +
    energies
      .map((energy) => {
        const density = Math.max(0, 1 - Math.abs(energy - centreEv)) / 5;
        return row([energy, 3, 3, 3, 3, density, density, density, density, density]);
      })
      .join('');
  // Surface Zn at −5 eV, the others at −7; O, which has no d band, at 2.
  const doscar = `  32  32   1   1
  0.1482975E+02  0.6E-09  0.6E-09  0.30E-08  0.5E-15
  1.000000000000000E-004
  CAR
 synthetic
${title}${energies.map((energy) => row([energy, 1, 1])).join('')}${zinc.map((z) => block(z > highest - 0.005 ? -5 : -7)).join('')}${block(2).repeat(16)}`;
  const projected = (files.get(`${SLAB}/OUTCAR`) ?? '').replace('LORBIT       =      0', 'LORBIT       =     11');

  it('is that of its topmost metal atoms, for information', async () => {
    expect(projected).not.toBe(files.get(`${SLAB}/OUTCAR`));
    const { result, calculations } = await withFiles({ [`${SLAB}/DOSCAR`]: doscar, [`${SLAB}/OUTCAR`]: projected });
    const found = descriptor(result, FACET, 'd-band-centre');
    // By hand: the middle of the triangle, relative to E_F.
    expectNear(found.available && found.value, -5 - FERMI_EV, 1e-4);
    const surface = zinc.flatMap((z, at) => (z > highest - 0.005 ? [at + 1] : []));
    expect(found.parts).toMatchObject({ element: 'Zn', atoms: surface });
    if (!found.available) throw new Error('asserted above');
    expect(found.issues.map(({ code }) => code)).toEqual(['I_INFORMATIONAL']);
    expect(found.inputs.map(({ file }) => file)).toEqual([`${SLAB}/DOSCAR`, `${SLAB}/OUTCAR`]);
    const kept = calculations.find(({ id }) => id === `${SLAB}/OUTCAR`)?.companionValues?.dStates?.value;
    expect(kept?.states).toHaveLength(32);
  });

  it('is not looked for where the states were not projected', async () => {
    const { result, beside } = await withFiles({ [`${SLAB}/DOSCAR`]: doscar });
    expect(beside).toEqual([]);
    expect(result.candidates[0]?.descriptors).not.toHaveProperty('d-band-centre');
  });

  it('is not taken from the states of other atoms', async () => {
    const other = doscar.slice(0, doscar.length - block(2).length).replace('  32  32', '  31  31');
    const { result } = await withFiles({ [`${SLAB}/DOSCAR`]: other, [`${SLAB}/OUTCAR`]: projected });
    expect(reasonsOf(result, FACET, 'd-band-centre').join()).toContain('W_OTHER_RUN');
  });
});

describe('the Bader charge of an adatom', () => {
  const folder = `${FACET}/slab-li-top`;
  const places = placesIn(folder);
  const cell = (files.get(`${folder}/CONTCAR`) ?? '')
    .split('\n')
    .slice(2, 5)
    .map((line) => line.trim().split(/\s+/).map(Number));
  const cartesian = places.map((place) =>
    [0, 1, 2].map((axis) => place.reduce((sum, fraction, row) => sum + fraction * (cell[row]?.[axis] ?? 0), 0)),
  );
  /** 16 Zn, 16 O, Li last; the valences of the campaign: 12, 6, and of Li that of its POTCAR. */
  const valence = Number(/ZVAL {3}=[\d. ]*?([\d.]+)\s*$/m.exec(files.get(`${folder}/OUTCAR`) ?? '')?.[1]);
  const acf = (lithium: number, more = 0, moved = 0): string => {
    const rows = cartesian.map(([x = 0, y = 0, z = 0], at) => {
      const charge = at < 16 ? 11 - (at === 0 ? lithium - valence - more : 0) : at < 32 ? 7 : lithium;
      return `${[at + 1].map((n) => `${n}`.padStart(5))}${[x + (at === 32 ? moved : 0), y, z, charge, 1, 10].map((value) => value.toFixed(4).padStart(12)).join('')}`;
    });
    return `    #         X           Y           Z       CHARGE      MIN DIST   ATOMIC VOL
 --------------------------------------------------------------------------------
${rows.join('\n')}
 --------------------------------------------------------------------------------
    VACUUM CHARGE:               0.0000
    VACUUM VOLUME:               0.0000
    NUMBER OF ELECTRONS:       ${(288 + valence).toFixed(4)}
`;
  };
  const cores = { [`${folder}/AECCAR0`]: 'not opened', [`${folder}/AECCAR2`]: 'not opened' };

  it('is the valence of its POTCAR less the electrons of its basin', async () => {
    expect(valence).toBeGreaterThan(0);
    const { result, beside } = await withFiles({ [`${folder}/ACF.dat`]: acf(0.11), ...cores });
    expect(beside).toEqual([`${folder}/ACF.dat`]);
    const found = descriptor(result, FACET, 'bader-charge');
    expectNear(found.available && found.value, valence - 0.11, 1e-9);
    expect(found.parts).toMatchObject({ site: `${folder}/OUTCAR`, atoms: [33] });
    if (!found.available) throw new Error('asserted above');
    expect([found.quality, found.issues]).toEqual(['ok', []]);
    expect(found.inputs.map(({ name, file, value }) => [name, file, value])).toEqual([
      ['CHARGE of atom 33', `${folder}/ACF.dat`, 0.11],
    ]);
  });

  it('is that of the site bound most strongly, whatever other sites have', async () => {
    const other = `${FACET}/slab-li`;
    const text = acf(0.3);
    const { result } = await withFiles({ [`${folder}/ACF.dat`]: acf(0.11), [`${other}/ACF.dat`]: text, ...cores });
    const found = descriptor(result, FACET, 'bader-charge');
    expect(found.parts.site).toBe(`${folder}/OUTCAR`);
    expect(JSON.stringify(found.parts.others)).toContain(`${other}/OUTCAR`);
  });

  it('of a division whose electrons do not add up, or without the cores, is told so', async () => {
    const { result } = await withFiles({ [`${folder}/ACF.dat`]: acf(0.11, 0.5) });
    const found = descriptor(result, FACET, 'bader-charge');
    expect(found.available && found.issues.map(({ code }) => code).sort()).toEqual(['W_BADER_NO_CORE', 'W_BADER_SUM']);
  });

  it('is not taken from an analysis of atoms elsewhere', async () => {
    const { result } = await withFiles({ [`${folder}/ACF.dat`]: acf(0.11, 0, 0.4), ...cores });
    expect(reasonsOf(result, FACET, 'bader-charge').join()).toContain('W_OTHER_RUN');
    expect(valueFor(result, FACET, 'adsorption-energy')).toBeDefined();
  });

  it('is left out where nobody analysed the density', async () => {
    const { result } = await withFiles({});
    expect(result.candidates[0]?.descriptors).not.toHaveProperty('bader-charge');
  });
});
