/**
 * The shipped claims on the campaign in examples/zno-lithium, which was built to give the published binding energies: its
 * facets are told by their atoms. Barriers there are 0.12 and 0.35 eV, invented; (202) has none.
 */
import { describe, expect, it } from 'vitest';
import { screeningResultSchema } from '../../model/screening-schema.ts';
import { checkClaims } from '../../pipeline/check-claims.ts';
import { allDescriptorNames } from '../../pipeline/defined-descriptors.ts';
import { screenedClaims } from '../../pipeline/screened-claims.ts';
import { readCandidateTable } from '../../ranking/index.ts';
import { loadClaims } from '../../reading/find-claims.ts';
import { loadReference } from '../../reading/find-reference.ts';
import { expectNear } from '../near.ts';
import { codesOf } from './claims.ts';
import { exampleFiles, readTree } from './example-tree.ts';
import { screened } from './screening.ts';

const document = screened(readTree(exampleFiles()));
const text = JSON.stringify(document);
const { candidates } = readCandidateTable(text, 'ranking.json', 'json', allDescriptorNames());
const checked = checkClaims(
  loadClaims('zno-facets'),
  { candidates, document: JSON.parse(text) },
  loadReference('cohesive-energies'),
);
const { checks } = checked;
const checkOf = (claim: string) => {
  const found = checks.filter((check) => check.claim === claim);
  const [check] = found;
  if (check === undefined || found.length > 1) throw new Error(`${found.length} checks of ${claim}`);
  return check;
};

describe('the published facets of ZnO', () => {
  it.each([
    ['binding-002', 'zno-002', 'zno-002: ZnO {0001}, face −, by its atoms'],
    ['binding-020', 'zno-020', 'zno-020: ZnO {10-10}, by its atoms'],
    ['binding-202', 'zno-202', 'zno-202: ZnO {10-11}, face +, by its atoms'],
  ])('%s is reproduced by %s, which is found by its atoms', (claim, candidate, evidence) => {
    const check = checkOf(claim);
    expect(check.verdict).toBe('reproduced');
    expect(check.candidates).toEqual([candidate]);
    expect(check.evidence).toEqual([evidence]);
    expectNear(check.hypotheses[0]?.difference, 0, 1e-6);
  });

  it('are shifted by the cohesive energy of the campaign itself, −0.2971 + 1.9056 eV, and its reference is known', () => {
    const { cohesiveEnergy, hypotheses } = checkOf('binding-020');
    expectNear(cohesiveEnergy?.value, 1.6085, 1e-9);
    expect(cohesiveEnergy?.sigma).toBe(0);
    expect(hypotheses.map(({ assumed }) => assumed)).not.toContain('the computed value is relative to the bulk');
  });

  it('have an order of barriers that cannot be checked without that of (202), though (002) is below (020)', () => {
    const check = checkOf('barrier-002-lowest');
    expect(check.verdict).toBe('not-checked');
    expect(check.pairs).toHaveLength(1);
    expectNear(check.pairs[0]?.difference, 0.23, 1e-6);
    expect(codesOf(check)).toEqual(expect.arrayContaining(['E_DESCRIPTOR_MISSING', 'W_SOURCE_CONFLICT']));
  });

  it('say nothing of LiZn where there is none', () => {
    expect(codesOf(checkOf('barrier-lizn-220'))).toEqual(['E_CLAIM_NO_CANDIDATE']);
  });

  it('are told by the screening as by its ranking.json, in the form of its schema', () => {
    const claims = screenedClaims(document, loadClaims('zno-facets'), loadReference('cohesive-energies'));
    const told = (each: (typeof checks)[number]) => [each.claim, each.verdict, each.hypotheses, each.evidence];
    expect(claims.checks.map(told)).toEqual(checks.map(told));
    const written: unknown = JSON.parse(JSON.stringify({ ...document, claims }));
    expect(screeningResultSchema.parse(written).claims).toEqual(claims);
  });

  it('are not held against values of another ion', () => {
    const zinc = { ...document, candidates: document.candidates.map((each) => ({ ...each, ion: 'Zn' })) };
    const { checks: others } = checkClaims(
      loadClaims('zno-facets'),
      { candidates, document: zinc },
      loadReference('cohesive-energies'),
    );
    expect(others.every(({ verdict }) => verdict === 'not-checked')).toBe(true);
    expect(others.flatMap(codesOf)).toContain('E_CLAIM_ADSORBATE');
  });
});
