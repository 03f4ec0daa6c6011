/** Which format a file is. The names were met in published archives of VASP runs. */
import { describe, expect, it } from 'vitest';
import { parserForContent, parserForName, parsers, withoutCompressionSuffix } from '../../parsers/index.ts';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  outcar: ['OUTCAR', 'OUTCAR.gz', 'OUTCAR.relax2', 'OUTCAR_fc', '6362_OUTCAR', 'OUTCAR.test', 'OUTCAR.vasp.6.2.0.gz'],
  poscar: [
    'POSCAR',
    'POSCAR.orig',
    'POSCAR1',
    'POSCAR_00',
    'spinel_MnO2_POSCAR',
    'CONTCAR',
    'CONTCARep1',
    'CONTCAR.relax1.gz',
    'CONTCAR.xz',
    'Zn.vasp',
    'Zn-slab.VASP',
    'ZnO.poscar',
    'POSCAR.vasp',
    'run/00/POSCAR',
  ],
  incar: ['INCAR', 'INCAR.relax1', 'INCAR.orig.gz'],
  kpoints: ['KPOINTS', 'KPOINTS.orig', 'KPOINTS.relax2.bz2'],
  oszicar: ['OSZICAR', 'OSZICAR_md', 'OSZICAR.zst'],
  'neb-dat': ['neb.dat', 'neb.dat.gz'],
  'nebef-dat': ['nebef.dat'],
  'spline-dat': ['spline.dat'],
  'exts-dat': ['exts.dat.gz'],
  eigenval: ['EIGENVAL', 'EIGENVAL.relax2.gz', 'EIGENVAL.ispin2'],
  doscar: ['DOSCAR', 'DOSCAR.static.gz', 'DOSCAR_ZnO'],
  xdatcar: ['XDATCAR', 'XDATCAR_5', 'x_XDATCAR'],
  ibzkpt: ['IBZKPT', 'IBZKPT.relax1.gz'],
  report: ['REPORT', 'REPORT.gz', 'REPORT.relax1', 'REPORT_2', 'md_REPORT'],
  locpot: ['LOCPOT', 'LOCPOT.gz', 'LOCPOT.vasp'],
  cif: ['ZnO.cif', 'Zn.CIF', 'mp-2133.cif.gz', 'POSCAR.cif'],
  chgcar: ['CHGCAR', 'CHG', 'AECCAR2', 'CHGCAR.vasp'],
  'vasprun-xml': [
    'vasprun.xml',
    'vasprun.xml.gz',
    'vasprun.xml.relax2.gz',
    'vasprun.relax2.xml',
    'x_vasprun.xml',
    'vasprun_Si.xml',
    'vasprun.xml-001',
  ],
};

const NONE = [
  'vasp_output',
  'vasp.out',
  'POTCAR',
  'WAVECAR',
  'KPOINTS_OPT',
  'plot_POSCAR.py',
  'INCAR.json',
  'REPORT.md',
  'REPORT.txt',
  'FINALREPORT',
  'DOSCAR.png',
  'README.md',
  '',
];

describe('a file name', () => {
  for (const [format, names] of Object.entries(NAMES)) {
    for (const name of names) it(`${name} means ${format}`, () => expect(parserForName(name)?.format).toBe(format));
  }

  for (const name of NONE) it(`"${name}" means nothing`, () => expect(parserForName(name)).toBeUndefined());

  it('means one format only', () => {
    for (const name of Object.values(NAMES).flat()) {
      const bare = withoutCompressionSuffix(name.split('/').at(-1)!);
      expect(parsers.filter((parser) => parser.matchesName(bare))).toHaveLength(1);
    }
  });
});

describe('a compression suffix', () => {
  it('is taken off once', () => {
    expect(['a.gz', 'a.xz', 'a.bz2', 'a.zst', 'a.GZ', 'a', 'gz', 'a.gz.gz'].map(withoutCompressionSuffix)).toEqual([
      'a',
      'a',
      'a',
      'a',
      'a',
      'a',
      'gz',
      'a.gz',
    ]);
  });
});

describe('the first bytes of a file', () => {
  const HEADS: Readonly<Record<string, string>> = {
    outcar: ' vasp.6.3.2 18Jan21 (build Apr 28 2021) complex\n executed on  LinuxIFC date 2023.01.05\n',
    poscar: 'ZnO\n1.0\n3.2 0 0\n-1.6 2.77 0\n0 0 5.2\nZn O\n2 2\nDirect\n0 0 0\n',
    incar: 'SYSTEM = ZnO\nENCUT = 520\nISMEAR = 0\n',
    kpoints: 'mesh\n0\nGamma\n4 4 1\n0 0 0\n',
    oszicar: '       N       E                     dE             d eps       ncg     rms\nDAV:   1     0.1E+05\n',
    'vasprun-xml': '<?xml version="1.0" encoding="ISO-8859-1"?>\n<modeling>\n <generator>\n',
    'nebef-dat':
      '   0       0.00000000     -66.75080000       0.00000000 \n   1       0.00756400     -66.25660000       0.49420000 \n',
    'spline-dat': '0\t0.000000\t0.000000\t0.000000\n0.05\t0.0195643\t0.0021\t-0.01\n',
    'exts-dat': 'Extremum 1 found at image  0.998685 with energy:  0.494221\n',
    eigenval:
      '    2    2    1    1\n  0.1E+02  0.3E-09  0.3E-09  0.5E-09  0.5E-15\n  1.0E-004\n  CAR \n ZnO\n     36      1      24\n\n',
    doscar:
      '   2   2   1   0\n  0.1E+02  0.3E-09  0.3E-09  0.5E-09  0.5E-15\n  1.0E-004\n  CAR \n ZnO\n     27.88421975     -5.91781887  301      9.96725845      1.00000000\n',
    xdatcar: 'ZnO\n1\n3.2 0 0\n-1.6 2.77 0\n0 0 5.2\nZn O\n2 2\nDirect configuration=     1\n0 0 0\n',
    ibzkpt: 'Automatically generated mesh\n       2\nReciprocal lattice\n    0.25    0.25    0.0       2\n',
    report: '                MDALGO =    2\n              SHAKETOL = 0.1E-04\n',
    cif: '# from a database\n\ndata_ZnO\n_cell_length_a 3.25\n',
    'pymatgen-json': '{"@module": "pymatgen.core.structure", "@class": "Structure", "lattice": {"matrix": [[3, 0, 0]',
    'neb-dat': '  0     0.000000     0.000000     0.000000   0\n  1     0.391287     0.101144    -0.240000   1\n',
  };
  for (const [format, head] of Object.entries(HEADS)) {
    it(`tell ${format} from every other format`, () => {
      expect(parserForContent(head)?.format).toBe(format);
      expect(parsers.filter((parser) => parser.matchesContent(head))).toHaveLength(1);
    });
  }

  it('may tell nothing', () => {
    for (const head of ['', '\0\0', '<?xml version="1.0"?>\n<html>\n', 'import numpy as np\n']) {
      expect(parserForContent(head)).toBeUndefined();
    }
  });
});

describe('formats', () => {
  it('are listed once each, OUTCAR first', () => {
    expect(parsers[0]?.format).toBe('outcar');
    expect(new Set(parsers.map((parser) => parser.format)).size).toBe(parsers.length);
  });
});
