// Jest runs modules in its own loader, so Node's type stripping must be asked for by name.
import { stripTypeScriptTypes } from 'node:module';

export default {
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
};
