export default {
  testEnvironment: '<rootDir>/test/runner/environment.ts',
  runtime: '<rootDir>/test/runner/runtime.ts',
  testSequencer: '<rootDir>/test/runner/sequencer.ts',
  transform: {},
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  maxWorkers: 2,
  // What a file has loaded is not given back before its worker ends.
  workerIdleMemoryLimit: '1200MB',
  // A busy machine is no fault of the product: a test waits for a condition, and this is how long at most.
  testTimeout: 120_000,
};
