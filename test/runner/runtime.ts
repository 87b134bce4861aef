/**
 * Jest over Node's own modules. Jest's runtime loads every module anew for every test file, into a context where it is
 * compiled and warmed up again, which was half of what our tests cost. Here a worker loads a module once, as Node does in
 * production; only the test file itself is loaded each time. In exchange no module can be mocked, which no test of ours
 * does, and what a module keeps for itself is kept from one file to the next.
 */
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ModuleMocker } from 'jest-mock';

type Globals = Record<string, any>;

const require = createRequire(import.meta.url);
const names = [
  'describe',
  'it',
  'test',
  'expect',
  'beforeAll',
  'beforeEach',
  'afterAll',
  'afterEach',
  'jest',
];
const key = Symbol.for('@jest/globals');
const ofOneFile = ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL', 'RETRY_TIMES'].map((name) => Symbol.for(name));
const outer = globalThis as Record<symbol, unknown>;

/** Of the file that runs now. */
let current: Globals = {};
let files = 0;
const mocker = new ModuleMocker(globalThis);
const jest = {
  fn: mocker.fn.bind(mocker),
  spyOn: mocker.spyOn.bind(mocker),
  restoreAllMocks: () => mocker.restoreAllMocks(),
  setTimeout: (ms: number) => {
    outer[Symbol.for('TEST_TIMEOUT_SYMBOL')] = ms;
  },
};

// Helpers keep what they import from one file to the next, so each name looks up whose turn it is.
outer[key] = Object.fromEntries(
  names.map((name) => [
    name,
    new Proxy(() => {}, {
      apply: (_, self, given) => Reflect.apply(current[name], self, given),
      get: (_, property) => current[name][property],
    }),
  ]),
);
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals'
      ? { url: 'jest:globals', format: 'module', shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) => {
    if (url !== 'jest:globals') return next(url, context);
    const source = `export const { ${names} } = globalThis[Symbol.for('@jest/globals')];`;
    return { format: 'module', shortCircuit: true, source };
  },
});

/** What jest-runner and jest-circus ask of `jest-runtime`. */
export default class NodeRuntime {
  constructor() {
    for (const symbol of ofOneFile) delete outer[symbol];
  }

  /** The framework itself, which keeps the state of one file in its module. */
  requireInternalModule(path: string): unknown {
    delete require.cache[path];
    return require(path);
  }

  requireModule(path: string): unknown {
    return require(path);
  }

  setGlobalsForRuntime(globals: Globals): void {
    current = { ...globals, jest };
  }

  unstable_shouldLoadAsEsm(): boolean {
    return true;
  }

  unstable_importModule(path: string): Promise<unknown> {
    return import(`${pathToFileURL(path)}?file=${++files}`);
  }

  getSourceMaps(): Map<string, string> {
    return new Map();
  }

  getAllCoverageInfoCopy(): void {}
  enterTestCode(): void {}
  leaveTestCode(): void {}

  teardown(): void {
    mocker.restoreAllMocks();
  }
}
