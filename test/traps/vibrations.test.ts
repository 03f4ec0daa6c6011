/** Runs of finite differences beside the healthy campaign, as files: what they displaced is found from their atoms. */
import { describe, expect, it } from 'vitest';
import { expectNear } from '../near.ts';
import { baseFiles, type Files, filesOf, finalOf, type Run, runNamed, type Vector } from './campaign.ts';
import { screened, toldBy } from './screened.ts';

/** 1 cm⁻¹ in THz, and in meV (CODATA 2018). */
const TERAHERTZ = 0.0299792458;
const MEV = 0.1239841984;

/** As VASP writes them behind the last of its displaced steps; the eigenvectors are left out but for one line. */
function modeLines(wavenumbers: readonly number[]): string {
  const lines = wavenumbers.flatMap((mode, at) => {
    const size = Math.abs(mode);
    const mark = mode < 0 ? 'f/i=' : 'f  =';
    const terahertz = size * TERAHERTZ;
    const columns = `${terahertz.toFixed(6)} THz ${(2 * Math.PI * terahertz).toFixed(6)} 2PiTHz ${size.toFixed(6)} cm-1 ${(size * MEV).toFixed(6)} meV`;
    return [
      ` ${String(at + 1).padStart(3)} ${mark} ${columns}`,
      '             X         Y         Z           dx          dy          dz',
      '      0.000000  0.000000  0.250000            0           0    1.000000  ',
      '',
    ];
  });
  return [' Eigenvectors and eigenvalues of the dynamical matrix', ` ${'-'.repeat(52)}`, ' ', '', ...lines].join('\n');
}

/** Of a run of the campaign: its last atom, the only one that is free, is displaced by 0.015 Å to both sides along z. */
function finiteDifferences(of: Run, name: string, wavenumbers: readonly number[]): Files {
  const last = of.steps.at(-1);
  if (last === undefined) throw new Error(`${of.folder} has no step`);
  const height = of.contents.cell[2][2];
  const free = of.contents.free?.map((_, atom, all) => atom === all.length - 1);
  const moved = (by: number) => ({
    ...last,
    sigma0Ev: last.sigma0Ev + 0.01,
    fractional: finalOf(of).map(
      ([u, v, w], atom, all): Vector => (atom === all.length - 1 ? [u, v, w + by / height] : [u, v, w]),
    ),
  });
  const contents = { ...of.contents, free };
  const run = {
    ...of,
    folder: `${of.folder}/${name}`,
    contents,
    start: finalOf(of),
    steps: [last, moved(0.015), moved(-0.015)],
  };
  const texts = [...filesOf(run)].map(([path, text]): [string, string] => [
    path,
    text
      .replace(/(IBRION = *)-?\d+/, (_, head: string) => `${head}5`)
      .replace(/ reached required accuracy.*\n/, '')
      .replace('    4ORBIT', () => `${modeLines(wavenumbers)}\n    4ORBIT`),
  ]);
  return new Map(texts);
}

describe('vibrations of hydrogen on disk', () => {
  const files = new Map([
    ...baseFiles(),
    ...finiteDifferences(runNamed('zno-002/slab-h'), 'vib', [3700, 900, 850]),
    ...finiteDifferences(runNamed('h2'), 'vib', [4400, 110, 90, 12, -3, -20]),
  ]);
  const result = screened(files);

  it('correct its free energy, with the place of the modes', async () => {
    const [candidate] = (await result).candidates;
    const found = candidate?.descriptors['hydrogen-adsorption-free-energy'];
    // By hand: −2.7 − 1.1164 + 6.7713/2 = −0.43075; + ½·5450 cm⁻¹ − ¼·4400 cm⁻¹ + 0.20 eV, that is 0.401474.
    expectNear(found?.available && found.value, -0.029276, 1e-6);
    const references = found?.available === true ? found.inputs : [];
    const adsorbed = references.find(({ name }) => name === 'ZPE(H*)');
    expect(adsorbed?.file).toBe('zno-002/slab-h/vib/OUTCAR');
    expectNear(adsorbed?.value, 0.337857, 1e-6); // ½·5450 cm⁻¹
    const text = files.get('zno-002/slab-h/vib/OUTCAR') ?? '';
    const told = Buffer.from(text).subarray(
      adsorbed?.byteOffset,
      Number(adsorbed?.byteOffset) + Number(adsorbed?.byteLength),
    );
    expect(told.toString()).toMatch(/^ *1 f {2}=[\s\S]*3 f {2}=.*meV$/);
  });

  it('are told as runs of what they displaced, and raise no doubt', async () => {
    const { relations } = await result;
    expect(relations.map(({ kind, from, to }) => `${kind}: ${from} → ${to}`)).toEqual(
      expect.arrayContaining([
        'single-point-of: h2/vib/OUTCAR → h2/OUTCAR',
        'single-point-of: zno-002/slab-h/vib/OUTCAR → zno-002/slab-h/OUTCAR',
      ]),
    );
    const { evidence, values } = toldBy(await result);
    expect([...evidence].filter((entry) => /vib|slab-h|h2/.test(entry))).toEqual([]);
    expect([...values].filter((entry) => /OFFSET|VIBRATIONS/.test(entry))).toEqual([]);
  });
});
