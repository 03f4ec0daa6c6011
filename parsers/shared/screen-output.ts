/**
 * What VASP writes to the screen (`vasp.out`, `vasp_output`, `stdout`): it names the version like an OUTCAR and holds
 * lines of OSZICAR, and is neither.
 *
 * The mistake avoided here: calling it an OUTCAR that broke off. VASP says on the screen how many processes it runs on
 * before it says its version, and what it reads behind it; in an OUTCAR the version stands first, then `executed on`.
 */

const ONLY_ON_SCREEN =
  /^ (?:POSCAR found (?:type information on POSCAR|:)|POSCAR, INCAR and KPOINTS ok|LDA part: xc-table|entering main loop)/m;
const PROCESSES = /^ running (?:on\s+\d+ (?:total cores|nodes)|\s*\d+ mpi-ranks)/m;
const VERSION = /^ {0,2}vasp\.\d/m;
const EXECUTED_ON = /^ executed on /m;

/** Whether these first bytes of a file are the screen output of VASP. */
export function isScreenOutput(head: string): boolean {
  if (EXECUTED_ON.test(head)) return false;
  if (ONLY_ON_SCREEN.test(head)) return true;
  const processes = head.search(PROCESSES);
  const version = head.search(VERSION);
  return processes >= 0 && (version < 0 ? head.includes('\n distrk:') : processes < version);
}
