/**
 * What the name of a file says: which VASP file it is, of which run in its folder, at which stage of that run.
 *
 * Several runs share a folder in two ways that must not be mixed up. Stages of one run (`OUTCAR.relax1`,
 * `OUTCAR.relax2`, `OUTCAR`; `OUTCAR.1`; `OUTCAR.static`) replace each other, the last one counts. Free names
 * (`OUTCAR_ZnO`, `OUTCAR.test`, `6362_OUTCAR`) are runs of their own: a number after `_`, as in `OUTCAR_10`, is a name.
 * `vasprun.xml` is marked before or behind its extension: `vasprun.relax2.xml` and `vasprun.xml.relax2` are one name.
 */
import type { FileFormat } from '../model/calculation.ts';
import { isAskedFor } from '../model/companion-values.ts';

/** Outputs that one run writes about itself, the best first. */
export const OUTPUT_KINDS = ['outcar', 'vasprun', 'vaspout', 'oszicar'] as const;
export type OutputKind = (typeof OUTPUT_KINDS)[number];

/** Files beside a run, which a screening lists: some have gigabytes. */
export type CompanionKind = Extract<
  FileFormat,
  | 'xdatcar'
  | 'doscar'
  | 'eigenval'
  | 'locpot'
  | 'chgcar'
  | 'acf'
  | 'ibzkpt'
  | 'report'
  | 'nebef-dat'
  | 'spline-dat'
  | 'exts-dat'
>;

/** What a screening reads. */
export type VaspFileKind = OutputKind | 'poscar' | 'contcar' | 'incar' | 'kpoints' | 'neb-dat';

export interface FileOfRun<Kind> {
  readonly kind: Kind;
  /** Free part of the name (`_ZnO`, `6362_`); files of one run share it. Empty for the standard names. */
  readonly series: string;
  /** Stage as it is written (`.relax1`); empty for the standard names. */
  readonly stage: string;
  readonly compressed: boolean;
}
export type VaspFileName = FileOfRun<VaspFileKind>;

/** Undefined for a name that is none of VASP's, and for backups, scripts and pictures that carry one of its names. */
export function vaspFileName(fileName: string): VaspFileName | undefined {
  const plain = fileName.replace(COMPRESSION_SUFFIX, '');
  const compressed = plain !== fileName;
  if (plain === 'neb.dat') return { kind: 'neb-dat', series: '', stage: '', compressed };
  const match = NAME.exec(plain);
  if (match === null) return undefined;
  const [, prefix = '', stem = '', xmlLabel = '', h5Label = '', rest = ''] = match;
  if (OTHER_PURPOSE.test(plain) && !(stem.startsWith('vaspout') && rest === '')) return undefined;
  const kind = kindOf(stem);
  if (!isSuffix(rest, kind)) return undefined;
  return { kind, ...suffixParts(prefix, xmlLabel + h5Label + rest), compressed };
}

/** The same for the files beside a run, which a screening reads at the most when a descriptor asks for them. */
export function companionFileName(fileName: string): FileOfRun<CompanionKind> | undefined {
  const plain = fileName.replace(COMPRESSION_SUFFIX, '');
  const compressed = plain !== fileName;
  const table = COMPANION_TABLES[plain];
  if (table !== undefined) return { kind: table, series: '', stage: '', compressed };
  const match = OTHER_PURPOSE.test(plain) ? null : COMPANION_NAME.exec(plain);
  if (match === null) return undefined;
  const [, prefix = '', stem = '', suffix = ''] = match;
  const kind = COMPANION_STEMS[stem];
  return kind === undefined ? undefined : { kind, ...suffixParts(prefix, suffix), compressed };
}

/** Whether a screening reads a file of this name beside a run when a descriptor asks for it. */
export function isAskedForBeside(fileName: string): boolean {
  const kind = companionFileName(fileName)?.kind;
  return kind !== undefined && isAskedFor(kind, fileName);
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

/** A free name that is a date or a time (`_11_19_39on29_01_24`, `.20240131`): it names no other calculation. */
export function isTimeStamp(series: string): boolean {
  return /^[._-]?[\d._:-]+(?:(?:on|at|T)[\d._:-]+)?$/.test(series) && series.replace(/\D/g, '').length >= 6;
}

const COMPANION_STEMS: Readonly<Record<string, CompanionKind>> = {
  XDATCAR: 'xdatcar',
  DOSCAR: 'doscar',
  EIGENVAL: 'eigenval',
  LOCPOT: 'locpot',
  CHGCAR: 'chgcar',
  AECCAR0: 'chgcar',
  AECCAR1: 'chgcar',
  AECCAR2: 'chgcar',
  PARCHG: 'chgcar',
  CHG: 'chgcar',
  IBZKPT: 'ibzkpt',
  REPORT: 'report',
};
/** Files that carry one name only. */
const COMPANION_TABLES: Readonly<Record<string, CompanionKind>> = {
  'nebef.dat': 'nebef-dat',
  'spline.dat': 'spline-dat',
  'exts.dat': 'exts-dat',
  'ACF.dat': 'acf',
};

const COMPRESSION_SUFFIX = /\.(?:gz|xz|bz2|zst|Z)$/;
const NAME =
  /^(.*[._-])?(OUTCAR|OSZICAR|POSCAR|CONTCAR|INCAR|KPOINTS|vasprun((?:[._-]|\d)[\w.+-]*?)?\.xml|vaspout((?:[._-]|\d)[\w.+-]*?)?\.h5)(.*)$/;
const COMPANION_NAME = new RegExp(`^(.*[._-])?(${Object.keys(COMPANION_STEMS).join('|')})([._\\-\\d].*)?$`);
const OTHER_PURPOSE =
  /~$|\.(?:py|sh|pl|f90|m|ipynb|png|jpe?g|gif|pdf|svg|eps|csv|json|ya?ml|md|html?|tex|docx?|xlsx?|h5|npy|npz|pkl|zip|tar|tgz|7z|swp|lock|tmp|part|md5|sha256|cif|xyz|xsf)$/i;
/** Longest numbering that is still a stage: a larger number is a date or a job identifier. */
const NUMBERED_STAGE = /^\.\d{1,3}$/;
const NAMED_STAGE = /[._-](?:relax\d*|static\d*)$/;
const EARLIER_STAGE = /[._-](?:orig|old|bak)$/;
const LAST = 1_000_000;

function kindOf(stem: string): VaspFileKind {
  if (stem.startsWith('vasprun')) return 'vasprun';
  if (stem.startsWith('vaspout')) return 'vaspout';
  // `as`: the pattern admits no other stems than the capital forms of these kinds.
  return stem.toLowerCase() as VaspFileKind;
}

/** A name goes on after a mark or a digit (`OUTCAR1`); structures are also labelled directly (`CONTCARep1`). */
function isSuffix(suffix: string, kind: VaspFileKind): boolean {
  if (suffix === '') return true;
  return kind === 'poscar' || kind === 'contcar' ? /^[._\-\w+]/.test(suffix) : /^[._\-\d]/.test(suffix);
}

function suffixParts(prefix: string, suffix: string): { readonly series: string; readonly stage: string } {
  const stage = stageOf(suffix);
  return { series: prefix + suffix.slice(0, suffix.length - stage.length), stage };
}

function stageOf(suffix: string): string {
  if (NUMBERED_STAGE.test(suffix)) return suffix;
  return (NAMED_STAGE.exec(suffix) ?? EARLIER_STAGE.exec(suffix))?.[0] ?? '';
}
