import { describe, expect, test } from 'vitest';
import { loadProfile, loadProtocol, profileNames } from '../../reading/find-profile.ts';
import { temporaryFolder } from '../intake/temporary-folder.ts';

describe('a profile or protocol that comes with the program', () => {
  test('has the name of its file', () => {
    expect(profileNames()).toEqual(['general', 'her-suppression', 'li-moderate', 'zn-philic', 'zn-texture', 'zn-weak']);
    for (const name of profileNames()) expect(loadProfile(name).name).toBe(name);
    expect(loadProtocol('zno-li-2025').name).toBe('zno-li-2025');
  });

  test('is not replaced by a file of that name in the working folder', () => {
    const before = process.cwd();
    process.chdir(temporaryFolder({ 'li-moderate': 'name: other' }));
    try {
      expect(loadProfile('li-moderate').name).toBe('li-moderate');
    } finally {
      process.chdir(before);
    }
  });

  test('that is misspelt is a wrong request with the ones there are', () => {
    expect(() => loadProfile('zn-philik')).toThrow(
      'Did you mean "zn-philic"? Available: general, her-suppression, li-moderate, zn-philic, zn-texture, zn-weak',
    );
    expect(() => loadProtocol('zno')).toThrow('unknown protocol "zno". Available: general, zno-li-2025');
  });
});

describe('a file of the user', () => {
  test('is told every fault with its line', () => {
    const folder = temporaryFolder({ 'mine.yml': 'name: mine\nversion: 0\nsettings:\n  ENCUTT: 520\n' });
    expect(() => loadProtocol(`${folder}/mine.yml`)).toThrow(
      /mine\.yml line 2, version: expected a number of more than 0/,
    );
    expect(() => loadProtocol(`${folder}/mine.yml`)).toThrow(
      /mine\.yml line 4, settings\.ENCUTT: unknown key; did you mean "ENCUT"/,
    );
  });
});
