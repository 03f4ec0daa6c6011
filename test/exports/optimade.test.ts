/** The OPTIMADE answer: fields and spelling are those of the specification, numbers are worked by hand. */
import { describe, expect, it } from 'vitest';
import { ONE_ATOM, streamed, TRICLINIC, textOf } from './structures.ts';
import { CONTEXT, formatNamed, rowsOf, written } from './write-structures.ts';

describe('OPTIMADE', () => {
  it('has the fields that the specification requires, worked by hand for Zn3 O Li', async () => {
    const text = await written('optimade', [TRICLINIC, ONE_ATOM]);
    const answer: unknown = JSON.parse(text);
    expect(answer).toMatchObject({
      meta: {
        api_version: '1.2.0',
        query: { representation: '/structures' },
        more_data_available: false,
        data_returned: 2,
      },
      data: [
        {
          type: 'structures',
          id: TRICLINIC.calculation,
          attributes: {
            elements: ['Li', 'O', 'Zn'],
            nelements: 3,
            elements_ratios: [0.2, 0.2, 0.6],
            chemical_formula_descriptive: 'Zn3OLi',
            chemical_formula_reduced: 'LiOZn3',
            chemical_formula_anonymous: 'A3BC',
            dimension_types: [1, 1, 1],
            nperiodic_dimensions: 3,
            lattice_vectors: TRICLINIC.latticeAngstrom,
            cartesian_site_positions: rowsOf(TRICLINIC.cartesianAngstrom),
            nsites: 5,
            species_at_sites: TRICLINIC.species,
            species: [
              { name: 'Li', chemical_symbols: ['Li'], concentration: [1] },
              { name: 'O', chemical_symbols: ['O'], concentration: [1] },
              { name: 'Zn', chemical_symbols: ['Zn'], concentration: [1] },
            ],
            structure_features: [],
            last_modified: null,
            _adatom_free_energy_ev: -123.45678901234567,
          },
        },
        { attributes: { chemical_formula_reduced: 'Li', chemical_formula_anonymous: 'A', nsites: 1 } },
      ],
    });
  });

  it('tells when the results were finished as RFC 3339, and an empty list without structures', async () => {
    const format = formatNamed('optimade');
    if (format.madeOf !== 'structures') throw new Error('made of structures');
    const context = { ...CONTEXT, finishedAt: '2026-11-21T07:00:00.123Z' };
    const one: unknown = JSON.parse(await textOf(format.write(streamed([ONE_ATOM]), context)));
    expect(one).toMatchObject({ data: [{ attributes: { last_modified: '2026-11-21T07:00:00Z' } }] });
    expect(JSON.parse(await textOf(format.write(streamed([]), context)))).toMatchObject({
      data: [],
      meta: { data_returned: 0 },
    });
  });

  it('reduces a formula: eight Zn and four O are Zn2O, written O Zn2', async () => {
    const species = [...Array<string>(8).fill('Zn'), ...Array<string>(4).fill('O')];
    const structure = { ...ONE_ATOM, species, cartesianAngstrom: species.flatMap((_, at) => [at, 0, 0]) };
    const { selectiveDynamics: _, ...free } = structure;
    expect(JSON.parse(await written('optimade', [free]))).toMatchObject({
      data: [{ attributes: { chemical_formula_reduced: 'OZn2', chemical_formula_anonymous: 'A2B' } }],
    });
  });
});
