import base from './.jest.config.js';

/** @type {import('jest').Config} */
export default { ...base, roots: ['<rootDir>/test/e2e'], testPathIgnorePatterns: [], testTimeout: 180_000, maxWorkers: 1 };
