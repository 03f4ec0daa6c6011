/** The code of a stage thread: what takes CPU time or waits for a disk in discovery, assembly, description, ranking. */
import type { Protocol } from '../../model/protocol.ts';
import type { Ranking } from '../../model/ranking.ts';
import type { Candidate } from '../../model/system.ts';
import type { Assembly } from '../../pipeline/assemble-screening.ts';
import { type Description, describeScreening } from '../../pipeline/describe-screening.ts';
import { type RankOptions, rankScreening } from '../../pipeline/rank-screening.ts';
import { type AssemblyAnswer, type AssemblyTask, assemble } from './assembly.ts';
import { unpack } from './compact.ts';
import { type Discovery, type DiscoveryTask, discover } from './discovery.ts';
import { answering, type ThreadAnswer } from './thread-answer.ts';

export interface DescriptionTask {
  /** The packed `Assembly`. */
  readonly state: Uint8Array;
  readonly protocol: Protocol | undefined;
}

export interface RankingTask {
  readonly candidates: readonly Candidate[];
  readonly options: RankOptions;
}

export interface StageTasks {
  readonly discover: DiscoveryTask;
  readonly assemble: AssemblyTask;
  readonly describe: DescriptionTask;
  readonly rank: RankingTask;
}

export interface StageResults {
  readonly discover: Discovery;
  readonly assemble: AssemblyAnswer;
  readonly describe: Description;
  readonly rank: Ranking;
}

export type StageName = keyof StageTasks;

const STAGES: { readonly [S in StageName]: (task: StageTasks[S]) => StageResults[S] } = {
  discover,
  assemble,
  describe: ({ state, protocol }) => describeScreening(unpack<Assembly>(state), protocol),
  rank: ({ candidates, options }) => rankScreening(candidates, options),
};

export async function onTask<S extends StageName>(work: {
  readonly stage: S;
  readonly task: StageTasks[S];
}): Promise<ThreadAnswer<StageResults[S]>> {
  return answering(() => STAGES[work.stage](work.task));
}
