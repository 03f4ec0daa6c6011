/** Which clean slab an adsorbed one is linked to, when something like it lies beside or none is there; slabs that are all wrong alike. */
import { describe, expect, it } from 'vitest';
import type { ScreeningResult } from '../../model/screening.ts';
import { codes } from '../assembly/fixtures.ts';
import { expectNear } from '../near.ts';
import {
  ADSORPTION_EV,
  atomsOf,
  bandFiles,
  bandImages,
  baseFiles,
  FACET,
  runAt,
  runNamed,
  surface,
} from './campaign.ts';
import { added, all, type Change, edited, removed, rewritten, tagged } from './changes.ts';
import { inCell, SLABS, TOP, turnedOver } from './places.ts';
import { screened } from './screened.ts';
import { expectTrap, type Trap, valueIn } from './trap.ts';

const ION = ['slab-li', 'slab-li-end', 'slab-li-top'];
const CLEAN = runNamed(`${FACET}/slab`);
const BLOCKED: Trap['values'] = { 'adsorption-energy': 'unavailable', 'nucleation-driving-force': 'unavailable' };

/** Where the adsorbed slabs of the campaign are linked to. */
function cleanSlabOf({ systems }: ScreeningResult, adsorbed: string): string | undefined {
  const links = systems.flatMap((system) => system.links);
  return links.find(({ kind, from }) => kind === 'clean-slab' && from === `${adsorbed}/OUTCAR`)?.to;
}

describe('of two clean slabs', () => {
  it('that differ only in the k-mesh, the one with the mesh of the adsorbed slabs is taken', async () => {
    const other = { ...CLEAN, folder: `${FACET}/a-slab`, mesh: [4, 4, 1] as const };
    const result = await expectTrap({ name: 'k-mesh', change: added(other), told: { I_UNLINKED: ['a-slab'] } });
    for (const name of SLABS.slice(1)) expect(cleanSlabOf(result, `${FACET}/${name}`)).toBe(`${FACET}/slab/OUTCAR`);
    expectNear(valueIn(result, 'adsorption-energy'), ADSORPTION_EV['slab-li-top'], 1e-7);
  });

  it('of the two terminations, each carries its own adsorbates', async () => {
    const result = await expectTrap({
      name: 'terminations',
      change: all(added(turnedOver(CLEAN, 'zno-00-2/slab')), added(turnedOver(runNamed(TOP), 'zno-00-2/slab-li'))),
      told: {},
      // The second one has no path.
      follows: ['E_REFERENCE_MISSING'],
    });
    for (const name of SLABS.slice(1)) expect(cleanSlabOf(result, `${FACET}/${name}`)).toBe(`${FACET}/slab/OUTCAR`);
    expect(cleanSlabOf(result, 'zno-00-2/slab-li')).toBe('zno-00-2/slab/OUTCAR');
    expect(result.systems.map(({ exposedFacet }) => exposedFacet?.termination).sort()).toEqual(['+', '-']);
  });

  it('equal in all but their energies, one is taken and the choice is told', () => {
    const twin = runAt(CLEAN, atomsOf(CLEAN), { energyEv: surface.cleanSigma0Ev + 0.1 });
    return expectTrap({
      name: 'twin',
      change: added({ ...twin, folder: `${FACET}/slab-copy` }),
      told: { W_AMBIGUOUS_LINK: SLABS.slice(1).map((name) => `${name} → slab`), I_UNLINKED: ['slab-copy'] },
      values: { 'adsorption-energy': 'degraded', 'nucleation-driving-force': 'degraded' },
    });
  });
});

describe('without a clean slab', () => {
  it.each([
    ['of any kind', removed(`${FACET}/slab`)],
    [
      'but with that of the other termination',
      all(removed(`${FACET}/slab`), added(turnedOver(CLEAN, 'zno-00-2/slab'))),
    ],
  ])('%s no Li has an adsorption energy', async (_, change) => {
    const { candidates, systems } = await screened(change(baseFiles()));
    expect(systems.filter(({ adsorbed }) => adsorbed.length > 0)).toHaveLength(ION.length);
    for (const { adsorbed, issues, links } of systems) {
      expect(codes(issues)).toContain('E_REFERENCE_MISSING');
      expect(links.filter(({ kind }) => kind === 'clean-slab')).toEqual([]);
      expect(adsorbed.length).toBeLessThan(2);
    }
    expect(candidates.map(({ descriptors }) => descriptors['adsorption-energy']?.available)).toEqual(
      candidates.map(() => false),
    );
  });
});

describe('all slabs alike', () => {
  const everySlab = (tags: Readonly<Record<string, string>>): Change =>
    all(...SLABS.map((name) => tagged(`${FACET}/${name}`, tags)), ...bandTagged(tags));

  it('with a vacuum of 13 Å', () =>
    expectTrap({
      name: 'vacuum',
      change: (files) => {
        const flat = (folder: string) => thin(runNamed(`${FACET}/${folder}`));
        const ends = { start: flat('slab-li'), end: flat('slab-li-end') };
        const slabs = all(...SLABS.map((name) => rewritten(`${FACET}/${name}`, thin)));
        return new Map([...slabs(files), ...bandFiles(bandImages().map(thin), ends)]);
      },
      told: { W_THIN_VACUUM: SLABS },
      values: { 'adsorption-energy': 'degraded', 'nucleation-driving-force': 'degraded' },
    }));

  it('with the dipole corrected along another axis', () =>
    expectTrap({
      name: 'axis',
      change: everySlab({ IDIPOL: '1' }),
      told: { E_DIPOLE_AXIS: SLABS },
      // Of a system without a value, all that is told of its sites.
      follows: ['I_DUPLICATE_SITE'],
      values: BLOCKED,
    }));

  it('without dipole correction', () =>
    expectTrap({
      name: 'no dipole',
      change: everySlab({ LDIPOL: '.FALSE.', IDIPOL: '0' }),
      told: { W_NO_DIPOLE: SLABS },
      values: { 'adsorption-energy': 'degraded', 'nucleation-driving-force': 'degraded' },
    }));

  function thin(run: ReturnType<typeof runNamed>) {
    const [a, b, c] = run.contents.cell;
    return inCell(run, [a, b, [0, 0, c[2] - 8.5]]);
  }

  function bandTagged(tags: Readonly<Record<string, string>>): Change[] {
    return ['01', '02', '03'].map((image) =>
      edited(
        `${FACET}/neb/${image}/OUTCAR`,
        ...Object.entries(tags).map(
          ([tag, value]) =>
            [new RegExp(`${tag} = +\\w+`), `${tag} =      ${value === '.FALSE.' ? 'F' : value}`] as const,
        ),
      ),
    );
  }
});

describe('molecular dynamics', () => {
  it('of an adsorbed slab is no adsorption site', async () => {
    const md = `${FACET}/md`;
    const result = await expectTrap({
      name: 'md',
      change: all(added({ ...runNamed(TOP), folder: md }), tagged(md, { IBRION: '0' })),
      told: { I_UNLINKED: ['md'] },
    });
    expect(result.roles.find(({ calculation }) => calculation === `${md}/OUTCAR`)?.role).toBe('molecular-dynamics');
  });
});
