/**
 * Damage of vasprun.xml that was passed over: the value was left out, or was another one, and no issue said so. Each case
 * changes one field of a small whole file.
 */
import { describe, expect, it } from 'vitest';
import { parse, RELAXATION } from '../parsers/vasprun-xml-cases.ts';

/** The codes that the damaged file has and the whole one has not. */
function newIssues(written: string, damaged: string): string[] {
  expect(RELAXATION).toContain(written);
  const known = parse(RELAXATION).issues.map(({ message }) => message);
  const { issues } = parse(RELAXATION.replace(written, damaged));
  return issues.filter(({ message }) => !known.includes(message)).map(({ code }) => code);
}

describe('a field of vasprun.xml that is no number is told', () => {
  it.each([
    ['a subdivision of the mesh', '2        1        1 </v>', '2        *        1 </v>'],
    ['a component of the shift', '0.50000000 </v>\n   <v name="genvec1">', '?          </v>\n   <v name="genvec1">'],
    ['a weight of a k-point', '<v>       0.75000000 </v>', '<v>       ********** </v>'],
    ['the valence of a POTCAR', '<c>     12.00000000</c>', '<c>                </c>'],
    ['a level', '<r>    0.5000    1.0000 </r>', '<r> *********    1.0000 </r>'],
    ['the Fermi energy', '<i name="efermi">      1.50000000 </i>', '<i name="efermi">             NaN </i>'],
  ])('%s', (_, written, damaged) => {
    expect(newIssues(written, damaged)).toContain('W_UNPARSEABLE');
  });

  it('a setting whose number is gone', () => {
    expect(newIssues('<i type="int" name="ISMEAR">     0</i>', '<i type="int" name="ISMEAR">      </i>')).toContain(
      'W_OVERFLOW',
    );
  });

  it('SAXIS that lost a component is no vector', () => {
    const place = '<i type="int" name="ISMEAR">';
    const record = (numbers: string) => parse(RELAXATION.replace(place, `<v name="SAXIS">${numbers}</v>\n${place}`));
    expect(record(' 0.0 0.5 1.0 ').settings?.SAXIS).toEqual([0, 0.5, 1]);
    const torn = record(' 0.5 1.0 ');
    expect(torn.settings).not.toHaveProperty('SAXIS');
    expect(torn.issues.map(({ code }) => code)).toContain('W_OVERFLOW');
  });
});

describe('a number too large for any cell leaves no infinite volume or position', () => {
  it.each([
    ['cell', '<v>       3.00000000', '<v>       1e308     '],
    ['positions', '<v>       0.', '<v>       1e3080.'],
  ])('%s', (_, written, damaged) => {
    expect(RELAXATION).toContain(written);
    const record = parse(RELAXATION.replaceAll(written, damaged));
    const step = record.steps?.at(-1);
    expect(step?.volumeAngstrom3 === undefined || Number.isFinite(step.volumeAngstrom3)).toBe(true);
    expect(step?.cartesianAngstrom?.every(Number.isFinite) ?? true).toBe(true);
    expect(record.issues.map(({ code }) => code)).toContain('E_UNPARSEABLE');
  });
});
