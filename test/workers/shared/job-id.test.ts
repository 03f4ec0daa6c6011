import { describe, expect, it } from 'vitest';
import { jobId } from '../../../workers/shared/job-id.ts';

const screening = '6f1c5a0e-6f0b-4a3e-9b5a-1a2b3c4d5e6f';

describe('the id of a job', () => {
  it('is the same for the same work and another for other work', () => {
    const parse = (folder: string, generation = 1) =>
      jobId({ name: 'parse-calculation', payload: { screening, generation, folder } });
    expect(parse('a/b')).toBe(parse('a/b'));
    expect(new Set([parse('a/b'), parse('a/c'), parse('a/b', 2)]).size).toBe(3);
  });

  it('does not depend on the priority', () => {
    const payload = { screening, generation: 1 };
    expect(jobId({ name: 'discover-folders', payload, priority: 9 })).toBe(
      jobId({ name: 'discover-folders', payload }),
    );
  });

  it('holds no character that the queue takes for a separator, whatever a folder is called', () => {
    const id = jobId({ name: 'parse-calculation', payload: { screening, generation: 1, folder: 'x:y/\u0000 ü' } });
    expect(id).toMatch(/^[0-9a-f.-]+$/);
  });
});
