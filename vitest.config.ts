import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that start the program itself need it built; the others must not wait for that. */
const STARTS_THE_PROGRAM = ['test/cli/**/*.test.ts', 'test/corpus/neb.test.ts'];
/** Tests on a real PostgreSQL and a real Redis, which their setup starts and stops. */
const NEEDS_SERVICES = ['test/{store,workers,api,integration}/**/*.test.ts'];

export default defineConfig({
  test: {
    // Many start the program several times: a busy machine takes a minute for what takes a quiet one five seconds.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    setupFiles: ['test/property-seed.ts'],
    projects: [
      { extends: true, test: { name: 'program', include: STARTS_THE_PROGRAM, globalSetup: ['test/build.ts'] } },
      {
        extends: true,
        test: {
          name: 'service',
          include: NEEDS_SERVICES,
          globalSetup: ['test/build.ts', 'test/services/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'modules',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...STARTS_THE_PROGRAM, ...NEEDS_SERVICES],
        },
      },
    ],
  },
});
