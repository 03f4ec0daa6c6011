/**
 * The ways to change one thing of the healthy campaign: a tag in INCAR and in the echo of OUTCAR, a calculation written
 * anew with other atoms, files taken away.
 *
 * A change that finds nothing to change is a mistake of the trap and throws.
 */
import { contcarText, poscarText } from '../../examples/zno-lithium/generator/structure-files.mjs';
import { BAND, type Files, filesOf, finalOf, type Run, runNamed } from './campaign.ts';

export type Change = (files: Files) => Files;

export type Replacement = readonly [from: string | RegExp, to: string];

/** What an OUTCAR echoes for a tag: the text of the base, and the place of the value in it. */
const ECHO: Readonly<Record<string, (value: string) => Replacement>> = {
  GGA: (value) => [/GGA {5}= {4}PE/, `GGA     =    ${value}`],
  LEXCH: (value) => [/LEXCH {3}= {5}8/, `LEXCH   =    ${value.padStart(2)}`],
  METAGGA: (value) => ['METAGGA=      F', `METAGGA=${value.padStart(7)}`],
  LHFCALC: (value) => ['LHFCALC =     F', `LHFCALC =     ${logical(value)}`],
  AEXX: (value) => ['AEXX    =    0.0000', `AEXX    =    ${Number(value).toFixed(4)}`],
  LSORBIT: (value) => ['LSORBIT =      F', `LSORBIT =      ${logical(value)}`],
  ENCUT: (value) => ['ENCUT  =  520.0 eV', `ENCUT  =  ${Number(value).toFixed(1)} eV`],
  ENAUG: (value) => ['ENAUG  =  650.0 eV', `ENAUG  =  ${Number(value).toFixed(1)} eV`],
  PREC: (value) => ['PREC   = accura', `PREC   = ${value.toLowerCase().slice(0, 6)}`],
  LREAL: () => ['LREAL  =      F', 'LREAL  =      T'],
  LASPH: (value) => ['LASPH  =      T', `LASPH  =      ${logical(value)}`],
  SIGMA: (value) => [/SIGMA {2}= {3}0\.05/g, `SIGMA  =   ${Number(value).toFixed(2)}`],
  EDIFF: (value) => ['EDIFF  = 0.1E-04', `EDIFF  = ${value}`],
  EDIFFG: (value) => ['EDIFFG = -.2E-01', `EDIFFG = ${value}`],
  ISYM: (value) => ['ISYM   =      0', `ISYM   =      ${value}`],
  IDIPOL: (value) => ['IDIPOL =      3', `IDIPOL =      ${value}`],
  LDIPOL: (value) => ['LDIPOL =      T', `LDIPOL =      ${logical(value)}`],
  IBRION: (value) => [/IBRION = +\d/, `IBRION =      ${value}`],
  SPRING: (value) => [/SPRING +-5\.000000/, `SPRING${Number(value).toFixed(6).padStart(14)}`],
  LCLIMB: (value) => ['LCLIMB      T', `LCLIMB      ${logical(value)}`],
  NELECT: (value) => [/NELECT = +\d+\.\d+/, `NELECT =${Number(value).toFixed(4).padStart(13)}`],
  // Told by the dispersion block of the ionic step.
  IVDW: (value) => [/IVDW {9}= 12/g, `IVDW         = ${value}`],
  VDW_S8: (value) => [/VDW_S8 {7}= {4}0\.7875/g, `VDW_S8       =    ${value}`],
};

const logical = (value: string): string => (value === '.TRUE.' ? 'T' : 'F');

/** Other values for some tags of one calculation, in INCAR and in OUTCAR where VASP echoes them. */
export function tagged(folder: string, tags: Readonly<Record<string, string>>): Change {
  return (files) => {
    const echoes = Object.entries(tags).flatMap(([tag, value]) => {
      const echo = ECHO[tag]?.(value);
      return echo === undefined ? [] : [echo];
    });
    const incar = withTags(textOf(files, `${folder}/INCAR`), tags);
    const outcar = echoes.reduce(replaced, textOf(files, `${folder}/OUTCAR`));
    return new Map([...files, [`${folder}/INCAR`, incar], [`${folder}/OUTCAR`, outcar]]);
  };
}

function withTags(incar: string, tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags).reduce((text, [tag, value]) => {
    const line = new RegExp(`^${tag} *=.*$`, 'm');
    return line.test(text) ? text.replace(line, `${tag} = ${value}`) : `${text}${tag} = ${value}\n`;
  }, incar);
}

/** Texts in one file. */
export function edited(path: string, ...replacements: readonly Replacement[]): Change {
  return (files) => new Map([...files, [path, replacements.reduce(replaced, textOf(files, path))]]);
}

function replaced(text: string, [from, to]: Replacement): string {
  const after = text.replace(from, to);
  if (after === text) throw new Error(`nothing to replace by ${to}`);
  return after;
}

/** A calculation of the base, written anew. */
export function rewritten(folder: string, change: (run: Run) => Run): Change {
  return (files) => new Map([...files, ...filesOf(change(runNamed(folder)))]);
}

/** A calculation that the base does not have. */
export function added(run: Run): Change {
  return (files) => new Map([...files, ...filesOf(run)]);
}

/** Everything below a folder, or one file. */
export function removed(path: string): Change {
  return (files) => {
    const rest = new Map([...files].filter(([name]) => name !== path && !name.startsWith(`${path}/`)));
    if (rest.size === files.size) throw new Error(`no ${path}`);
    return rest;
  };
}

/** POSCAR and CONTCAR of one image of the band; its output stays as it is. */
export function imageAt(image: string, run: Run): Change {
  return (files) => {
    const names = [`${BAND}/${image}/POSCAR`, `${BAND}/${image}/CONTCAR`].filter((name) => files.has(name));
    if (names.length === 0) throw new Error(`no image ${image}`);
    const text = (name: string): string =>
      name.endsWith('POSCAR') ? poscarText(run.contents, finalOf(run)) : contcarText(run.contents, finalOf(run));
    return new Map([...files, ...names.map((name) => [name, text(name)] as const)]);
  };
}

export function all(...changes: readonly Change[]): Change {
  return (files) => changes.reduce((after, change) => change(after), files);
}

function textOf(files: Files, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`no ${path}`);
  return text;
}
