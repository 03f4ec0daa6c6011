/**
 * The value of an INCAR tag with the type that VASP gives it.
 *
 * The type belongs to the tag: `GGA = 91` is a name, `MAGMOM = 5` a list of one, `LREAL = F` a logical and `LREAL = Auto`
 * a name. The mistake avoided here: guessing it from the text. Tags that are not in the table below are guessed; units
 * and remarks behind a number (`520 eV`) are tolerated. Source: VASP wiki, category INCAR tag.
 */
import type { SettingValue } from '../../../model/calculation.ts';
import { parseFortranLogical, parseFortranNumber } from '../fortran-number.ts';

type TagType = 'text' | 'word' | 'number' | 'logical' | 'logicalOrWord' | 'numbers';

const TAGS: Readonly<Record<TagType, string>> = {
  text: 'SYSTEM WANNIER90_WIN LOCPROJ LATTICE_CONSTRAINTS',
  word: 'PREC ALGO GGA METAGGA LIBXC1 LIBXC2',
  number:
    'ENCUT ENAUG ENINI EDIFF EDIFFG SIGMA ISMEAR NELM NELMIN NELMDL NSW IBRION ISIF ISPIN ISYM SYMPREC POTIM NFREE ' +
    'ISTART ICHARG INIWAV NBANDS NELECT NUPDOWN IALGO IVDW IDIPOL LDAUTYPE LDAUPRINT LMAXMIX LMAXPAW KSPACING PSTRESS ' +
    'AEXX AGGAX AGGAC ALDAC HFSCREEN PARAM1 PARAM2 IMAGES SPRING ICHAIN IOPT MAXMOVE TIMESTEP NPAR NCORE KPAR NWRITE ' +
    'TEBEG TEEND SMASS NBLOCK KBLOCK NGX NGY NGZ NGXF NGYF NGZF AMIX BMIX AMIN AMIX_MAG BMIX_MAG MAXMIX NEDOS EMIN ' +
    'EMAX EPSILON VOSKOWN ZAB_VDW BPARAM CPARAM VDW_S6 VDW_S8 VDW_A1 VDW_A2 VDW_SR VDW_D VDW_RADIUS VDW_CNRADIUS ' +
    'LORBIT NSIM MDALGO NKRED NKREDX NKREDY NKREDZ LMAXFOCK NOMEGA ENCUTGW CSHIFT MIXPRE IMIX INIMIX WC NELMGW',
  logical:
    'LWAVE LCHARG LVTOT LVHAR LELF LASPH ADDGRID LDIPOL LMONO LDAU LHFCALC LUSE_VDW LVDW LCLIMB LSORBIT LNONCOLLINEAR ' +
    'LEPSILON LOPTICS LPLANE LSCALU LSCALAPACK LMIXTAU LAECHG KGAMMA GGA_COMPAT LSOL LTANGENTOLD LNEBCELL ML_LMLFF ' +
    'LPEAD LCALCEPS LRPA LTHOMAS LMODELHF',
  logicalOrWord: 'LREAL',
  numbers:
    'MAGMOM LDAUL LDAUU LDAUJ ROPT DIPOL RWIGS FERWE FERDO LANGEVIN_GAMMA M_CONSTR SAXIS QSPIRAL EFIELD_PEAD POMASS ' +
    'ZVAL NGYROMAG EINT KPUSE IBAND VDW_C6 VDW_R0 VDW_ALPHA',
};

const TYPE_OF = new Map<string, TagType>(
  // The keys of TAGS are exactly the tag types.
  (Object.keys(TAGS) as TagType[]).flatMap((type) => TAGS[type].split(' ').map((tag) => [tag, type] as const)),
);

/** More values than any tag takes; `999999999*0` must not ask for their memory. */
const MAX_VALUES = 1_000_000;
const LOGICAL = /^(?:\.(?:T|F|TRUE|FALSE)\.?|T|F|TRUE|FALSE)$/i;

/** Undefined when the text is none of the tag's type, or empty. */
export function settingValue(tag: string, text: string): SettingValue | undefined {
  const type = TYPE_OF.get(tag);
  if (type === 'text') return text === '' ? undefined : decoded(text);
  const [first] = text.split(/[\s,]+/, 1);
  if (first === undefined || first === '') return undefined;
  switch (type) {
    case 'word':
      return decoded(first);
    case 'number':
      return finite(parseFortranNumber(first));
    case 'logical':
      return parseFortranLogical(first);
    case 'logicalOrWord':
      return LOGICAL.test(first) ? parseFortranLogical(first) : decoded(first);
    case 'numbers':
      return leadingValues(text);
    default:
      return guessed(first, text);
  }
}

function guessed(first: string, text: string): SettingValue | undefined {
  // A bare T may begin a sentence; with its dots it is a logical whatever follows.
  if (LOGICAL.test(text) || (first.startsWith('.') && LOGICAL.test(first))) return parseFortranLogical(first) ?? text;
  // Stars and other signs alone are a number that was.
  if (!/[A-Za-z0-9\x80-\xff]/.test(text)) return undefined;
  const values = leadingValues(text);
  const [only] = values ?? [];
  if (values === undefined || only === undefined) return decoded(text);
  return values.length === 1 ? only : values;
}

/** Numbers with Fortran's repetition (`3*0.6`) up to the first word; undefined when there are none or other signs follow. */
function leadingValues(text: string): readonly number[] | undefined {
  const values: number[] = [];
  for (const field of text.split(/[\s,]+/)) {
    if (field === '') continue;
    const [, times, written] = /^(?:(\d+)\*)?(.+)$/s.exec(field) ?? [];
    const value = parseFortranNumber(written ?? '');
    if (Number.isNaN(value)) {
      // Units and remarks; `***` or `1-3` is no remark.
      if (values.length > 0 && /^(?!nan|inf)[A-Za-z([]/i.test(field)) break;
      return undefined;
    }
    const count = times === undefined ? 1 : parseFortranNumber(times);
    if (values.length + count > MAX_VALUES) return undefined;
    for (let repeat = 0; repeat < count; repeat += 1) values.push(value);
  }
  return values.length > 0 ? values : undefined;
}

function finite(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

/** Text of the file as people wrote it: UTF-8, which plain ASCII is too. */
function decoded(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}
