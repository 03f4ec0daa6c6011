/**
 * A small vasprun.xml that says what an OUTCAR says, so that a whole campaign can be screened with either.
 *
 * In the shape of VASP 5.4, with its traps: ENCUT is called ENMAX, the electronic steps lack the dispersion energy, and
 * `e_0_energy` of the ionic step holds something else (here −1). Eight decimals.
 */
import type { FileRecord, SettingValue } from '../../model/calculation.ts';
import { reciprocal, toFractional } from '../../model/lattice.ts';
import { composition, type Structure, vectorAt } from '../../model/structure.ts';

export function vasprunText(record: FileRecord): string {
  const { structure, steps, kpoints, settings = {} } = record;
  const last = steps?.at(-1);
  if (structure === undefined || last === undefined) throw new Error('an OUTCAR with a structure and a step is needed');
  const { freeEnergyEv = 0, energyWithoutEntropyEv = 0, energySigma0Ev = 0, dispersionEnergyEv = 0 } = last;
  const scf = (energy: number): number => energy - dispersionEnergyEv;
  const [xx = 0, yy = 0, zz = 0, xy = 0, yz = 0, zx = 0] = last.stressKbar ?? [];
  const step = `<calculation>
${`<scstep><energy>${energies(scf(freeEnergyEv), scf(energyWithoutEntropyEv), scf(energySigma0Ev))}</energy></scstep>`.repeat(4)}
${structureElement('', structure)}
${rows('forces', vectors(last.forcesEvPerAngstrom ?? new Float64Array()))}
${rows('stress', [
  [xx, xy, zx],
  [xy, yy, yz],
  [zx, yz, zz],
])}
<energy>${energies(freeEnergyEv, energyWithoutEntropyEv, -1)}</energy>
<dos><i name="efermi">${fixed(last.fermiEnergyEv ?? 0)}</i></dos>
</calculation>
`;
  return `<?xml version="1.0" encoding="ISO-8859-1"?>
<modeling>
<generator><i name="program" type="string">vasp </i><i name="version" type="string">${record.version ?? ''}  </i></generator>
<incar>${settingElements(settings, 'ENCUT')}</incar>
<kpoints>${rows('kpointlist', kpoints?.fractional ?? [])}${rows(
    'weights',
    (kpoints?.weights ?? []).map((weight) => [weight]),
  )}</kpoints>
<parameters><separator name="all">${settingElements(settings, 'ENMAX')}</separator></parameters>
${atomInfo(structure, record)}
${structureElement(' name="initialpos"', structure)}
${step.repeat(record.ionicStepCount ?? 1)}
${structureElement(' name="finalpos"', structure)}
</modeling>
`;
}

function energies(free: number, withoutEntropy: number, sigma0: number): string {
  const lines = { e_fr_energy: free, e_wo_entrp: withoutEntropy, e_0_energy: sigma0 };
  return Object.entries(lines)
    .map(([name, value]) => `<i name="${name}">${fixed(value)} </i>`)
    .join('');
}

function settingElements(settings: Readonly<Record<string, SettingValue>>, cutoffName: string): string {
  return Object.entries(settings)
    .map(([tag, value]) => {
      const name = tag === 'ENCUT' ? cutoffName : tag;
      if (typeof value === 'boolean') return `<i type="logical" name="${name}"> ${value ? 'T' : 'F'}  </i>`;
      if (typeof value === 'string') return `<i type="string" name="${name}">${value.replaceAll('&', '&amp;')}</i>`;
      if (typeof value !== 'number') return `<v name="${name}">${value.map(fixed).join(' ')}</v>`;
      return Number.isInteger(value) && tag !== 'ENCUT'
        ? `<i type="int" name="${name}">${value}</i>`
        : `<i name="${name}">${fixed(value)}</i>`;
    })
    .join('\n');
}

/** Atoms of one kind stand together, as VASP has them. */
function atomInfo({ species }: Structure, { potcars = [] }: FileRecord): string {
  const counts = Object.entries(composition(species));
  const types = counts.map(([element, count], at) => {
    const { title = '', valence = 0 } = potcars[at] ?? {};
    return `<rc><c>${count}</c><c>${element}</c><c> 1.0</c><c>${fixed(valence)}</c><c> ${title} </c></rc>`;
  });
  const atoms = species.map((element) => {
    const type = counts.findIndex(([symbol]) => symbol === element) + 1;
    return `<rc><c>${element}</c><c>${type}</c></rc>`;
  });
  return `<atominfo>
<atoms> ${species.length} </atoms><types> ${counts.length} </types>
<array name="atoms"><dimension dim="1">ion</dimension><field type="string">element</field><field type="int">atomtype</field><set>${atoms.join('\n')}</set></array>
<array name="atomtypes"><dimension dim="1">type</dimension><field type="int">atomspertype</field><field type="string">element</field><field>mass</field><field>valence</field><field type="string">pseudopotential</field><set>${types.join('\n')}</set></array>
</atominfo>`;
}

function structureElement(name: string, structure: Structure): string {
  const inverse = reciprocal(structure.latticeAngstrom);
  const positions = structure.species.map((_, atom) =>
    toFractional(vectorAt(structure.cartesianAngstrom, atom), inverse),
  );
  return `<structure${name}><crystal>${rows('basis', structure.latticeAngstrom)}</crystal>${rows('positions', positions)}</structure>`;
}

function rows(name: string, vectorsOf: readonly (readonly number[])[]): string {
  return `<varray name="${name}">\n${vectorsOf.map((row) => `<v> ${row.map(fixed).join(' ')} </v>\n`).join('')}</varray>`;
}

function vectors(values: Float64Array): (readonly number[])[] {
  return Array.from({ length: values.length / 3 }, (_, atom) => vectorAt(values, atom));
}

function fixed(value: number): string {
  return value.toFixed(8);
}
