import { describe, expect, it } from 'vitest';
import { rowKey } from '../../model/reference-data.ts';
import { loadReference, referenceNames } from '../../reading/find-reference.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';

describe('published figures', () => {
  it('are four sets with title, source and a meaning for every column', () => {
    expect(referenceNames()).toEqual(['cohesive-energies', 'lattice-constants', 'zinc-coatings', 'zno-facets']);
    for (const set of referenceNames().map((name) => loadReference(name))) {
      expect(set.source.length).toBeGreaterThan(20);
      expect(set.columns.every(({ meaning }) => meaning !== '')).toBe(true);
    }
  });

  it('of zinc coatings agree with J·t/2 in every row, and with whole cycles in all but one', () => {
    const { rows } = loadReference('zinc-coatings');
    expect(rows).toHaveLength(26); // SCIENCE §9.3: 26 rows, 25 with a whole number of cycles
    for (const row of rows) {
      const [current, hours, capacity] = ['currentMaPerCm2', 'lifeHours', 'capacityMahPerCm2'].map((name) =>
        Number(row[name]),
      );
      expectNear(Number(row.cumulativeMahPerCm2), ((current ?? 0) * (hours ?? 0)) / 2, 1e-9);
      expectNear(Number(row.cycles), ((current ?? 0) * (hours ?? 0)) / (2 * (capacity ?? 1)), 1e-9);
    }
    expect(rows.filter(({ cycles }) => !Number.isInteger(cycles)).map(({ material }) => material)).toEqual(['ZnO']);
  });

  it('have no number where the source has a dash', () => {
    const without = loadReference('zinc-coatings').rows.filter((row) => !('hysteresisMillivolt' in row));
    // SCIENCE §12.1
    expect(without.map(({ material }) => material)).toEqual([
      'TiN',
      'ZP',
      'Zn phosphate',
      'Zn(002)@Zn3(PO4)2',
      'Hydroxyapatite',
    ]);
  });

  it('name the rows in which the source contradicts itself', () => {
    const conflicts = (name: string) => loadReference(name).conflicts.map(({ row }) => row.join(' '));
    expect(conflicts('zinc-coatings')).toEqual(['ZnO 32', 'ZnS 74', 'Cu-MXene 36', 'Ti3C2Cl2 MXene 81']);
    expect(conflicts('zno-facets')).toEqual(['ZnO(202)', 'ZnO(020)']);
  });

  it('of lattices have one row per material and structure', () => {
    const set = loadReference('lattice-constants');
    const found = new Map(set.rows.map((row) => [rowKey(row, set), row]));
    // SCIENCE §12.3
    expect(found.get('Zn hcp A3')).toMatchObject({ aAngstrom: 2.665, cAngstrom: 4.947 });
    expect(found.get('vermiculite (Ba) C-1')).toMatchObject({ aAngstrom: 5.33, bAngstrom: 9.26, cAngstrom: 12.47 });
  });

  it('of cohesion are those that a value relative to the bulk was checked by', () => {
    const { rows } = loadReference('cohesive-energies');
    // SCIENCE §1.9
    expect(rows).toEqual([
      { metal: 'Li', cohesiveEnergyEv: 1.63 },
      { metal: 'Zn', cohesiveEnergyEv: 1.35 },
    ]);
  });

  it('of the user are read with a fault for what is no column, at its line', () => {
    const folder = temporaryFolder({
      'own.yaml':
        'name: own\nversion: 1\ntitle: t\nsource: s\nkey: [a]\ncolumns:\n  - { name: a, meaning: key }\n  - { name: b, meaning: number }\nrows:\n  - { a: x, c: 1 }\n',
    });
    expect(() => loadReference(`${folder}/own.yaml`)).toThrow(/own\.yaml line 10.*c.*is no column/);
  });
});
