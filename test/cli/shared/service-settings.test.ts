/** Settings of the service from an environment: nothing is guessed, and no value is printed. */
import { expect, test } from 'vitest';
import { serviceSettings } from '../../../cli/shared/service-settings.ts';
import { AdatomError } from '../../../model/errors.ts';

function refusal(environment: NodeJS.ProcessEnv): string {
  try {
    serviceSettings(environment);
  } catch (error) {
    if (error instanceof AdatomError && error.class === 'request') return error.message;
    throw error;
  }
  throw new Error('the settings were taken');
}

test('without a variable the service is this machine’s own', () => {
  const settings = serviceSettings({ PATH: '/bin', HOME: '/home/me' });
  expect(settings).toMatchObject({
    ADATOM_DATA: '.adatom',
    ADATOM_HOST: '127.0.0.1',
    ADATOM_PORT: 8420,
    ADATOM_ROOTS: [],
    ADATOM_MAX_UPLOAD_BYTES: 21_474_836_480,
    ADATOM_MAX_FILE_BYTES: 4_294_967_296,
    ADATOM_LOG_LEVEL: 'info',
  });
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'ADATOM_AUTH', 'ADATOM_CONCURRENCY', 'PATH'])
    expect(settings).not.toHaveProperty(name);
});

test('an empty variable is none, as compose files write it', () => {
  const environment = { DATABASE_URL: '', ADATOM_PORT: '', ADATOM_ROOTS: '', ADATOM_NOTHING: '' };
  expect(serviceSettings(environment)).toEqual(serviceSettings({}));
});

test('lists are separated as in PATH, numbers are read', () => {
  expect(serviceSettings({ ADATOM_ROOTS: ':/a:/b c:', ADATOM_PORT: '0', ADATOM_CONCURRENCY: '3' })).toMatchObject({
    ADATOM_ROOTS: ['/a', '/b c'],
    ADATOM_PORT: 0,
    ADATOM_CONCURRENCY: 3,
  });
});

test('variables of the commands that talk to a service are known and not settings', () => {
  expect(serviceSettings({ ADATOM_SERVER: 'http://x', ADATOM_KEY: 'adk_x' })).toEqual(serviceSettings({}));
});

test('an unknown variable is refused with the nearest known name', () => {
  expect(refusal({ ADATOM_MAX_UPLOAD_BYTE: '7' })).toMatch(
    /^environment: ADATOM_MAX_UPLOAD_BYTE: unknown key; did you mean "ADATOM_MAX_UPLOAD_BYTES"\?$/,
  );
});

test('a wrong value is told by name and by what was expected, never by itself', () => {
  for (const [name, value] of [
    ['DATABASE_URL', 'mysql://u:hunter2@db/x'],
    ['REDIS_URL', 'hunter2'],
    ['ADATOM_PORT', '70000'],
    ['ADATOM_PORT', 'hunter2'],
    ['ADATOM_AUTH', 'hunter2'],
    ['ADATOM_MAX_ENTRIES', '0'],
    ['ADATOM_MAX_ENTRIES', '1.5'],
    ['ADATOM_LOG_LEVEL', 'hunter2'],
  ] as const) {
    const message = refusal({ [name]: value });
    expect(message.startsWith(`environment: ${name}: `)).toBe(true);
    expect(message).not.toContain('hunter2');
    expect(message).not.toContain('70000');
  }
});

test('all faults are told at once', () => {
  expect(refusal({ ADATOM_PORT: 'x', ADATOM_AUTH: 'y' })).toMatch(/ADATOM_PORT: .*; ADATOM_AUTH: /);
});
