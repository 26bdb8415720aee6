import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. Node's own way of it never returns for a folder that cannot be, below `/proc`
 * for example; this one throws the error of the first that fails.
 */
export function makeFolder(path: string): void {
  if (!existsSync(path) && dirname(path) !== path) {
    makeFolder(dirname(path));
  }
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isFolder(path)) {
      throw error;
    }
  }
}

function isFolder(path: string): boolean {
  return existsSync(`${path}/.`);
}
