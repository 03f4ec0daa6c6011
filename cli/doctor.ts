/**
 * `adatom doctor`: what of a service is installed, reachable and writable, and what to do about the rest.
 */
import type { Command } from 'commander';
import { AdatomError } from '../model/errors.ts';
import { type CommonOptions, newCommand } from './shared/command.ts';
import { standardOutput, writeJson } from './shared/output.ts';
import { type Finding, inspectService } from './shared/service/inspect-service.ts';
import { serviceSettings } from './shared/service-settings.ts';
import { tableLines } from './shared/table.ts';
import { type Paint, paintFor, visible } from './shared/terminal.ts';

interface DoctorOptions extends CommonOptions {
  readonly data?: string;
}

export function doctorCommand(): Command {
  return newCommand('doctor', 'what is installed, reachable and writable, and what to do about the rest')
    .option('--data <folder>', 'data folder of the service (default: $ADATOM_DATA, else .adatom)')
    .addHelpText('after', '\nExit code 0 when a service can run here, 3 when something stands in its way.')
    .action(examine);
}

async function examine(options: DoctorOptions): Promise<void> {
  const settings = serviceSettings({
    ...process.env,
    ...(options.data !== undefined && { ADATOM_DATA: options.data }),
  });
  const findings = await inspectService(settings);
  const faults = findings.filter(({ state }) => state === 'fault');
  const output = standardOutput();
  if (options.json === true) await writeJson(output, { healthy: faults.length === 0, findings });
  else if (options.quiet !== true) {
    await output.write(`${findingLines(findings, paintFor(process.stdout)).join('\n')}\n`);
  }
  if (faults.length > 0) {
    const names = faults.map(({ subject }) => subject).join(', ');
    throw new AdatomError('unanswerable', `not in order: ${names}`);
  }
}

function findingLines(findings: readonly Finding[], paint: Paint): string[] {
  const rows = findings.map(({ subject, state, found }) => [stateText(state, paint), subject, visible(found)]);
  const [, ...lines] = tableLines([{ title: '' }, { title: '' }, { title: '' }], rows);
  return lines.flatMap((line, at) => {
    const advice = findings[at]?.advice;
    return advice === undefined ? [line] : [line, `${' '.repeat(ADVICE_INDENT)}→ ${visible(advice)}`];
  });
}

const ADVICE_INDENT = 8;

function stateText(state: Finding['state'], paint: Paint): string {
  if (state === 'ok') return paint('green', 'ok');
  return state === 'fault' ? paint('red', 'fault') : paint('yellow', 'advice');
}
