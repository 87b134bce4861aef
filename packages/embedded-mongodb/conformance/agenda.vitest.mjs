/** Instead of the suite's own configuration, whose set-up starts a MongoDB of its own. */
export default {
  test: {
    globals: true,
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
};
