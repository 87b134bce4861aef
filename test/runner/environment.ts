/** The process itself as the environment of a test file. What the file changes in its variables is put back. */
export default class ProcessEnvironment {
  readonly global = globalThis;
  readonly #variables = { ...process.env };

  getVmContext(): null {
    return null;
  }

  async setup(): Promise<void> {}

  async teardown(): Promise<void> {
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
  }
}
