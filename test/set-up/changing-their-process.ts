import { globSync, readFileSync } from 'node:fs';

/** Signs of a file that must not meet files before or after it in the same process. */
const change =
  /process\.env(?:\[[^\]]+\] =|,)|delete process\.env|handler\.ts['`]|vi\.mock|vi\.resetModules|\/(?:run-steps|printed)\.ts'/;

/**
 * The test files below a folder that load functions with an environment of their own, put something in the place of a
 * module, or keep what is printed. All others may share a process, and so load the code under test once.
 */
export const changingTheirProcess = (folder: string): readonly string[] =>
  globSync(`${folder}/**/*.test.ts`).filter((file) => change.test(readFileSync(file, 'utf8')));
