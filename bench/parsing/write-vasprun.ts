/** Writes a vasprun.xml of a wanted size with known numbers: a relaxation, in the layout of VASP 6.3. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { slabVolume } from './outcar-header.ts';
import { fixed, makeSlab, type Slab } from './slab.ts';

export interface VasprunOptions {
  readonly atoms: number;
  readonly electronicSteps: number;
  readonly kpoints: number;
  readonly bands: number;
  readonly seed: number;
  readonly bytes: number;
}

/** What a reader must find. */
export interface VasprunTruth {
  readonly bytes: number;
  readonly steps: number;
  /** Of the last `<calculation>`: e_fr_energy, eV. */
  readonly freeEnergyEv: number;
}

export const XML_RELAXATION = { atoms: 120, electronicSteps: 25, kpoints: 5, bands: 480 } as const;

const ENTROPY_EV = 0.00123456;

export function writeVasprun(path: string, options: VasprunOptions): VasprunTruth {
  const slab = makeSlab(options.atoms, options.seed);
  const descriptor = openSync(path, 'w');
  const tail = eigenvalueBlock(options, slab);
  const positions = Float64Array.from(slab.fractional.flat());
  const forces = new Float64Array(positions.length);
  let bytes = writeSync(descriptor, head(slab, options) + structure(slab, positions, 'initialpos'));
  let largest = 0;
  for (let step = 1; ; step += 1) {
    const isLast = step > 1 && bytes + 2 * largest + tail.length > options.bytes;
    const freeEnergyEv = Number((-4.5 * options.atoms + 20 * Math.exp(-step / 20)).toFixed(8));
    for (let at = 0; at < positions.length; at += 1) {
      positions[at] = (positions[at] ?? 0) + 0.001 * (slab.random.next() - 0.5);
      forces[at] = slab.random.next() - 0.5;
    }
    const start = bytes;
    bytes += writeSync(descriptor, ` <calculation>\n${electronicPart(freeEnergyEv, options, slab)}`);
    bytes += writeSync(
      descriptor,
      structure(slab, positions) + array('forces', forces) + array('stress', new Float64Array(9)),
    );
    bytes += writeSync(
      descriptor,
      `  <energy>\n${energies(freeEnergyEv, '   ')}  </energy>\n  <time name="totalsc">    8.95    9.24</time>\n`,
    );
    bytes += writeSync(descriptor, `${isLast ? tail : ''} </calculation>\n`);
    largest = Math.max(largest, bytes - start);
    if (!isLast) continue;
    bytes += writeSync(descriptor, `${structure(slab, positions, 'finalpos')}</modeling>\n`);
    closeSync(descriptor);
    return { bytes, steps: step, freeEnergyEv };
  }
}

function electronicPart(freeEnergyEv: number, { electronicSteps }: VasprunOptions, { random }: Slab): string {
  const count = Math.max(2, electronicSteps + random.below(7) - 3);
  const steps = Array.from({ length: count }, (_, index) => {
    const energyEv = freeEnergyEv + (index === count - 1 ? 0 : 3 * Math.exp(-index));
    const times = '   <time name="dav">    0.27    0.27</time>\n   <time name="total">    0.31    0.33</time>\n';
    return `  <scstep>\n${times}   <energy>\n${energies(energyEv, '    ')}   </energy>\n  </scstep>\n`;
  });
  return steps.join('');
}

function energies(freeEnergyEv: number, indent: string): string {
  const lines = {
    e_fr_energy: freeEnergyEv,
    e_wo_entrp: freeEnergyEv + 2 * ENTROPY_EV,
    e_0_energy: freeEnergyEv + ENTROPY_EV,
  };
  return Object.entries(lines)
    .map(([name, value]) => `${indent}<i name="${name}">${fixed(value, 16, 8)} </i>\n`)
    .join('');
}

function head(slab: Slab, options: VasprunOptions): string {
  const settings = [
    '  <i type="string" name="PREC">accurate</i>\n  <i name="ENMAX">    500.00000000</i>\n',
    '  <i type="int" name="ISPIN">     1</i>\n  <i type="int" name="IBRION">     2</i>\n  <i type="int" name="NSW"> 99999</i>\n',
    '  <i name="EDIFF">      0.00001000</i>\n  <i name="EDIFFG">     -0.02000000</i>\n  <i type="int" name="NELM">    60</i>\n',
    `  <i type="int" name="ISMEAR">     1</i>\n  <i name="SIGMA">      0.10000000</i>\n  <i type="int" name="NBANDS">${String(options.bands).padStart(6)}</i>\n`,
    '  <i type="logical" name="LEPSILON"> F  </i>\n  <i type="logical" name="LHFCALC"> F  </i>\n',
  ].join('');
  return [
    '<?xml version="1.0" encoding="ISO-8859-1"?>\n<modeling>\n <generator>\n  <i name="program" type="string">vasp </i>\n',
    '  <i name="version" type="string">6.3.0  </i>\n  <i name="subversion" type="string">20Jan22 (build Apr 09 2022 18:33:31) complex            parallel </i>\n',
    '  <i name="platform" type="string">LinuxIFC </i>\n  <i name="date" type="string">2024 11 17 </i>\n  <i name="time" type="string">01:28:22 </i>\n </generator>\n',
    ` <incar>\n${settings.replace('ENMAX', 'ENCUT')} </incar>\n`,
    kpointList(options),
    ` <parameters>\n <separator name="general" >\n${settings} </separator>\n </parameters>\n`,
    atomList(slab),
  ].join('');
}

function kpointList({ kpoints }: VasprunOptions): string {
  const rows = Array.from({ length: kpoints }, (_, index) => vector([(index + 0.5) / (2 * kpoints), 0, 0]));
  const weights = Array.from({ length: kpoints }, () => `   <v> ${fixed(1 / kpoints, 15, 8)} </v>\n`);
  const lists = `  <varray name="kpointlist" >\n${rows.join('')}  </varray>\n  <varray name="weights" >\n${weights.join('')}  </varray>\n`;
  return ` <kpoints>\n${lists} </kpoints>\n`;
}

function atomList(slab: Slab): string {
  const atoms = slab.types.flatMap(({ element, count }, type) =>
    Array.from(
      { length: count },
      () => `    <rc><c>${element.padEnd(2)}</c><c>${String(type + 1).padStart(4)}</c></rc>\n`,
    ),
  );
  const types = slab.types.map(({ element, valence, count }) => {
    const cells = [
      String(count).padStart(4),
      element.padEnd(2),
      fixed(5 * valence, 16, 8),
      fixed(valence, 16, 8),
      `  PAW_PBE ${element} 08Apr2002`,
    ];
    return `    <rc>${cells.map((cell) => `<c>${cell}</c>`).join('')}</rc>\n`;
  });
  const dimension = (name: string): string => `   <dimension dim="1">${name}</dimension>\n`;
  return [
    ` <atominfo>\n  <atoms>${String(slab.atoms).padStart(8)} </atoms>\n  <types>${String(slab.types.length).padStart(8)} </types>\n`,
    `  <array name="atoms" >\n${dimension('ion')}   <field type="string">element</field>\n   <field type="int">atomtype</field>\n   <set>\n${atoms.join('')}   </set>\n  </array>\n`,
    `  <array name="atomtypes" >\n${dimension('type')}   <field type="int">atomspertype</field>\n   <field type="string">element</field>\n   <field>mass</field>\n`,
    `   <field>valence</field>\n   <field type="string">pseudopotential</field>\n   <set>\n${types.join('')}   </set>\n  </array>\n </atominfo>\n`,
  ].join('');
}

function structure(slab: Slab, positions: Float64Array, name?: string): string {
  const basis = slab.lattice.map((row) => ` ${vector(row)}`).join('');
  const reciprocal = slab.lattice
    .map((row) => ` ${vector(row.map((value) => (value === 0 ? 0 : 1 / value)))}`)
    .join('');
  return [
    `  <structure${name === undefined ? '' : ` name="${name}" `}>\n   <crystal>\n    <varray name="basis" >\n${basis}    </varray>\n`,
    `    <i name="volume">${fixed(slabVolume(slab), 16, 8)} </i>\n    <varray name="rec_basis" >\n${reciprocal}    </varray>\n   </crystal>\n`,
    ` ${array('positions', positions)}  </structure>\n`,
  ].join('');
}

function array(name: string, values: Float64Array): string {
  const parts = [`  <varray name="${name}" >\n`];
  for (let at = 0; at < values.length; at += 3) parts.push(vector(values.subarray(at, at + 3)));
  return `${parts.join('')}  </varray>\n`;
}

function vector(values: ArrayLike<number>): string {
  return `   <v> ${Array.from(values, (value) => fixed(value, 15, 8)).join(' ')} </v>\n`;
}

function eigenvalueBlock({ kpoints, bands }: VasprunOptions, { random }: Slab): string {
  const sets = Array.from({ length: kpoints }, (_, kpoint) => {
    const rows = Array.from({ length: bands }, (__, band) => {
      const energyEv = -22 + (30 * (band + random.next())) / bands;
      return `       <r> ${fixed(energyEv, 9, 4)} ${fixed(energyEv < 1 ? 1 : 0, 9, 4)} </r>\n`;
    });
    return `      <set comment="kpoint ${kpoint + 1}">\n${rows.join('')}      </set>\n`;
  });
  const head =
    '  <eigenvalues>\n   <array>\n    <dimension dim="1">band</dimension>\n    <dimension dim="2">kpoint</dimension>\n' +
    '    <dimension dim="3">spin</dimension>\n    <field>eigene</field>\n    <field>occ</field>\n    <set>\n     <set comment="spin 1">\n';
  return `${head}${sets.join('')}     </set>\n    </set>\n   </array>\n  </eigenvalues>\n`;
}
