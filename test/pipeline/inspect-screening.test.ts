/**
 * The graph of the example campaign, and what is said to be missing when something is taken out of it. How many values
 * wait for a thing is counted by hand: the example has two sites on zno-002, two on zno-020 and one on zno-202, a path
 * on the first two, and one atom, one metal and one bulk ZnO for all of them.
 */
import { describe, expect, it } from 'vitest';
import type { Inspection, MissingPiece } from '../../model/inspection.ts';
import { inspectionSchema } from '../../model/inspection-schema.ts';
import { assembleScreening } from '../../pipeline/assemble-screening.ts';
import { inspectScreening } from '../../pipeline/inspect-screening.ts';
import { loadProtocol } from '../../reading/find-profile.ts';
import { changed, exampleFiles, type Files, readTree, without } from './example-tree.ts';

const files = exampleFiles();

function inspected(tree: Files, protocol?: string): Inspection {
  const stated = protocol === undefined ? {} : { protocol: loadProtocol(protocol) };
  const assembly = assembleScreening(readTree(tree), { ion: 'Li' });
  return inspectScreening(assembly, { adatomVersion: '0.0.0', ion: 'Li', ...stated });
}

const wanted = ({ missing }: Inspection, words: string): MissingPiece[] =>
  missing.filter(({ what }) => what.includes(words));

describe('the graph', () => {
  const whole = inspected(files);

  it('is what its schema says, to the last key, with a protocol and without', () => {
    for (const one of [whole, inspected(files, 'general')]) {
      expect(inspectionSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(JSON.parse(JSON.stringify(one)));
    }
  });

  it('holds every calculation with its role, its links and why', () => {
    expect(whole.calculations).toHaveLength(19);
    const site = whole.calculations.find(({ id }) => id === 'zno-002/slab-li/OUTCAR');
    expect(site).toMatchObject({ role: 'adsorbed-slab', folder: 'zno-002/slab-li', formula: 'Li1O16Zn16' });
    expect(site?.links.map(({ kind, to }) => [kind, to])).toEqual([
      ['clean-slab', 'zno-002/slab/OUTCAR'],
      ['atom-reference', 'li-atom/OUTCAR'],
      ['bulk-reference', 'li-bcc/OUTCAR'],
    ]);
    expect(site?.links.every(({ evidence, checks }) => evidence.length > 0 && checks?.length === 0)).toBe(true);
  });

  it('tells where the energies of the ends of a path come from', () => {
    const path = whole.paths.find(({ id }) => id === 'zno-020/neb');
    expect(path?.links?.map(({ from, to }) => [from, to])).toEqual([
      ['zno-020/neb/00', 'zno-020/slab-li/OUTCAR'],
      ['zno-020/neb/06', 'zno-020/slab-li-end/OUTCAR'],
    ]);
  });

  it('holds calculations against a protocol only where one is asked for', () => {
    expect(whole.calculations.some(({ protocol }) => protocol !== undefined)).toBe(false);
    expect(inspected(files, 'general').calculations.every(({ protocol }) => protocol !== undefined)).toBe(true);
  });
});

describe('what is missing', () => {
  it('in a whole campaign: nothing but the path that was never calculated', () => {
    expect(inspected(files).missing).toEqual([
      {
        what: 'a migration path (NEB) of Li on zno-202',
        makes: 'migration-barrier',
        count: 1,
        alone: 1,
        runs: 1,
        calculations: ['zno-202'],
      },
    ]);
  });

  it('the isolated atom, for the adsorption energies of all five sites, first of all', () => {
    const { missing } = inspected(without(files, 'li-atom'));
    expect(missing[0]).toMatchObject({ makes: 'adsorption-energy', count: 5, alone: 5, runs: 1 });
    expect(missing[0]?.what).toMatch(
      /^an isolated Li atom \(box of at least 12 Å, ISPIN = 2, Γ only, 520 eV, PBE \+ D3/,
    );
  });

  it('the metal, for the driving forces and not for the adsorption energies', () => {
    const pieces = wanted(inspected(without(files, 'li-bcc')), 'bulk Li (bcc)');
    expect(pieces.map(({ makes, count, alone }) => [makes, count, alone])).toEqual([
      ['nucleation-driving-force', 5, 5],
    ]);
  });

  it('a clean slab, told by its cell and settings, for both values of both of its sites', () => {
    const pieces = wanted(inspected(without(files, 'zno-020/slab')), 'a clean slab');
    expect(pieces.map(({ makes, count, alone }) => [makes, count, alone])).toEqual([
      ['adsorption-energy', 2, 2],
      ['nucleation-driving-force', 2, 2],
    ]);
    // Lattice of zno-020/slab-li/POSCAR; 520 eV and 4×5×1 are in its INCAR and KPOINTS.
    expect(pieces[0]?.what).toContain('of O16Zn16 in the cell 6.50 × 5.21 × 31.38 Å');
    expect(pieces[0]?.what).toMatch(/520 eV, PBE \+ D3\(BJ\), 4×5×1\)$/);
    expect(pieces[0]?.calculations.toSorted()).toEqual(['zno-020/slab-li-end/OUTCAR', 'zno-020/slab-li/OUTCAR']);
  });

  it('says of each of two things that it does not help alone', () => {
    const result = inspected(without(without(files, 'zno-202/slab'), 'li-atom'));
    const [slab] = wanted(result, 'a clean slab').filter(({ makes }) => makes === 'adsorption-energy');
    const [atom] = wanted(result, 'an isolated Li atom').filter(({ makes }) => makes === 'adsorption-energy');
    expect(slab).toMatchObject({ count: 1, alone: 0 });
    expect(atom).toMatchObject({ count: 5, alone: 4 });
  });

  it('a run with another cutoff, once, with everything that it frees', () => {
    const coarse = changed(files, 'li-atom/OUTCAR', (text) => text.replaceAll('ENCUT  =  520.0', 'ENCUT  =  400.0'));
    const pieces = wanted(inspected(coarse), 're-run li-atom/OUTCAR with ENCUT = 520');
    expect(pieces).toMatchObject([{ makes: 'adsorption-energy', count: 5, alone: 5 }]);
  });

  it('the relaxation of the end of a path, and the images without results', () => {
    const noEnd = inspected(without(files, 'zno-020/slab-li-end'));
    expect(wanted(noEnd, 'a relaxation of the end 06 of zno-020/neb')).toMatchObject([
      { makes: 'migration-barrier', count: 1, alone: 1 },
    ]);
    const cut = new Map([...files].filter(([path]) => path !== 'zno-002/neb/02/OUTCAR'));
    expect(wanted(inspected(cut), 'results of image(s) 02 of zno-002/neb')).toMatchObject([
      { makes: 'migration-barrier', count: 1, alone: 1, calculations: ['zno-002/neb'] },
    ]);
  });

  it('a relaxation that was cut off is one thing to do, whatever ails its file', () => {
    const slab = 'zno-202/slab-li/OUTCAR';
    const cut = changed(files, slab, (text) =>
      text.slice(0, text.indexOf('General timing')).replace('reached required', ''),
    );
    const pieces = inspected(cut).missing.filter(({ what }) => what.includes(slab));
    expect(pieces.map(({ makes, count, alone }) => [makes, count, alone])).toEqual([
      ['adsorption-energy', 1, 1],
      ['nucleation-driving-force', 1, 1],
    ]);
  });

  it('a torn file asks to be run to its end', () => {
    const torn = changed(files, 'zno-002/slab/OUTCAR', (text) => text.slice(0, text.indexOf('General timing')));
    const pieces = wanted(inspected(torn), 'run zno-002/slab/OUTCAR to its end');
    expect(pieces.map(({ makes, count, alone }) => [makes, count, alone])).toEqual([
      ['adsorption-energy', 2, 2],
      ['nucleation-driving-force', 2, 2],
    ]);
  });
});
