/**
 * A small screening in which everything is different from everything else: names that try to break out of a page, a
 * candidate of each kind, a path of each kind, a verdict of each kind.
 */
import { DESCRIPTORS } from '../../descriptors/index.ts';
import type { AvailableDescriptor, DescriptorResult, InputReference } from '../../model/descriptor.ts';
import { type Issue, issue } from '../../model/issues.ts';
import type { ScreeningResult, UnusedCalculation } from '../../model/screening.ts';
import type { Candidate, PathReport, PathReportImage, RoleAssignment, System } from '../../model/system.ts';

export const HOSTILE_FOLDER = `zno-002/<script>alert('x')</script>&"><img src=x onerror=alert(1)>`;
const HASH = '0c624c27adb4454f59466b7fcba8012295a8eff9fabf9b6d5871801dd1bc5964';

const input: InputReference = {
  name: 'E(slab+nLi)',
  value: -146.95137551,
  unit: 'eV',
  calculation: `${HOSTILE_FOLDER}/OUTCAR`,
  file: `${HOSTILE_FOLDER}/OUTCAR`,
  sha256: HASH,
  byteOffset: 40779,
  byteLength: 13,
  line: 972,
};

function available(value: number, changes: Partial<AvailableDescriptor> = {}): AvailableDescriptor {
  return {
    available: true,
    value,
    unit: 'eV',
    convention: 'reference: atom; energy: sigma0',
    uncertainty: 0.1,
    quality: 'ok',
    parts: {},
    inputs: [],
    issues: [],
    ...changes,
  };
}

function unavailable(...reasons: readonly Issue[]): DescriptorResult {
  return { available: false, reasons, parts: {} };
}

const noPath = issue('E_REFERENCE_MISSING', { needed: 'a migration path (NEB folder) of Li on zno-202' });
const noBulk = issue('E_REFERENCE_MISSING', { needed: 'bulk OZn' });
const charged = issue('W_CHARGED_CELL', { nelect: 144.5, neutral: 145 }, { file: 'zno-020/slab/OUTCAR', line: 12 });

export const first: Candidate = {
  id: HOSTILE_FOLDER,
  label: 'ZnO (002) "polar" <b>',
  ion: 'Li',
  system: HOSTILE_FOLDER,
  descriptors: {
    'adsorption-energy': available(-3.4001, {
      inputs: [input],
      parts: {
        cohesiveEnergyEv: 1.6085,
        sites: [
          { calculation: 'zno-002/site-a', value: -3.4001, unit: 'eV' },
          { calculation: 'zno-002/site-b', reasons: ['desorbed: nearest slab atom at 4.21 Å'] },
        ],
      },
    }),
    'nucleation-driving-force': available(-1.7915, { quality: 'degraded', issues: [charged] }),
    'migration-barrier': available(0.1204, { uncertainty: 0.05, parts: { paths: [{ calculation: 'zno-002/neb' }] } }),
    'surface-energy': unavailable(noBulk),
  },
  wetting: 'lithiophilic',
  protocol: [
    { calculation: 'zno-002/slab', item: 'ENCUT', verdict: 'pass', expected: '520 eV', found: '520 eV' },
    { calculation: 'zno-002/slab', item: 'IVDW', verdict: 'fail', expected: '12', found: '11' },
    { calculation: 'zno-002/slab', item: 'GGA', verdict: 'not-determinable', expected: 'PE', found: 'not told' },
  ],
  issues: [],
};

const second: Candidate = {
  id: 'zno-020',
  label: 'zno-020',
  ion: 'Li',
  system: 'zno-020',
  descriptors: {
    'adsorption-energy': available(-1.61, { quality: 'unreliable' }),
    'nucleation-driving-force': available(-0.0004),
    'migration-barrier': available(0.35, { uncertainty: 0.0002 }),
    'surface-energy': available(1.23, { unit: 'J/m²', uncertainty: 0.05 }),
  },
  wetting: 'borderline',
  issues: [],
};

const third: Candidate = {
  id: 'zno-202',
  label: 'zno-202',
  ion: 'Li',
  system: 'zno-202',
  descriptors: { 'adsorption-energy': available(-4.32), 'migration-barrier': unavailable(noPath) },
  issues: [],
};

function image(index: number, rest: Omit<Partial<PathReportImage>, 'index'>): PathReportImage {
  return { index, climbing: false, source: `neb/0${index}/OUTCAR`, ...rest };
}

/** Three images, the inner one climbing: 0, 0.24 and 0.03 eV at 0, 0.9 and 1.6 Å. */
export const climbingPath: PathReport = {
  id: 'zno-002/neb',
  energyKind: 'sigma0',
  images: [
    image(0, { energyEv: -10, relativeEnergyEv: 0, distanceAngstrom: 0 }),
    image(1, { energyEv: -9.76, relativeEnergyEv: 0.24, distanceAngstrom: 0.9, climbing: true }),
    image(2, { energyEv: -9.97, relativeEnergyEv: 0.03, distanceAngstrom: 1.6 }),
  ],
  barrier: available(0.24, {
    uncertainty: 0.05,
    parts: { forwardBarrierEv: 0.24, reverseBarrierEv: 0.21, method: 'climbing', saddleDistanceAngstrom: 0.9 },
  }),
  interpolations: {
    hermite: { maxima: [{ distanceAngstrom: 0.93, energyEv: 0.241, imageCoordinate: 1.04 }], minima: [] },
  },
  curve: [
    [0, 0],
    [0.45, 0.13],
    [0.9, 0.24],
    [1.25, 0.12],
    [1.6, 0.03],
  ],
  issues: [],
};

/** The saddle lies between two images. */
export const interpolatedPath: PathReport = {
  ...climbingPath,
  id: 'zno-020/neb',
  images: climbingPath.images.map((entry) => ({ ...entry, climbing: false })),
  barrier: available(0.2412, {
    quality: 'degraded',
    parts: { reverseBarrierEv: 0.2112, method: 'interpolated', saddleDistanceAngstrom: 1.05 },
  }),
};

/** Image 01 has no energy, image 02 no distance. */
export const brokenPath: PathReport = {
  id: HOSTILE_FOLDER,
  energyKind: 'free',
  images: [
    image(0, { energyEv: -10, relativeEnergyEv: 0, distanceAngstrom: 0 }),
    image(1, { distanceAngstrom: 0.9, source: 'no energy in neb/01' }),
    image(2, { energyEv: -9.5, relativeEnergyEv: 0.5 }),
  ],
  barrier: unavailable(
    issue('E_IMAGE_ENERGY', { images: '01' }),
    issue('E_IMAGE_STRUCTURE', { images: '02' }),
    issue('E_ATOM_ORDER', { image: '02' }),
  ),
  issues: [],
};

export const emptyPath: PathReport = {
  id: 'empty/neb',
  energyKind: 'sigma0',
  images: [],
  barrier: unavailable(issue('E_IMAGE_GAP', { found: 'none' })),
  issues: [],
};

const system: System = {
  id: HOSTILE_FOLDER,
  label: 'ZnO (002)',
  facet: [1, 0, -1, 0],
  ion: 'Li',
  formula: 'OZn',
  slab: 'zno-002/slab',
  adsorbed: ['zno-002/site-a', 'zno-002/site-b'],
  otherAdsorbed: [],
  paths: ['zno-002/neb'],
  links: [
    {
      kind: 'clean-slab',
      from: 'zno-002/site-a',
      to: 'zno-002/slab',
      stated: 'manifest',
      evidence: ['composition: + 1 Li'],
      others: ['zno-002/slab-thick'],
      issues: [],
    },
  ],
  issues: [],
};

const roles: readonly RoleAssignment[] = [
  {
    calculation: 'zno-002/slab',
    role: 'slab',
    stated: 'structure',
    evidence: ['gap 22.1 Å along c'],
    slab: {
      axis: 2,
      vacuumAngstrom: 22.1,
      areaAngstrom2: 36.58,
      layers: 8,
      fixedBottomLayers: 2,
      heldSide: 'bottom',
      terminations: { top: 'O', bottom: 'Zn' },
      symmetric: false,
      polar: true,
    },
    issues: [],
  },
];

/** Earlier runs: one code, another successor for each. */
const superseded = Array.from({ length: 60 }, (_, index): UnusedCalculation => {
  const successor = `run-${index}/OUTCAR.relax2`;
  return {
    calculation: `run-${index}/OUTCAR.relax1`,
    role: 'superseded',
    reasons: [issue('I_EARLIER_RUN', { successor })],
  };
});

export const screening: ScreeningResult = {
  adatomVersion: '0.1.0',
  profile: 'li-moderate',
  profileVersion: 3,
  method: 'desirability',
  ion: 'Li',
  protocol: 'zno-li-2025',
  seed: 7,
  generator: 'xoshiro128**',
  draws: 9876,
  definitions: DESCRIPTORS.map(({ identifier, version, symbol, unit, title, sign, formula, reference }) => {
    return { identifier, version, symbol, unit, title, sign, formula, reference };
  }),
  calculations: { found: 83, parsed: 81, unreadable: 2 },
  roles,
  systems: [system],
  relations: [],
  paths: [climbingPath, interpolatedPath, brokenPath, emptyPath],
  candidates: [third, first, second],
  ranked: [
    {
      id: first.id,
      rank: 1,
      score: 0.979796,
      front: 1,
      contributions: {
        'binding-energy': { value: 3.4001, unit: 'eV', desirability: 1, weight: 0.5 },
        'migration-barrier': { value: 0.1204, unit: 'eV', desirability: 0.96, weight: 0.5 },
      },
      firstRankProbability: 0.9993,
      rankProbabilities: [0.9993, 0.0007],
      robust: true,
      weightAcceptability: 0.95,
      beatsNextProbability: 0.9993,
      tieGroup: 1,
      issues: [issue('W_CONSTRAINT_UNCHECKED', { constraint: 'surface-energy < 2 J/m²' })],
    },
    {
      id: second.id,
      rank: 2,
      score: 0,
      front: 2,
      contributions: { 'binding-energy': { value: 1.61, unit: 'eV', desirability: 0, weight: 0.5 } },
      firstRankProbability: 0.0007,
      rankProbabilities: [0.0007, 0.9993],
      robust: false,
      weightAcceptability: 0.05,
      nextPlace: {
        candidate: first.id,
        scoreDifference: 0.979796,
        neededChanges: {},
        aboveIsBetter: {},
      },
      tieGroup: 2,
      issues: [],
    },
  ],
  unranked: [
    { id: third.id, reasons: [issue('E_DESCRIPTOR_MISSING', { descriptor: 'migration-barrier' }), noPath] },
    { id: 'stray', reasons: [issue('E_UNRELIABLE', { descriptor: 'adsorption-energy' })] },
  ],
  weightVariations: [],
  nextCalculations: [],
  unused: [
    ...superseded,
    {
      calculation: 'broken/OUTCAR',
      role: 'unreadable',
      reasons: [
        issue(
          'E_UNREADABLE',
          { reason: 'no complete ionic step' },
          { file: 'broken/OUTCAR', line: 416, byteOffset: 16356 },
        ),
      ],
    },
  ],
  issues: [issue('W_LINK_NOT_FOLLOWED', { target: '../elsewhere' }, { file: 'zno-002/link' })],
};
