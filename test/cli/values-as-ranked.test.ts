/**
 * Whatever shows a value beside a score shows the one that was scored: files and terminal of a screening, and another
 * profile over its ranking.json. Numbers by hand from the energies of test/pipeline/polar-pair.ts.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../cli/shared/report/report-html.ts';
import { screeningText } from '../../cli/shared/screening-text.ts';
import { paintFor } from '../../cli/shared/terminal.ts';
import { rankingCsv } from '../../exports/csv.ts';
import { parquetFormat } from '../../exports/parquet.ts';
import type { ScreeningResult } from '../../model/screening.ts';
import { screeningResultSchema } from '../../model/screening-schema.ts';
import { readProfileTable } from '../../pipeline/profile-table.ts';
import { parseProfile, rankCandidates } from '../../ranking/index.ts';
import { available, unavailable } from '../descriptors/descriptor-cases.ts';
import { bytesOf } from '../exports/structures.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';
import { expectNear } from '../near.ts';
import { FACE_ENERGIES_EV, POLAR_PAIR } from '../pipeline/polar-pair.ts';
import { descriptor, screened } from '../pipeline/screening.ts';
import { runAdatom } from './run-adatom.ts';

const FACET = 'facet-adsorption-energy';
const profileText = (name: string, statements: string) => `name: ${name}
version: 1
description: ''
reference: ''
ion: Li
${statements}objectives:
  - { descriptor: ${FACET}, unit: eV, desirability: { kind: min, target: -4, upper: 0 } }
`;
const profileOf = (name: string, statements: string) => parseProfile(profileText(name, statements), `${name}.yaml`);
const BEST = profileOf('best', '');
const MEAN = profileOf('mean', `terminationPolicy: mean\nuncertainties: { ${FACET}: 0.2 }\n`);
const NONE = profileOf('none', 'terminationPolicy: { explicit: (1 0 0) }\n');
const underProfile = (profile: typeof BEST) => screened(POLAR_PAIR, { profile });

// (−3.399567 − 1.3029)/2 by hand.
const MEAN_EV = -2.3512335;
const results = { best: underProfile(BEST), mean: underProfile(MEAN), none: underProfile(NONE) };
const json = (result: ScreeningResult) => `${JSON.stringify(result, null, 1)}\n`;

describe('under the mean over terminations, with a stated 1σ', () => {
  const result = results.mean;

  it('ranking.json tells value, 1σ and policy that were scored', () => {
    expect(screeningResultSchema.safeParse(JSON.parse(json(result))).error).toBeUndefined();
    for (const { id } of result.candidates) {
      const told = available(descriptor(result, id, FACET));
      expectNear(told.value, MEAN_EV, 1e-9);
      expect(result.ranked.find((entry) => entry.id === id)?.contributions[FACET]?.value).toBe(told.value);
      expect([told.uncertainty, told.parts.uncertaintyOrigin]).toEqual([0.2, 'profile']);
      expect(told.convention).toContain('terminations: mean');
      const files = told.inputs.map(({ file }) => file);
      expect(files).toEqual(expect.arrayContaining(['basal/li/OUTCAR', 'other/li/OUTCAR']));
    }
    expect(result.issues.map(({ code }) => code)).toContain('I_TERMINATION_POLICY');
  });

  it('so do ranking.csv and Parquet', async () => {
    const [header = '', ...rows] = rankingCsv(result).trimEnd().split('\r\n');
    const at = (name: string) => header.split(',').indexOf(name);
    for (const row of rows) {
      expectNear(Number(row.split(',')[at(`${FACET} (eV)`)]), MEAN_EV, 1e-9);
      expect(row.split(',')[at(`${FACET}_uncertainty (eV)`)]).toBe('0.2');
    }
    const bytes = await bytesOf(parquetFormat.write(result, { adatomVersion: '0.0.0' }));
    const typed = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
    expect(typed).toHaveLength(2);
    for (const row of typed) expectNear(row[`${FACET} (eV)`], MEAN_EV, 1e-9);
  });

  it('so do terminal and report, with a note', () => {
    const lines = screeningText(result, paintFor(process.stdout));
    expect(lines.filter((line) => line.includes('-2.351 ± 0.20'))).toHaveLength(2);
    const note = 'termination policy of the profile: mean';
    expect(lines.join('\n')).toContain(note);
    const page = reportHtml(result, { title: 'ZnO', sources: [], profile: MEAN });
    expect(page).toContain('−2.351');
    expect(page).toContain('terminations: mean');
    expect(page).toContain(note);
  });
});

describe('a ranking.json under another profile', () => {
  it.each([
    ['best', 'mean', MEAN_EV, 0.2],
    ['mean', 'best', FACE_ENERGIES_EV.basal, 0.1],
    ['none', 'best', FACE_ENERGIES_EV.basal, 0.1],
    ['none', 'mean', MEAN_EV, 0.2],
  ] as const)('made under %s gives the ranking of a screening under %s', (made, by, energyEv, sigmaEv) => {
    const profile = { best: BEST, mean: MEAN }[by];
    const table = { file: 'ranking.json', text: json(results[made]), format: 'json' } as const;
    const { candidates, issues } = readProfileTable(table, profile);
    expect(candidates).toHaveLength(2);
    for (const { values } of candidates) {
      expectNear(values[FACET]?.value, energyEv, 1e-9);
      expect(values[FACET]?.uncertainty).toBe(sigmaEv);
    }
    expect(issues.some(({ code }) => code === 'I_TERMINATION_POLICY')).toBe(by === 'mean');
    expect(issues.map(({ code }) => code)).not.toContain('W_TERMINATION_POLICY');
    const { ranked, unranked } = rankCandidates(candidates, profile, { seed: 1 });
    expect({ ranked, unranked }).toEqual({ ranked: results[by].ranked, unranked: results[by].unranked });
  });

  it('in which no candidate has the stated termination is the only one that ranks nobody', () => {
    expect(results.none.ranked).toEqual([]);
    const [candidate] = results.none.candidates;
    expect(unavailable(candidate!.descriptors[FACET]!).reasons[0]?.message).toContain('no (1 0 0) among');
  });

  it('is what adatom rank ranks, and a table without terminations stands as it is, with a warning', async () => {
    const cwd = temporaryFolder({ 'mean.yaml': profileText('mean', 'terminationPolicy: mean\n') });
    writeFileSync(join(cwd, 'ranking.json'), json(results.best));
    writeFileSync(join(cwd, 'ranking.csv'), rankingCsv(results.best));
    const answers = [];
    for (const table of ['ranking.json', 'ranking.csv']) {
      const run = await runAdatom(['rank', table, '--profile', 'mean.yaml', '--json'], { cwd });
      expect([run.exitCode, run.stderr]).toEqual([0, '']);
      const answer = JSON.parse(run.stdout);
      answers.push([
        answer.ranked[0].contributions[FACET].value,
        answer.issues.map(({ code }: { code: string }) => code).filter((code: string) => code.includes('TERMINATION')),
      ]);
    }
    expectNear(answers[0]?.[0], MEAN_EV, 1e-9);
    expectNear(answers[1]?.[0], FACE_ENERGIES_EV.basal, 1e-9);
    expect(answers.map(([, codes]) => codes)).toEqual([['I_TERMINATION_POLICY'], ['W_TERMINATION_POLICY']]);
  });

  it('before and after: what another policy moves is told as a rule, not as a value', async () => {
    const cwd = temporaryFolder({
      'mean.yaml': profileText('mean', 'terminationPolicy: mean\n'),
      'best.yaml': profileText('best', ''),
    });
    writeFileSync(join(cwd, 'ranking.json'), json(results.best));
    const args = [
      'ranking.json',
      '--profile',
      'mean.yaml',
      '--before',
      'ranking.json',
      '--before-profile',
      'best.yaml',
    ];
    const run = await runAdatom(['rank', ...args, '--json'], { cwd });
    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    const { values, changes } = JSON.parse(run.stdout);
    expect(values).toEqual([]);
    // By hand: d = −E/4 of one objective, so the score goes from 3.399567/4 to 2.3512335/4.
    expectNear(changes[0].scoreCauses.rules, (FACE_ENERGIES_EV.basal - MEAN_EV) / 4, 1e-9);
  });
});
