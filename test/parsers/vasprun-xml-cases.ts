/**
 * A small vasprun.xml in the shape of VASP 5.4.4 with invented numbers: a relaxation of two atoms in a skewed cell, with
 * dispersion, selective dynamics and bands. Nothing in it is symmetric, so that a swapped axis or order shows.
 */
import { memorySource } from '../../model/byte-source.ts';
import type { ParseOptions } from '../../parsers/shared/parser.ts';
import { parseVasprun, vasprunXmlParser, type XmlReader } from '../../parsers/vasprun-xml.ts';

const fixed = (value: number, width = 17) => value.toFixed(8).padStart(width);
export const row = (values: readonly number[]) => `<v>${values.map((value) => fixed(value)).join('')} </v>`;

export const GENERATOR = ` <generator>
  <i name="program" type="string">vasp </i>
  <i name="version" type="string">5.4.4.18Apr17-6-g9f103f2a35  </i>
  <i name="subversion" type="string">(build Apr 09 2019 18:33:31) complex                          parallel </i>
 </generator>
`;

export const INCAR = ` <incar>
  <i type="string" name="SYSTEM"> ZnO (002)</i>
  <i type="string" name="PREC">accurate</i>
  <i name="ENCUT">    400.00000000</i>
  <i type="int" name="IVDW">    12</i>
  <v name="LDAUU">      5.00000000      0.00000000</v>
 </incar>
`;

export const KPOINTS = ` <kpoints>
  <generation param="Monkhorst-Pack">
   <v type="int" name="divisions">       2        1        1 </v>
   <v name="usershift">      0.00000000       0.00000000       0.50000000 </v>
   <v name="genvec1">      0.50000000       0.00000000       0.00000000 </v>
  </generation>
  <varray name="kpointlist" >
   ${row([0.25, 0, 0.125])}
   ${row([-0.25, 0, 0.125])}
  </varray>
  <varray name="weights" >
   ${row([0.25])}
   ${row([0.75])}
  </varray>
 </kpoints>
`;

export const PARAMETERS = ` <parameters>
  <separator name="electronic" >
   <i type="string" name="PREC">accura</i>
   <i name="ENMAX">    420.00000000</i>
   <i name="EDIFF">      0.00010000</i>
   <separator name="electronic smearing" >
    <i type="int" name="ISMEAR">     0</i>
    <i name="SIGMA">      0.05000000</i>
   </separator>
   <separator name="electronic spin" >
    <i type="int" name="ISPIN">     1</i>
    <i type="logical" name="LNONCOLLINEAR"> F  </i>
   </separator>
   <separator name="electronic convergence" >
    <i type="int" name="NELM">     3</i>
   </separator>
  </separator>
  <separator name="ionic" >
   <i type="int" name="NSW">    20</i>
   <i type="int" name="IBRION">     2</i>
   <i type="int" name="ISIF">     2</i>
   <i name="EDIFFG">     -0.02000000</i>
  </separator>
  <separator name="electronic exchange-correlation" >
   <i type="string" name="GGA    ">PE</i>
   <i type="logical" name="LHFCALC"> F  </i>
  </separator>
  <separator name="response functions" >
   <i type="int" name="NELM">     1</i>
   <i type="int" name="KINTER">******</i>
  </separator>
 </parameters>
`;

export const ATOMS = ` <atominfo>
  <atoms>       2 </atoms>
  <types>       2 </types>
  <array name="atoms" >
   <dimension dim="1">ion</dimension>
   <field type="string">element</field>
   <field type="int">atomtype</field>
   <set>
    <rc><c>r </c><c>   1</c></rc>
    <rc><c>O </c><c>   2</c></rc>
   </set>
  </array>
  <array name="atomtypes" >
   <dimension dim="1">type</dimension>
   <field type="int">atomspertype</field>
   <field type="string">element</field>
   <field>mass</field>
   <field>valence</field>
   <field type="string">pseudopotential</field>
   <set>
    <rc><c>   1</c><c>r </c><c>     91.22400000</c><c>     12.00000000</c><c>  PAW_PBE Zr_sv 04Jan2005               </c></rc>
    <rc><c>   1</c><c>O </c><c>     16.00000000</c><c>      6.00000000</c><c>  PAW_PBE O 08Apr2002                   </c></rc>
   </set>
  </array>
 </atominfo>
`;

export const CELL = [
  [3, 0, 0],
  [-1, 2.5, 0],
  [0, 0.5, 12],
] as const;

export const structure = (name: string, positions: readonly (readonly number[])[]) => ` <structure${name} >
  <crystal>
   <varray name="basis" >
${CELL.map((vector) => `    ${row(vector)}\n`).join('')}   </varray>
   <i name="volume">     90.00000000 </i>
   <varray name="rec_basis" >
${CELL.map((vector) => `    ${row(vector)}\n`).join('')}   </varray>
  </crystal>
  <varray name="positions" >
${positions.map((position) => `   ${row(position)}\n`).join('')}  </varray>
  <varray name="selective"  type="logical" >
   <v type="logical" > F F F </v>
   <v type="logical" > T T F </v>
  </varray>
 </structure>
`;

export interface ScfEnergies {
  readonly free: number;
  readonly withoutEntropy: number;
  readonly sigma0: number;
}

export const scfStep = ({ free, withoutEntropy, sigma0 }: ScfEnergies, detailed = false) => `  <scstep>
   <time name="dav">    0.42    0.47</time>
   <energy>
${detailed ? '    <i name="alphaZ">      3.29313947 </i>\n    <i name="hartreedc">**************** </i>\n' : ''}    <i name="e_fr_energy">${fixed(free)} </i>
    <i name="e_wo_entrp">${fixed(withoutEntropy)} </i>
    <i name="e_0_energy">${fixed(sigma0)} </i>
   </energy>
  </scstep>
`;

export interface StepText {
  readonly scf: string;
  readonly positions: readonly (readonly number[])[];
  readonly forces: string;
  /** `e_fr_energy` of the step, as printed. */
  readonly free: string;
  readonly behind?: string;
}

/** As VASP 5 prints it: `e_wo_entrp` and `e_0_energy` of the step are shuffled. */
export const calculation = ({ scf, positions, forces, free, behind = '' }: StepText) => ` <calculation>
${scf}${structure('', positions)}  <varray name="forces" >
${forces}  </varray>
  <varray name="stress" >
   ${row([1, 4, 6])}
   ${row([4, 2, 5])}
   ${row([6, 5, 3])}
  </varray>
  <energy>
   <i name="e_fr_energy"> ${free} </i>
   <i name="e_wo_entrp">     -9.98000000 </i>
   <i name="e_0_energy">     -0.02000000 </i>
  </energy>
  <time name="totalsc">   75.0975123.14</time>
${behind} </calculation>
`;

export const BANDS = `  <dos>
   <i name="efermi">      1.50000000 </i>
   <total>
    <array>
     <dimension dim="1">gridpoints</dimension>
     <dimension dim="2">spin</dimension>
     <field>energy</field>
     <field>total</field>
     <field>integrated</field>
     <set>
      <set comment="spin 1">
       <r>   -2.0000    0.2500    0.2500 </r>
       <r>    3.0000    0.5000    2.0000 </r>
      </set>
     </set>
    </array>
   </total>
   <partial>
    <array>
     <set>
      <set comment="ion 1">
       <r>   -2.0000    7.0000 </r>
      </set>
     </set>
    </array>
   </partial>
  </dos>
  <eigenvalues>
   <array>
    <dimension dim="1">band</dimension>
    <dimension dim="2">kpoint</dimension>
    <dimension dim="3">spin</dimension>
    <field>eigene</field>
    <field>occ</field>
    <set>
     <set comment="spin 1">
      <set comment="kpoint 1">
       <r>   -3.0000    1.0000 </r>
       <r>    0.5000    1.0000 </r>
       <r>    4.2500    0.0000 </r>
      </set>
      <set comment="kpoint 2">
       <r>   -2.5000    1.0000 </r>
       <r>    0.1250    1.0000 </r>
       <r>    3.7500    0.0000 </r>
      </set>
     </set>
    </set>
   </array>
  </eigenvalues>
`;

/** The last electronic step: without dispersion, which is −0.5 eV. */
export const SCF_END: ScfEnergies = { free: -10, withoutEntropy: -9.98, sigma0: -9.99 };
export const SCF = scfStep({ free: -8, withoutEntropy: -7.9, sigma0: -7.95 }, true) + scfStep(SCF_END, true);
/** NELM = 3 of them, the last change −0.3 eV. */
export const SCF_EXHAUSTED = [-9, -9.4, -9.7]
  .map((free) => scfStep({ free, withoutEntropy: free + 0.04, sigma0: free + 0.02 }))
  .join('');

export const STEP_1: StepText = {
  scf: SCF_EXHAUSTED,
  positions: [
    [0, 0, 0],
    [0.5, 0.25, 0.125],
  ],
  forces: `   ${row([0.3, -0.1, 0.2])}\n   ${row([-0.3, 0.1, -0.2])}\n`,
  free: '   -10.25000000',
};
export const STEP_2: StepText = {
  scf: SCF,
  positions: [
    [0, 0, 0],
    [0.5, 0.5, 0.25],
  ],
  forces: `   ${row([0.9, 0.8, 0.7])}\n   ${row([0.012, -0.003, -0.5])}\n`,
  free: '   -10.50000000',
  behind: BANDS,
};

export const HEAD = `<?xml version="1.0" encoding="ISO-8859-1"?>\n<modeling>\n${GENERATOR}${INCAR}${KPOINTS}${PARAMETERS}${ATOMS}${structure(' name="initialpos"', STEP_1.positions)}`;
export const TAIL = `${structure(' name="finalpos"', STEP_2.positions)}</modeling>\n`;
export const RELAXATION = `${HEAD}${calculation(STEP_1)}${calculation(STEP_2)}${TAIL}`;

export const latin1 = (text: string) => Buffer.from(text, 'latin1');
export const parse = (text: string, options: ParseOptions = {}) =>
  vasprunXmlParser.parse(memorySource(latin1(text)), options);
export const parseBy = (reader: XmlReader, text: string, options: ParseOptions = {}) =>
  parseVasprun(memorySource(latin1(text)), options, reader);
export const codes = (text: string) => parse(text).issues.map((entry) => entry.code);
