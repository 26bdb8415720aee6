import { globSync, readFileSync } from 'node:fs';

/** Signs of a file that puts something in the place of a module or of what it exports, or loads modules again. */
const replace =
  /\bvi\.(?:doMock|mock|resetModules)\(|import \* as (\w+) from '\.[\s\S]*\bvi\.spyOn\(\1\b/;

/**
 * The test files below a folder that replace modules, which Vite's runner does and Node's own imports do not: `vi.resetModules` would
 * do nothing there, and say nothing. Throws where a file outside of the folder does so.
 */
export const replacingModules = (folder: string): readonly string[] => {
  const files = globSync('test/**/*.ts').filter((file) => replace.test(readFileSync(file, 'utf8')));
  const strange = files.find(
    (file) => !file.startsWith(`${folder}/`) || !file.endsWith('.test.ts'),
  );
  if (strange !== undefined) {
    throw new Error(`${strange} replaces modules, which only test files in ${folder} may`);
  }
  return files;
};
