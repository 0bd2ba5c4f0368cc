/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  rootDir: '.',
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: ['/test/e2e/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2023', experimental: { keepImportAttributes: true } },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    }],
  },
  clearMocks: true,
  // The same conversations on the other store: one server for the run.
  ...(process.env.STORE === 'postgres' ? { globalSetup: '<rootDir>/test/support/postgresSetup.ts', globalTeardown: '<rootDir>/test/support/postgresTeardown.ts' } : {}),
  // A bot learns its questions at its start; three workers on two cores take a while for it.
  testTimeout: 30_000,
  // The suites wait for processes and disks more than they compute.
  maxWorkers: 3,
};
