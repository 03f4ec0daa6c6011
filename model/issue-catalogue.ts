/**
 * Every issue code with its text. Codes and thresholds are those of the descriptor specification; the paragraph (§)
 * that defines a code stands beside its group.
 *
 * To add one: a line here. Its details are typed, its severity follows from the prefix.
 */

import { CLAIM_ISSUES } from './claim-issues.ts';
import { DESCRIPTOR_ISSUES } from './descriptor-issues.ts';

type Text<D> = (details: D) => string;
interface Expectation {
  readonly expected: string;
  readonly found: string;
}
interface Difference {
  readonly tag: string;
  readonly left: string;
  readonly right: string;
}

const expectation =
  (what: string): Text<Expectation> =>
  (d) =>
    `${what}: expected ${d.expected}, found ${d.found}`;
const difference =
  (what: string): Text<Difference> =>
  (d) =>
    `${what}: ${d.tag} is ${d.left} in one calculation and ${d.right} in the other`;

export const ISSUE_CATALOGUE = {
  // Reading (§0, §1)
  E_UNREADABLE: (d: { reason: string }) => `cannot be read: ${d.reason}`,
  E_UNPARSEABLE: expectation('unparseable field'),
  E_SYNTAX: expectation('syntax'),
  E_TRUNCATED: expectation('the file ends early'),
  W_TRUNCATED: expectation('the file ends early, but what is used is complete'),
  W_NO_VERSION: (_: object) => 'no version header: the VASP version is unknown',
  W_MULTIPLE_RUNS: (d: { runs: number }) => `the file holds ${d.runs} appended runs; the last one counts`,
  W_DUPLICATE_TAG: (d: { tag: string; used: string; ignored: string }) =>
    `${d.tag} is given twice: ${d.used} is used, ${d.ignored} is not`,
  W_NO_SPECIES: (d: { names: string }) => `no element names in the file; ${d.names}`,
  W_UNKNOWN_ELEMENT: (d: { symbol: string }) => `${d.symbol} is not an element symbol`,
  W_NO_FORCES: (_: object) => 'no force table (POSITION TOTAL-FORCE) in the last ionic step',
  W_OVERFLOW: (d: { field: string }) => `${d.field} is printed as no number (**** or damaged) and has no value`,
  W_UNPARSEABLE: expectation('left out, since it cannot be read'),
  W_NOT_STORED: (d: { reason: string }) => d.reason,
  I_EARLIER_RUN: (d: { successor: string }) => `an earlier run of the same calculation; ${d.successor} counts`,
  I_APPENDED_RUN: (d: { number: number; runs: number; steps: number }) =>
    `run ${d.number} of ${d.runs} in the same file, with ${d.steps} complete ionic step(s); the last run counts`,
  I_INPUT_ONLY: (d: { files: string }) => `inputs without output (${d.files}): not run, or its output lies elsewhere`,
  I_NOT_READ: (d: { reason: string }) => `not read: ${d.reason}`,
  I_UNTERMINATED: (_: object) => 'the last line has no line end: its value may be torn, or lines behind it lost',
  I_FORMAT_BY_CONTENT: (d: { named: string; found: string }) =>
    `its name says ${d.named}, its content is ${d.found}, as which it was read`,
  I_TAIL_ONLY: (_: object) =>
    'only the first header and the end of the file were read: earlier steps were not looked at, nor whether another run was appended',
  W_UNEVEN_LINES: (_: object) =>
    'a line has other columns than the rest: a character or a value may be lost or doubled',
  I_GRID_FRAMES: (d: { frames: number; used: number }) =>
    `the file holds ${d.frames} frames; number ${d.used}, the last complete one, counts`,
  E_GRID_MISMATCH: (d: { what: string; left: string; right: string }) =>
    `the grids cannot be subtracted: ${d.what} is ${d.left} in one and ${d.right} in the other`,
  W_SOURCES_DISAGREE: (d: { value: string; left: string; right: string }) =>
    `${d.value}: ${d.left}, but ${d.right}; the first is used`,
  W_OTHER_SOURCE: (d: { used: string; instead: string; reason: string }) =>
    `${d.used} is used instead of ${d.instead}: ${d.reason}`,
  W_OTHER_RUN: (d: { reason: string }) => `not used: it ${d.reason}; it belongs to another run`,
  W_LINK_NOT_FOLLOWED: (d: { target: string }) => `symbolic link not followed: ${d.target}`,

  // Energies and convergence (§1)
  E_ML_ENERGY: (_: object) => 'the last ionic step is a machine-learned step, not DFT',
  W_SIGMA0_IDENTITY: (d: { deviationEv: number }) =>
    `energy(sigma->0) deviates by ${d.deviationEv.toExponential(2)} eV from F − (F−E)/(N+2)`,
  W_SMEARING_ENTROPY: (d: { millielectronvoltPerAtom: number }) =>
    `|F − E| is ${d.millielectronvoltPerAtom.toFixed(2)} meV per atom, above 1 meV`,
  W_MP_ON_INSULATOR: (d: { ismear: number; gapEv: number }) =>
    `ISMEAR = ${d.ismear} (Methfessel–Paxton) although the gap is ${d.gapEv.toFixed(2)} eV: meant for metals`,
  W_TETRAHEDRON_FORCES: (d: { reason: string }) => `ISMEAR = -5: ${d.reason}`,
  W_OLD_VDW: (d: { version: string }) => `VASP ${d.version} keeps the D2 energy out of OUTCAR's total energies`,
  W_NO_EDISP: (d: { ivdw: number }) => `IVDW = ${d.ivdw} but no dispersion energy (Edisp) line`,
  W_PSTRESS: (d: { kbar: number }) => `PSTRESS = ${d.kbar} kBar: the energy is used, not the enthalpy`,
  E_SCF_UNCONVERGED: (d: { iterations: number; nelm: number }) =>
    `the last SCF loop did not converge (${d.iterations} iterations, NELM = ${d.nelm})`,
  W_SCF_EARLIER_STEP: (d: { steps: number }) => `${d.steps} earlier ionic step(s) with an unconverged SCF loop`,
  E_IONIC_UNCONVERGED: (d: { forceEvPerAngstrom?: number; limitEvPerAngstrom?: number }) =>
    `the ionic relaxation did not converge${forceText(d)}`,
  W_IONIC_UNCONVERGED: (d: { forceEvPerAngstrom?: number; limitEvPerAngstrom?: number }) =>
    `the ionic relaxation stopped within twice its force limit${forceText(d)}`,
  W_CONVERGENCE_UNKNOWN: (d: { what: string }) => `${d.what} convergence cannot be determined`,
  W_ATOM_NOT_SPIN: (d: { element: string }) => `the isolated ${d.element} atom was not run spin-polarised`,
  W_SMALL_BOX: (d: { angstrom: number }) =>
    `the box of the isolated species leaves ${d.angstrom.toFixed(1)} Å, below 12 Å`,

  // Adsorption (§2)
  E_STOICHIOMETRY: expectation('composition difference'),
  E_CELL_MISMATCH: (d: { deviationAngstrom: number; deviationDegrees: number }) =>
    `the cells differ by ${d.deviationAngstrom.toFixed(4)} Å in a length and ${d.deviationDegrees.toFixed(3)}° in an angle, more than 0.01 Å or 0.1°`,
  E_REFERENCE_MISSING: (d: { needed: string }) => `reference missing: ${d.needed}`,
  E_NO_ADSORBATE: (_: object) => 'no adsorbate: n = 0',
  W_ADS_IMPLAUSIBLE: (d: { valueEv: number }) =>
    `E_ads(atom) = ${d.valueEv.toFixed(3)} eV lies outside −8 … +0.5 eV per atom`,
  W_ENERGY_KIND_SENSITIVE: (d: { sigma0Ev: number; freeEv: number }) =>
    `energy(sigma->0) gives ${d.sigma0Ev.toFixed(4)} eV, TOTEN gives ${d.freeEv.toFixed(4)} eV: more than 5 meV apart`,
  W_CHARGED_CELL: (d: { nelect: number; neutral: number }) =>
    `charged cell: NELECT = ${d.nelect}, the sum of the valences is ${d.neutral}`,
  W_NO_SOLVATION: (_: object) => 'solvation is not included',
  E_ADS_DESORBED: (d: { distanceAngstrom: number; limitAngstrom: number }) =>
    `desorbed: nearest slab atom at ${d.distanceAngstrom.toFixed(2)} Å, limit ${d.limitAngstrom.toFixed(2)} Å`,
  E_ADS_SUBSURFACE: (d: { depthAngstrom: number }) =>
    `the adsorbate lies ${d.depthAngstrom.toFixed(2)} Å below the mean height of the top layer`,
  E_ADS_ON_FIXED_SIDE: (d: { side: string }) => `the adsorbate sits on the ${d.side} face, whose atoms are fixed`,
  W_MATCH_AMBIGUOUS: (d: { displacementAngstrom: number }) =>
    `a slab atom matched to the clean slab moved ${d.displacementAngstrom.toFixed(2)} Å: the adsorbate may be the wrong atom`,
  W_SITE_MIGRATED: (d: { displacementAngstrom: number; from: string; to: string }) =>
    `the adsorbate moved ${d.displacementAngstrom.toFixed(2)} Å along the face from where it was put, more than 1 Å: ${d.from} → ${d.to}`,
  W_RECONSTRUCTED: (d: { displacementAngstrom: number; element: string; atoms: number }) =>
    `the slab rearranged: ${d.atoms} atom(s) moved more than 1 Å from the clean slab, one ${d.element} ${d.displacementAngstrom.toFixed(2)} Å`,
  W_ADS_CONVERTED: (d: {
    kind: 'alloy' | 'conversion';
    adsorbate: string;
    neighbour: string;
    distanceAngstrom: number;
    pulledAngstrom?: number;
  }) =>
    `${d.adsorbate} ${d.kind === 'alloy' ? 'alloyed with' : 'converted'} the surface: ${d.neighbour} at ${d.distanceAngstrom.toFixed(2)} Å ` +
    (d.pulledAngstrom === undefined
      ? 'is its nearest neighbour, which was an anion'
      : `was pulled ${d.pulledAngstrom.toFixed(2)} Å out of its layer`),
  I_DUPLICATE_SITE: (d: { same: string; differenceEv: number; distanceAngstrom: number }) =>
    `the same site as ${d.same}: ${(1000 * d.differenceEv).toFixed(1)} meV and ${d.distanceAngstrom.toFixed(2)} Å apart, by the symmetry of the clean slab; counted once`,
  W_COVERAGE_MISMATCH: (d: { minimumPerNm2: number; maximumPerNm2: number }) =>
    `compared at coverages from ${d.minimumPerNm2.toFixed(3)} to ${d.maximumPerNm2.toFixed(3)} nm⁻²`,

  // Paths (§3)
  E_IMAGE_GAP: (d: { found: string }) => `images missing or duplicated: found ${d.found}`,
  E_ENDPOINT_ENERGY: (d: { image: string }) => `endpoint ${d.image} has no energy`,
  E_ENDPOINT_GEOMETRY: (d: { image: string; displacementAngstrom: number }) =>
    `the relaxation linked to endpoint ${d.image} differs by ${d.displacementAngstrom.toFixed(3)} Å, more than 0.05 Å`,
  E_ENDPOINT_ATOMS: (d: { image: string }) =>
    `the calculation behind image ${d.image} has another cell or other atoms, or the same in another order and geometry`,
  E_IMAGE_ENERGY: (d: { images: string }) => `image(s) without energy: ${d.images}`,
  E_IMAGE_STRUCTURE: (d: { images: string }) => `image(s) without structure: ${d.images}`,
  E_ATOM_ORDER: (d: {
    image: string;
    before?: string;
    atoms?: string;
    movedAngstrom?: number;
    renamedAngstrom?: number;
    closestAngstrom?: number;
  }) =>
    d.atoms === undefined
      ? `image ${d.image} has another atom order or composition than image 00`
      : `image ${d.image}: ${d.atoms} changed places since image ${d.before}: up to ${d.movedAngstrom?.toFixed(2)} Å as they are named, ${d.renamedAngstrom?.toFixed(2)} Å if renamed${d.closestAngstrom === undefined ? '' : `; on the way two atoms come within ${d.closestAngstrom.toFixed(2)} Å`}`,
  W_FIXED_ATOMS_DIFFER: (d: { image: string; against: string; atoms: number }) =>
    `${d.atoms} atom(s) are held otherwise by selective dynamics in ${d.image} than in ${d.against}`,
  W_FIXED_ATOM_MOVED: (d: { image: string; atoms: string; displacementAngstrom: number }) =>
    `image ${d.image}: ${d.atoms}, fixed by selective dynamics, lie up to ${d.displacementAngstrom.toFixed(3)} Å from their places in image 00`,
  I_NEB_NOT_RUN: (d: { images: string }) =>
    `no output in image(s) ${d.images}: the band was not run yet, or its output lies elsewhere`,
  I_NEB_UNFINISHED: (d: { progress: string }) => `the band has not ended, it is running or was stopped: ${d.progress}`,
  E_IMAGE_CELL: (d: { image: string; deviationAngstrom: number }) =>
    `image ${d.image} has another cell than image 00 (${d.deviationAngstrom.toFixed(4)} Å)`,
  E_DUPLICATE_IMAGES: (d: { images: string; distanceAngstrom: number }) =>
    `images ${d.images} are identical (${d.distanceAngstrom.toExponential(1)} Å apart)`,
  E_PATH_DISTANCE: (d: { images: string }) => `the distance along the path decreases between images ${d.images}`,
  E_PLAIN_ELASTIC_BAND: (d: { spring: number }) => `SPRING = ${d.spring} > 0 is a plain elastic band, not a nudged one`,
  E_NEB_UNCONVERGED: (d: { image: string; forceEvPerAngstrom: number }) =>
    `image ${d.image}: NEB residual ${d.forceEvPerAngstrom.toFixed(3)} eV/Å, above 0.2`,
  W_NEB_UNCONVERGED: (d: { image: string; forceEvPerAngstrom: number; limitEvPerAngstrom: number }) =>
    `image ${d.image}: NEB residual ${d.forceEvPerAngstrom.toFixed(3)} eV/Å, limit ${d.limitEvPerAngstrom}`,
  W_NEB_RESIDUAL_UNKNOWN: (d: { images: string }) => `no forces to judge the convergence of image(s) ${d.images}`,
  W_FEW_IMAGES: (d: { images: number }) => `only ${d.images} image(s) between the endpoints`,
  W_NO_CLIMBING: (_: object) => 'no climbing image (LCLIMB is not true)',
  W_ENDPOINT_FORCE_ASSUMED: (d: { image: string }) => `no force at endpoint ${d.image}: slope 0 is assumed`,
  W_ENDPOINT_SETTINGS: (d: { image: string; source: string }) =>
    `the settings behind the energy of image ${d.image} (${d.source}) cannot be checked`,
  W_SADDLE_BRACKETED: (_: object) => 'no forces along the path: the highest image only bounds the saddle from below',
  W_POORLY_RESOLVED: (d: { interpolatedEv: number; imageEv: number }) =>
    `the interpolated maximum (${d.interpolatedEv.toFixed(3)} eV) lies well above the highest image (${d.imageEv.toFixed(3)} eV)`,
  W_UNEVEN_IMAGES: (d: { ratio: number }) => `segment lengths differ by a factor ${d.ratio.toFixed(1)}, above 3`,
  W_MULTIPLE_MAXIMA: (d: { count: number }) => `${d.count} maxima along the path`,
  W_NO_BARRIER: (_: object) => 'the highest point is an endpoint: no barrier beyond the reaction energy',
  W_INTERMEDIATE_BELOW_ENDPOINT: (d: { image: string }) => `image ${d.image} lies below both endpoints`,
  W_IMAGE_ORDER: (d: { image: string }) => `image ${d.image} is further from the final state than the image before it`,
  W_ASYMMETRIC: (d: { reactionEv: number }) =>
    `symmetry-equivalent endpoints differ by ${(1000 * d.reactionEv).toFixed(1)} meV`,

  // Surfaces (§4)
  E_NOT_A_SLAB: (d: { vacuumAngstrom: number }) => `not a slab: the largest vacuum is ${d.vacuumAngstrom.toFixed(1)} Å`,
  E_NOT_STOICHIOMETRIC: (d: { slab: string; bulk: string }) =>
    `the slab ${d.slab} is no whole number of bulk formula units ${d.bulk}`,
  E_BULK_LATTICE: (d: { misfitAngstrom: number }) =>
    `the lattice of the bulk does not repeat in the cell of the slab (off by ${d.misfitAngstrom.toFixed(2)} Å or more): another polymorph, or a strained slab`,
  E_POLAR_SINGLE_GAMMA: (_: object) => 'asymmetric slab: only the sum of both surface energies is defined',
  W_SYMMETRY_UNKNOWN: (d: { reason: string }) => `whether both surfaces are equivalent is not settled: ${d.reason}`,
  W_THIN_VACUUM: (d: { vacuumAngstrom: number }) => `vacuum ${d.vacuumAngstrom.toFixed(1)} Å, below 15 Å`,
  E_DIPOLE_AXIS: (d: { idipol: number; axis: number }) =>
    `IDIPOL = ${d.idipol} corrects the dipole along another direction than the surface normal (${d.axis})`,
  W_NO_DIPOLE: (d: { reason: string; found: string; axis: number }) =>
    `asymmetric slab without dipole correction: ${d.reason}; ${d.found}, LDIPOL = T and IDIPOL = ${d.axis} are needed`,
  W_LOW_DIMENSIONAL: (_: object) => 'vacuum along two axes: a wire or a molecule',
  W_NEGATIVE_GAMMA: (d: { valueJPerM2: number }) => `surface energy ${d.valueJPerM2.toFixed(3)} J/m² is negative`,

  // Linking
  W_AMBIGUOUS_LINK: (d: { role: string; chosen: string; others: string }) =>
    `several ${d.role}s fit: ${d.chosen} is used, not ${d.others}`,
  W_ALTERNATIVES_UNUSED: (d: { kind: string; unused: string }) =>
    `other ${d.kind} could not be used and might be lower: ${d.unused}`,
  E_MANIFEST: (d: { problem: string }) => `manifest: ${d.problem}`,
  I_UNLINKED: (d: { role: string; reason: string }) => `${d.role} used in no system: ${d.reason}`,

  // Ranking (§10)
  E_CONSTRAINT: (d: { constraint: string; found: string }) => `constraint not met: ${d.constraint}, found ${d.found}`,
  E_DESCRIPTOR_MISSING: (d: { descriptor: string }) => `required descriptor missing: ${d.descriptor}`,
  E_UNRELIABLE: (d: { descriptor: string }) => `descriptor unreliable: ${d.descriptor}`,
  W_PROFILE_ION: (d: { profile: string; profileIon: string; ion: string }) =>
    `profile ${d.profile} is made for ${d.profileIon}; ${d.ion} is judged with it`,
  I_TERMINATION_POLICY: (d: { descriptor: string; policy: string }) =>
    `${d.descriptor} of polar facets is told and ranked by the termination policy of the profile: ${d.policy}`,
  W_TERMINATION_POLICY: (d: { descriptor: string; policy: string }) =>
    `the termination policy of the profile (${d.policy}) changes no ${d.descriptor} here: the table does not tell its terminations`,
  W_PARTIAL_SCORE: (d: { missing: string; coverage: number }) =>
    `scored without ${d.missing}: ${(100 * d.coverage).toFixed(0)} % of the weight`,
  E_PARTIAL_SCORE: (d: { missing: string; coverage: number }) =>
    `no score without ${d.missing}: ${(100 * d.coverage).toFixed(0)} % of the weight, below 60 %`,
  W_SCORE_INTERVAL: (d: { missing: string }) =>
    `ranked by the lower bound of its score, where what is missing counts as the worst: ${d.missing}`,
  W_ZERO_COLUMN: (d: { descriptor: string; reason: string }) =>
    `objective ${d.descriptor} takes no part, it tells no candidates apart: ${d.reason}`,
  W_FEWER_DRAWS: (d: { draws: number; wanted: number; candidates: number }) =>
    `${d.draws} draws instead of ${d.wanted}: more do not fit into memory for ${d.candidates} candidates`,
  W_NO_COMMON_CANDIDATE: (d: { before: number; after: number }) =>
    `no candidate of the ${d.after} stands among the ${d.before} before: are they named alike?`,
  I_VALUES_TOGETHER: (d: { candidates: number; of: number }) =>
    `own and other candidates' values are one cause for ${d.candidates} of ${d.of} candidates: to tell them apart takes too long`,
  W_CONSTRAINT_UNCHECKED: (d: { constraint: string }) =>
    `constraint not checked, its value is missing: ${d.constraint}`,
  E_NO_VALUE: (d: { column: string; found: string }) => `no value in column ${d.column}: ${d.found}`,
  W_UNKNOWN_COLUMN: (d: { column: string }) => `column ${d.column} is no descriptor: it is not used`,
  W_NO_CANDIDATE_ID: (d: { expected: string; used: string }) => `no candidate name (${d.expected}): ${d.used} is used`,
  W_DEFAULT_UNCERTAINTY: (d: { descriptor: string; value: number; unit: string }) =>
    d.value === 0
      ? `${d.descriptor}: no uncertainty given, taken as exact`
      : `${d.descriptor}: no uncertainty given, default ± ${d.value} ${d.unit}`,
  I_BORDERLINE: (d: { valueEv: number; toleranceEv: number }) =>
    `ΔE_nuc = ${d.valueEv.toFixed(3)} eV is zero within ± ${d.toleranceEv} eV: neither philic nor phobic`,

  ...CLAIM_ISSUES,
  ...DESCRIPTOR_ISSUES,

  // Compatibility of subtracted calculations (§11)
  E_XC: difference('exchange-correlation functional'),
  E_HAMILTONIAN: difference('Hamiltonian'),
  E_POTCAR: difference('POTCAR'),
  E_ENCUT: difference('plane-wave cutoff'),
  E_VDW: difference('dispersion correction'),
  E_LDAU: difference('Hubbard U'),
  E_NELECT: difference('number of electrons'),
  E_KMESH: difference('k-point mesh'),
  W_KMESH: difference('k-point density'),
  W_ISPIN: difference('spin polarisation'),
  W_PRECISION: difference('precision'),
  W_SMEARING: difference('smearing'),
  W_CONVERGENCE: difference('convergence criterion'),
  W_DIPOLE: difference('dipole correction'),
  W_VERSION: difference('VASP major version'),
  W_SETTINGS_UNKNOWN: (d: { tag: string; calculation: string }) =>
    `${d.tag} of ${d.calculation} is not known, so it cannot be compared`,
} as const satisfies Record<string, (details: never) => string>;

export type IssueCatalogue = typeof ISSUE_CATALOGUE;

function forceText(d: { forceEvPerAngstrom?: number; limitEvPerAngstrom?: number }): string {
  if (d.forceEvPerAngstrom === undefined) return '';
  const limit = d.limitEvPerAngstrom === undefined ? '' : `, limit ${d.limitEvPerAngstrom}`;
  return ` (largest force ${d.forceEvPerAngstrom.toFixed(4)} eV/Å${limit})`;
}
