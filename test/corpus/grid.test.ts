/**
 * The LOCPOTs of the corpus. Reference values: pymatgen 2022.11 (`Locpot.get_average_along_axis`, numpy mean, min, max) and
 * ASE 3.22 (`VaspChargeDensity`, its values times the volume), which agree within 1.5e-14 eV.
 */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../model/byte-source.ts';
import { heightsAngstrom } from '../../model/planar-profile.ts';
import { parserForName } from '../../parsers/index.ts';
import { expectNear } from '../near.ts';
import { CORPUS_MISSING, corpusBytes, corpusFiles, corpusIsThere } from './corpus.ts';

interface Reference {
  readonly species: readonly string[];
  readonly average: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Along a, b, c: planes 0, 1, 5, 16 and 31. */
  readonly planes: readonly (readonly number[])[];
  /** Distance of a plane to its next image, Å: 1/|b_i|. */
  readonly periods: readonly number[];
}

const REFERENCES: Readonly<Record<string, Reference>> = {
  'macrodensity/LOCPOT.test': {
    species: ['Zn', 'S'],
    average: -4.050093593832571e-13,
    minimum: -102.17399625,
    maximum: 6.5646846361,
    planes: [
      [0.14555564844868354, 0.7377170397874697, 1.9807759022888867, 4.4305204503395785, -0.8729069584349067],
      [0.14555564844879096, 0.7377170397875684, 1.9807759022888964, 4.4305204503395785, -0.8729069584348961],
      [0.14555564845033997, 0.737717039787493, 1.9807759022875, 4.430520450344957, -0.8729069584391083],
    ],
    periods: [3.1467152359027444, 3.1467146669226285, 3.1467150000000004],
  },
  'pymatgen/LOCPOT.gz': {
    species: ['Li'],
    average: -6.782883423267743,
    minimum: -46.16312251,
    maximum: -3.5090495661,
    planes: [
      [-10.299907458454882, -10.208774768575879, -8.27662194407754, -4.326968328406446, -10.208774768575879],
      [-10.294036826006641, -10.203077344608106, -8.275090328126659, -4.330181654112109, -10.203077344608108],
      [-10.29403706374209, -10.203077580484083, -8.275090388035451, -4.3301815276120115, -10.20307758048408],
    ],
    periods: [2.4253959385948, 2.4236554118936544, 2.423655470892304],
  },
};
const PLANES = [0, 1, 5, 16, 31];

const paths = corpusIsThere ? corpusFiles(/LOCPOT|CHG|AECCAR/) : [];

describe('the grid files of the corpus', () => {
  it('are all known here', (context) => {
    if (!corpusIsThere) context.skip(CORPUS_MISSING);
    expect(paths).toEqual(Object.keys(REFERENCES).sort());
  });

  for (const path of paths) {
    it(`${path} has the averages that pymatgen and ASE find`, () => {
      const reference = REFERENCES[path]!;
      const record = parserForName(path)!.parse(memorySource(corpusBytes(path)));
      expect([record.completeness, record.issues]).toEqual(['complete', []]);
      expect(record.structure!.species).toEqual(reference.species);
      const { grid } = record;
      expect([grid!.quantity, grid!.points, grid!.components.length]).toEqual(['potential', [32, 32, 32], 1]);
      const [total] = grid!.components;
      expectNear(total!.average, reference.average, 1e-12);
      expect([total!.minimum, total!.maximum]).toEqual([reference.minimum, reference.maximum]);
      for (const [axis, planes] of reference.planes.entries()) {
        for (const [at, plane] of PLANES.entries()) {
          expectNear(total!.planarAverages[axis]![plane], planes[at]!, 1e-12);
        }
        const heights = heightsAngstrom(record.structure!.latticeAngstrom, axis, 32);
        expectNear(heights[16], reference.periods[axis]! / 2, 1e-12);
      }
    });

    it(`${path} is the same in chunks of 1, 7 and 4096 bytes`, () => {
      const parser = parserForName(path)!;
      const bytes = corpusBytes(path);
      const whole = parser.parse(memorySource(bytes));
      for (const chunk of [1, 7, 4096]) expect(parser.parse(memorySource(bytes, chunk))).toEqual(whole);
    });
  }
});
