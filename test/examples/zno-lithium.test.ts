import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';

// The files are read with a few regular expressions, not with our parsers: this test is about what they say.
const EXAMPLE = fileURLToPath(new URL('../../examples/zno-lithium/', import.meta.url));
const COMMITTED = join(EXAMPLE, 'calculations');

const files = filesBelow(COMMITTED);
const outcars = files.filter((file) => file.endsWith('OUTCAR'));

describe('the ZnO campaign', () => {
  let generated = '';
  beforeAll(() => {
    generated = mkdtempSync(join(tmpdir(), 'adatom-zno-'));
    execFileSync(process.execPath, [join(EXAMPLE, 'generate.mjs'), generated]);
  });
  afterAll(() => rmSync(generated, { recursive: true, force: true }));

  it('is what the generator writes, byte for byte', () => {
    expect(filesBelow(generated)).toEqual(files);
    const changed = files.filter(
      (file) => !readFileSync(join(generated, file)).equals(readFileSync(join(COMMITTED, file))),
    );
    expect(changed).toEqual([]);
  });

  it('is small', () => {
    const bytes = files.reduce((sum, file) => sum + statSync(join(COMMITTED, file)).size, 0);
    expect(bytes).toBeLessThan(1_500_000);
  });

  it('holds no POTCAR and says in every file with a comment that it is synthetic', () => {
    expect(files.filter((file) => file.endsWith('POTCAR'))).toEqual([]);
    const silent = files.filter((file) => !/KPOINTS|OSZICAR/.test(file) && !/synthetic/.test(read(file).slice(0, 200)));
    expect(silent).toEqual([]);
  });

  it('has 19 runs, a band on (002) and on (020) and none on (202)', () => {
    // 3 references, 3 clean slabs, 5 slabs with Li, 3 + 5 images.
    expect(outcars).toHaveLength(19);
    expect(new Set(files.filter((file) => file.includes('/neb/')).map((file) => file.slice(0, 7)))).toEqual(
      new Set(['zno-002', 'zno-020']),
    );
  });
});

describe('energies of the ZnO campaign', () => {
  // H. Shen et al., Nature Communications (2025).
  it.each([
    ['zno-002', 3.4],
    ['zno-020', 1.61],
    ['zno-202', 4.32],
  ])('%s binds an isolated Li atom by the published %f eV', (facet, publishedEv) => {
    const bindingEv = sigma0('li-atom') + sigma0(`${facet}/slab`) - sigma0(`${facet}/slab-li`);
    expectNear(bindingEv, publishedEv, 1e-7);
  });

  it('Li has the cohesive energy 1.6085 eV', () => {
    // SCIENCE §1.9: −0.297100 − (−1.905600).
    expectNear(sigma0('li-atom') - sigma0('li-bcc') / 2, 1.6085, 1e-9);
  });

  it('(020) is neutral against bulk Li although it binds the atom', () => {
    // By hand: −1.61 + 1.6085.
    const nucleationEv = sigma0('zno-020/slab-li') - sigma0('zno-020/slab') - sigma0('li-bcc') / 2;
    expectNear(nucleationEv, -0.0015, 1e-7);
  });

  it.each([
    ['zno-002', '02', 0.12],
    ['zno-020', '03', 0.35],
  ])('the climbing image of %s lies %s at the invented barrier', (facet, image, barrierEv) => {
    expectNear(sigma0(`${facet}/neb/${image}`) - sigma0(`${facet}/slab-li`), barrierEv, 1e-7);
  });

  it.each(outcars)('%s: E0 is the mean of F and E, and only the ionic block contains the dispersion', (file) => {
    const freeEv = last(file, /free {2}energy {3}TOTEN {2}= +(\S+) eV/g);
    const withoutEntropyEv = last(file, /energy {2}without entropy= +(\S+) /g);
    const electronicEv = last(file, /free energy {4}TOTEN {2}= +(\S+) eV/g);
    expectNear(sigma0(file.replace('/OUTCAR', '')), (freeEv + withoutEntropyEv) / 2, 2e-8);
    expectNear(freeEv - electronicEv, last(file, /Edisp \(eV\) +(\S+)/g), 1e-7);
  });
});

describe('structures and settings of the ZnO campaign', () => {
  it.each([
    ['zno-002', '04'],
    ['zno-020', '06'],
  ])('the end points of %s are the geometries of the two relaxations', (facet, end) => {
    expect(coordinates(`${facet}/neb/00/POSCAR`)).toEqual(coordinates(`${facet}/slab-li/CONTCAR`));
    expect(coordinates(`${facet}/neb/${end}/POSCAR`)).toEqual(coordinates(`${facet}/slab-li-end/CONTCAR`));
    expect(files.filter((file) => file.startsWith(`${facet}/neb/00/`))).toEqual([`${facet}/neb/00/POSCAR`]);
  });

  // |b| without 2π over 0.04, rounded up, by hand: ZnO 0.3553, 0.1921; Li 0.2849; hexagonal 2×2 slab 0.1777;
  // 6.499 × 5.2069: 0.1539, 0.1921; 6.499 × 6.1378 at 105.35°: 0.1596, 0.1690.
  it.each([
    ['bulk-zno', '9 9 5'],
    ['li-bcc', '8 8 8'],
    ['li-atom', '1 1 1'],
    ['zno-002/slab', '5 5 1'],
    ['zno-020/slab', '4 5 1'],
    ['zno-202/slab', '4 5 1'],
  ])('%s has the mesh %s', (folder, mesh) => {
    expect(read(`${folder}/KPOINTS`).split('\n')[3]?.trim().split(/ +/).join(' ')).toBe(mesh);
  });

  it('two atomic planes of every slab are fixed and free atoms are relaxed below 0.02 eV/Å', () => {
    for (const folder of ['zno-002/slab-li', 'zno-020/slab-li', 'zno-202/slab-li', 'zno-020/slab']) {
      const rows = coordinates(`${folder}/CONTCAR`).map((row) => row.trim().split(/ +/));
      const fixedHeights = new Set(rows.filter((row) => row[3] === 'F').map((row) => row[2]));
      expect(fixedHeights.size, folder).toBe(2);
      const forces = forceRows(`${folder}/OUTCAR`).map((row) => Math.hypot(...row.slice(3)));
      const free = forces.filter((_, index) => rows[index]?.[3] === 'T');
      expect(Math.max(...free), folder).toBeLessThan(0.02);
      expect(Math.max(...forces), `${folder}: fixed atoms keep larger forces`).toBeGreaterThan(0.05);
    }
  });

  it.each(outcars.filter((file) => file.includes('/neb/')))('%s: TOTAL-FORCE is the plain force, q² + b²', (file) => {
    const squared = forceRows(file).reduce((sum, row) => sum + row.slice(3).reduce((s, f) => s + f * f, 0), 0);
    const b = last(file, /NEB: projections on to tangent \(spring, REAL\) +\S+ +(\S+)/g);
    const q = last(file, /NEB: forces: par spring, perp REAL, dneb +\S+ +(\S+)/g);
    expectNear(squared, q * q + b * b, 1e-5);
    expect(last(file, /FORCES: max atom, RMS +(\S+)/g)).toBeLessThan(0.02);
  });

  it('the force along the band opposes the ascent and drives the descent', () => {
    // F = −dE/ds of 0.12 sin²(π s/S) at S/4 is −0.12 π/S, here with the printed distances.
    const file = 'zno-002/neb/01/OUTCAR';
    const segmentAngstrom = last(file, /NEB: distance to prev, next image, angle between +(\S+)/g);
    const force = last(file, /NEB: projections on to tangent \(spring, REAL\) +\S+ +(\S+)/g);
    expectNear(force, (-0.12 * Math.PI) / (4 * segmentAngstrom), 2e-5);
    const descent = last('zno-002/neb/03/OUTCAR', /NEB: projections on to tangent \(spring, REAL\) +\S+ +(\S+)/g);
    expect(descent).toBeGreaterThan(0.1);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

function read(file: string): string {
  return readFileSync(join(COMMITTED, file), 'utf8');
}

/** The last match's number. */
function last(file: string, pattern: RegExp): number {
  const found = [...read(file).matchAll(pattern)].at(-1)?.[1];
  expect(found, `${pattern} in ${file}`).toBeDefined();
  return Number.parseFloat(found!);
}

function sigma0(folder: string): number {
  return last(`${folder}/OUTCAR`, /energy {2}without entropy= +\S+ {2}energy\(sigma->0\) = +(\S+)/g);
}

function coordinates(file: string): string[] {
  const lines = read(file).split('\n');
  const start = lines.indexOf('Direct') + 1;
  const count = lines[6]!
    .trim()
    .split(/ +/)
    .map(Number)
    .reduce((sum, n) => sum + n, 0);
  return lines.slice(start, start + count);
}

/** Rows of the last table of positions and forces. */
function forceRows(file: string): number[][] {
  const table = read(file)
    .split('TOTAL-FORCE (eV/Angst)\n')
    .at(-1)!
    .split(/ -{83}\n/)[1]!;
  return table
    .trimEnd()
    .split('\n')
    .map((row) => row.trim().split(/ +/).map(Number));
}
