import { flushCompileCache } from 'node:module';
import { afterAll } from 'vitest';

// A worker is ended by a signal, and with it goes what it compiled and did not write: the next one would compile it again.
afterAll(() => {
  flushCompileCache();
});
