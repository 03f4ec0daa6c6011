/**
 * What the name of a file says: which VASP file it is, of which run in its folder, at which stage of that run.
 *
 * Several runs share a folder in two ways that must not be mixed up. Stages of one run (`OUTCAR.relax1`,
 * `OUTCAR.relax2`, `OUTCAR`; `OUTCAR.1`; `OUTCAR.static`) replace each other, the last one counts. Free names
 * (`OUTCAR_ZnO`, `OUTCAR.test`, `6362_OUTCAR`) are runs of their own: a number after `_`, as in `OUTCAR_10`, is a name.
 */

export type VaspFileKind = 'outcar' | 'oszicar' | 'poscar' | 'contcar' | 'incar' | 'kpoints' | 'neb-dat' | 'not-read';

export interface VaspFileName {
  readonly kind: VaspFileKind;
  /** Free part of the name (`_ZnO`, `6362_`); files of one run share it. Empty for the standard names. */
  readonly series: string;
  /** Stage as it is written (`.relax1`); empty for the standard names. */
  readonly stage: string;
  readonly compressed: boolean;
}

/** Undefined for a name that is none of VASP's, and for backups, scripts and pictures that carry one of its names. */
export function vaspFileName(fileName: string): VaspFileName | undefined {
  const plain = fileName.replace(COMPRESSION_SUFFIX, '');
  const compressed = plain !== fileName;
  if (plain === 'neb.dat') return { kind: 'neb-dat', series: '', stage: '', compressed };
  if (OTHER_PURPOSE.test(plain) && !/^(?:.*[._-])?vaspout\.h5$/.test(plain)) return undefined;
  const match = NAME.exec(plain);
  if (match === null) return undefined;
  const [, prefix = '', stem = '', label = '', suffix = ''] = match;
  const kind = kindOf(stem);
  if (!isSuffix(suffix, kind)) return undefined;
  const stage = stageOf(suffix);
  const free = suffix.slice(0, suffix.length - stage.length);
  return { kind, series: prefix + label + free, stage, compressed };
}

/** Order of a stage among the stages of its run; the largest counts. */
export function stageOrder(stage: string): number {
  if (stage === '') return LAST;
  if (/^[._-]static/.test(stage)) return LAST - 1;
  if (EARLIER_STAGE.test(stage)) return -1;
  return Number(/\d+$/.exec(stage)?.[0] ?? 0);
}

/** `.orig`: the input as it was before the first run. */
export function isOriginal(stage: string): boolean {
  return stage === '.orig';
}

const COMPRESSION_SUFFIX = /\.(?:gz|xz|bz2|zst|Z)$/;
const NAME = /^(.*[._-])?(OUTCAR|OSZICAR|POSCAR|CONTCAR|INCAR|KPOINTS|vasprun(?:\.([\w-]+))?\.xml|vaspout\.h5)(.*)$/;
const OTHER_PURPOSE =
  /~$|\.(?:py|sh|pl|f90|m|ipynb|png|jpe?g|gif|pdf|svg|eps|csv|json|ya?ml|md|html?|tex|docx?|xlsx?|h5|npy|npz|pkl|zip|tar|tgz|7z|swp|lock|tmp|part|md5|sha256|cif|xyz|xsf)$/i;
/** Longest numbering that is still a stage: a larger number is a date or a job identifier. */
const NUMBERED_STAGE = /^\.\d{1,3}$/;
const NAMED_STAGE = /[._-](?:relax\d*|static\d*)$/;
const EARLIER_STAGE = /[._-](?:orig|old|bak)$/;
const LAST = 1_000_000;

function kindOf(stem: string): VaspFileKind {
  if (stem.startsWith('vasp')) return 'not-read';
  // `as`: the pattern admits no other stems than the capital forms of these kinds.
  return stem.toLowerCase() as VaspFileKind;
}

/** A name goes on after a mark or a digit (`OUTCAR1`); structures are also labelled directly (`CONTCARep1`). */
function isSuffix(suffix: string, kind: VaspFileKind): boolean {
  if (suffix === '') return true;
  return kind === 'poscar' || kind === 'contcar' ? /^[._\-\w+]/.test(suffix) : /^[._\-\d]/.test(suffix);
}

function stageOf(suffix: string): string {
  if (NUMBERED_STAGE.test(suffix)) return suffix;
  return (NAMED_STAGE.exec(suffix) ?? EARLIER_STAGE.exec(suffix))?.[0] ?? '';
}
