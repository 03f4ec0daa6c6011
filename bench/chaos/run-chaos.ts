/**
 * One run of the chaos: servers and processes up, campaigns handed in while everything is killed, then the count.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { foldersPerCopy, makeCampaigns } from '../shared/campaigns.ts';
import { openFolder } from '../shared/open-folder.ts';
import { type ServicePlan, startService } from '../shared/service.ts';
import { type Acknowledged, submitUntilAcknowledged } from './acknowledge.ts';
import { disturb } from './disturbances.ts';
import { findLosses } from './losses.ts';

export interface ChaosPlan {
  /** About so many; whole copies of the example campaign are made. */
  readonly folders: number;
  readonly workerKills: number;
  /** Of Redis, of PostgreSQL and of the API, each. */
  readonly restarts: number;
  readonly note: (text: string) => void;
}

export interface ChaosFigures {
  readonly screenings: number;
  readonly folders: number;
  readonly disturbances: Readonly<Record<string, number>>;
  /** Requests to submit that were not answered and were repeated. */
  readonly repeatedSubmissions: number;
  readonly secondsUnderDisturbance: number;
  readonly secondsUntilDone: number;
  /** What was lost, doubled or different; nothing, when all is well. */
  readonly problems: readonly string[];
}

const KILL_PAUSE_MILLISECONDS = 1000;
/** After the last disturbance; a loss must end the run, not hang it. */
const PATIENCE_SECONDS = 300;

export async function runChaos(plan: ChaosPlan): Promise<ChaosFigures> {
  const folder = openFolder('adatom-chaos-');
  const service = await startService(servicePlan(folder));
  try {
    const campaigns = campaignsOf(plan, folder);
    plan.note(`${campaigns.all.length} campaigns of ${campaigns.foldersEach} folders`);
    const started = performance.now();
    const disturbed = disturb(disturbancesOf(plan, service)).then((done) => {
      plan.note(`disturbances over after ${secondsSince(started)} s`);
      return { done, seconds: secondsSince(started) };
    });
    // Handed in over the whole time of the disturbances, so that every kind of them meets work.
    const pause = (plan.workerKills * KILL_PAUSE_MILLISECONDS) / campaigns.all.length;
    const acknowledged: Promise<Acknowledged>[] = [];
    for (const campaign of campaigns.all) {
      acknowledged.push(submitUntilAcknowledged(campaign, service));
      await wait(pause);
    }
    const screenings = await Promise.all(acknowledged);
    const { done, seconds } = await disturbed;
    const problems = await findLosses({ screenings, service, ...campaigns, patienceSeconds: PATIENCE_SECONDS, folder });
    return {
      screenings: screenings.length,
      folders: screenings.length * campaigns.foldersEach,
      disturbances: done,
      repeatedSubmissions: screenings.reduce((sum, { attempts }) => sum + attempts - 1, 0),
      secondsUnderDisturbance: seconds,
      secondsUntilDone: secondsSince(started),
      problems,
    };
  } finally {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function servicePlan(folder: string): ServicePlan {
  return { folder, roots: folder, workers: 2, queue: 'redis' };
}

/** A quarter is uploaded, the rest submitted by path. */
function campaignsOf({ folders }: ChaosPlan, folder: string) {
  const perCopy = foldersPerCopy();
  const copies = folders >= 1000 ? 4 : 1;
  const count = Math.max(2, Math.round(folders / (copies * perCopy)));
  const paths = makeCampaigns(join(folder, 'campaigns'), count, copies);
  const all = paths.map((path, index) => ({ path, upload: index % 4 === 1 }));
  return { all, foldersEach: copies * perCopy };
}

function disturbancesOf({ workerKills, restarts }: ChaosPlan, service: Awaited<ReturnType<typeof startService>>) {
  const whole = workerKills * KILL_PAUSE_MILLISECONDS;
  const spread = restarts === 0 ? whole : whole / restarts;
  return [
    {
      name: 'worker killed',
      times: workerKills,
      pauseMilliseconds: KILL_PAUSE_MILLISECONDS,
      act: (index: number) => service.killWorker(index % 2),
    },
    { name: 'API killed', times: restarts, pauseMilliseconds: 0.8 * spread, act: () => service.killApi() },
    { name: 'Redis restarted', times: restarts, pauseMilliseconds: 0.9 * spread, act: () => service.restartQueue() },
    { name: 'PostgreSQL restarted', times: restarts, pauseMilliseconds: spread, act: () => service.restartDatabase() },
  ];
}

function secondsSince(started: number): number {
  return Math.round(performance.now() - started) / 1000;
}
