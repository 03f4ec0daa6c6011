/** `adatom neb` as a scientist meets it: the path of SCIENCE §3.6 in a folder, and what goes wrong with such folders. */
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { codes, documentOf, insideMaxima, path } from './path-document.ts';
import { runAdatom } from './run-adatom.ts';
import { bandFiles, bandOutcar, bandPoscar, relaxationOszicar, relaxationOutcar } from './small-band.ts';

describe('a band whose ends were relaxed in folders beside it', () => {
  test('gives the maxima of all four interpolations', async () => {
    const document = await path(['path'], temporaryFolder(bandFiles()));
    // SCIENCE §3.6. The printed positions have five decimals; the force at the ends is 0 in the relaxations.
    expect(document.method).toBe('interpolated');
    expectNear(document.forwardBarrierEv, 0.2422722, 1e-6);
    expectNear(document.reverseBarrierEv, 0.2422722 - 0.03, 1e-6);
    expectNear(document.reactionEnergyEv, 0.03, 1e-9);
    expectNear(document.spanEv, 0.24, 1e-9);
    for (const [name, distanceAngstrom, energyEv] of [
      ['hermite', 1.692495, 0.2422722],
      ['natural', 1.67136, 0.241478],
      ['clamped', 1.68665, 0.241941],
      ['pchip', 1.6, 0.24],
    ] as const) {
      const [maximum, ...others] = insideMaxima(document, name);
      expect(others).toEqual([]);
      expectNear(maximum?.distanceAngstrom, distanceAngstrom, 2e-5);
      expectNear(maximum?.energyEv, energyEv, 1e-6);
    }
  });

  test('tells per image energy, distance, force and the file behind them', async () => {
    const document = await path(['path'], temporaryFolder(bandFiles()));
    expect(document.images.map((image) => image.source)).toEqual([
      'start/OUTCAR',
      'path/01/OUTCAR',
      'path/02/OUTCAR',
      'path/03/OUTCAR',
      'end/OUTCAR',
    ]);
    expect(document.images.map((image) => [image.index, image.climbing])).toEqual(
      [0, 1, 2, 3, 4].map((index) => [index, false]),
    );
    // The numbers of the fixture.
    [0, 0.8, 1.6, 2.4, 3.2].forEach((distance, at) => {
      expectNear(document.images[at]!.distanceAngstrom, distance, 1e-7);
    });
    [-10, -9.9, -9.76, -9.85, -9.97].forEach((energy, at) => {
      expectNear(document.images[at]!.energyEv, energy, 1e-9);
      expectNear(document.images[at]!.relativeEnergyEv, energy + 10, 1e-9);
    });
    [-0.24, -0.05, 0.21].forEach((force, at) => {
      expectNear(document.images[at + 1]!.tangentForceEvPerAngstrom, force, 1e-9);
      expectNear(document.images[at + 1]!.maxPerpendicularForceEvPerAngstrom, 0.01, 1e-9);
    });
  });

  test('has the same barrier in TOTEN, which lies 1 eV lower everywhere', async () => {
    const document = await path(['path', '--energy', 'free'], temporaryFolder(bandFiles()));
    expectNear(document.images[0]!.energyEv, -11, 1e-9);
    expectNear(document.forwardBarrierEv, 0.2422722, 1e-6);
  });

  test('is found from the folder above it', async () => {
    const cwd = temporaryFolder(bandFiles());
    const document = await path(['.'], cwd);
    expect(document.images[1]!.source).toBe('path/01/OUTCAR');
    expect(document.images[4]!.source).toBe('end/OUTCAR');
    expectNear(document.forwardBarrierEv, 0.2422722, 1e-6);
  });

  test('does not take a relaxation of other atoms, or of another place, for an end', async () => {
    const files = bandFiles();
    files['end/OUTCAR'] = relaxationOutcar(3);
    const document = await path(['path'], temporaryFolder(files));
    expect(document.forwardBarrierEv).toBeUndefined();
    expect(document.reactionEnergyEv).toBeUndefined();
    expect(document.images[4]).not.toHaveProperty('energyEv');
    expect(codes(document)).toEqual(expect.arrayContaining(['E_ENDPOINT_ENERGY', 'E_ENDPOINT_GEOMETRY']));
  });

  test('is drawn into a file on request', async () => {
    const cwd = temporaryFolder(bandFiles());
    await path(['path', '--svg', 'path.svg'], cwd);
    expect(readFileSync(join(cwd, 'path.svg'), 'utf8')).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    const run = await runAdatom(['neb', 'path', '--svg', 'no/such/folder/path.svg'], { cwd });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('no/such/folder/path.svg');
  });

  test('is a table without --json: images, barrier, what to know', async () => {
    const run = await runAdatom(['neb', 'path'], { cwd: temporaryFolder(bandFiles()) });
    expect(run.stdout).toMatch(/^02 +1\.6000 +0\.240000 +-0\.0500 +0\.0100 +path\/02\/OUTCAR$/m);
    expect(run.stdout).toContain('forward barrier  0.242 ± 0.050 eV');
    expect(run.stdout).toContain('reverse barrier  0.212 eV');
    expect(run.stdout).toMatch(/^W_NO_CLIMBING {2}path: no climbing image/m);
    expect(run.stdout).not.toContain('\u001b');
  });
});

describe('the ends of a band', () => {
  test('can be named: a folder, an OUTCAR, an OSZICAR', async () => {
    const files = bandFiles();
    delete files['end/OUTCAR'];
    const far: Record<string, string> = {
      'far/away/end/OSZICAR': relaxationOszicar(4),
      'far/away/end/CONTCAR': bandPoscar(4),
    };
    for (const named of ['far/away/end', 'far/away/end/OSZICAR']) {
      const cwd = temporaryFolder({ ...files, ...far });
      const document = await path(['path', '--start', 'start/OUTCAR', '--end', named], cwd);
      expect(document.images.at(-1)!.source).toBe('far/away/end/OSZICAR');
      expectNear(document.forwardBarrierEv, 0.2422722, 1e-6);
      expect(codes(document)).toContain('W_ENDPOINT_SETTINGS');
    }
  });

  test('are refused with the distance when a named relaxation stands elsewhere', async () => {
    const document = await path(['path', '--start', 'end'], temporaryFolder(bandFiles()));
    expect(document.forwardBarrierEv).toBeUndefined();
    const fault = document.issues.find((entry) => entry.code === 'E_ENDPOINT_GEOMETRY');
    expect(fault?.where.file).toBe('end/OUTCAR');
  });

  test('count with their own output in 00 and 04, behind a link too', async () => {
    const cwd = temporaryFolder(bandFiles());
    mkdirSync(join(cwd, 'store/deep/below'), { recursive: true });
    for (const end of ['start', 'end']) renameSync(join(cwd, end), join(cwd, 'store/deep/below', end));
    symlinkSync(join(cwd, 'store/deep/below/start/OUTCAR'), join(cwd, 'path/00/OUTCAR'));
    rmSync(join(cwd, 'path/04'), { recursive: true });
    symlinkSync(join(cwd, 'store/deep/below/end'), join(cwd, 'path/04'));
    const document = await path(['path'], cwd);
    expect(document.images[0]!.source).toBe('path/00/OUTCAR');
    expect(document.images[4]!.source).toBe('path/04/OUTCAR');
    expectNear(document.forwardBarrierEv, 0.2422722, 1e-6);
  });

  test('keep the atoms of their POSCAR when the OUTCAR beside it counts them otherwise', async () => {
    // Two Li atoms: the relaxation has them in the other order. The path is as long as the POSCARs say.
    const cwd = temporaryFolder(twoLithiumFiles());
    const document = await path(['path'], cwd);
    expectNear(document.images[2]!.distanceAngstrom, 1.6, 1e-7);
    expect(document.images[2]).not.toHaveProperty('tangentForceEvPerAngstrom');
  });

  test('must have been run with the settings of the images', async () => {
    const files = bandFiles();
    files['end/OUTCAR'] = relaxationOutcar(4, 400);
    const document = await path(['path'], temporaryFolder(files));
    expect(codes(document)).toContain('E_ENCUT');
    expect(document.forwardBarrierEv).toBeUndefined();
    expect(document.reactionEnergyEv).toBeUndefined();
  });

  test('give the reaction energy when no image between them has run', async () => {
    const files = bandFiles();
    for (const image of [1, 2, 3]) delete files[`path/0${image}/OUTCAR`];
    const document = await path(['path'], temporaryFolder(files));
    expectNear(document.reactionEnergyEv, 0.03, 1e-9);
    expect(document.forwardBarrierEv).toBeUndefined();
    expect(codes(document)).toContain('E_IMAGE_ENERGY');
    files['end/OUTCAR'] = relaxationOutcar(4, 400);
    const mixed = await path(['path'], temporaryFolder(files));
    expect(codes(mixed)).toContain('E_ENCUT');
    expect(mixed.reactionEnergyEv).toBeUndefined();
  });
});

describe('a band with faults', () => {
  test('has no barrier when the OUTCAR of an image is cut off', async () => {
    const files = bandFiles();
    files['path/02/OUTCAR'] = bandOutcar(2, '');
    const document = await path(['path'], temporaryFolder(files));
    expect(document.forwardBarrierEv).toBeUndefined();
    expect(document.method).toBeUndefined();
    expect(document.images[2]!.source).toBe('no energy in path/02');
    expect(document.issues.find((entry) => entry.code === 'E_TRUNCATED')?.where.file).toBe('path/02/OUTCAR');
  });

  test('has neither barrier nor reaction energy when an image folder is missing', async () => {
    for (const missing of ['path/02', 'path/04', 'path/00']) {
      const cwd = temporaryFolder(bandFiles());
      rmSync(join(cwd, missing), { recursive: true });
      const document = await path(['path'], cwd);
      expect(codes(document)).toContain('E_IMAGE_GAP');
      expect(document.forwardBarrierEv).toBeUndefined();
      expect(document.reactionEnergyEv).toBeUndefined();
    }
  });

  test('without any energy is no answer: exit code 3, and the issues say why', async () => {
    const files: Record<string, string> = {};
    for (const image of [0, 1, 2]) files[`path/0${image}/POSCAR`] = bandPoscar(image);
    const run = await runAdatom(['neb', 'path', '--json'], { cwd: temporaryFolder(files) });
    expect(run.exitCode).toBe(3);
    expect(codes(documentOf(run))).toEqual(expect.arrayContaining(['E_ENDPOINT_ENERGY', 'E_IMAGE_ENERGY']));
    expect(run.stderr).toContain('no image has an energy');
  });
});

function twoLithiumFiles(): Record<string, string> {
  const poscar = (x: number): string =>
    `Li2\n1.0\n 10 0 0\n 0 11 0\n 0 0 12\n Li\n 2\nCartesian\n ${x} 5.5 3.0\n 5.0 5.5 1.2\n`;
  const twoLithium = (text: string): string =>
    text
      .replace(/ POTCAR: +PAW_PBE O .*\n/, '')
      .replace(/ {3}VRHFIN =O[\s\S]*?mass and valenz\n/, '')
      .replace('ions per type =               1   1', 'ions per type =               2');
  const swapped = relaxationOutcar(2).replace(/( +2\.60000 .*\n)( +5\.00000 .*\n)/, '$2$1');
  return {
    'path/00/POSCAR': poscar(1),
    'path/01/POSCAR': poscar(1.8),
    'path/02/POSCAR': poscar(2.6),
    'path/00/OUTCAR': twoLithium(relaxationOutcar(0)),
    'path/01/OUTCAR': twoLithium(bandOutcar(1)),
    'path/02/OUTCAR': twoLithium(swapped),
  };
}
