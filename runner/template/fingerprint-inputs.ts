import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Everything of the repository that the synthesized app is made of. */
const inputs = [
  'bin',
  'lib',
  'lambdas',
  'core',
  'settings',
  'cdk.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Twenty hexadecimal digits over the names and contents of all inputs of synthesis: equal inputs, equal app. */
export function fingerprintInputs(repository: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const input of inputs) {
    addTo(hash, repository, input);
  }
  return hash.digest('hex').slice(0, 20);
}

function addTo(hash: ReturnType<typeof createHash>, repository: string, path: string): void {
  const absolute = join(repository, path);
  if (!existsSync(absolute)) {
    return;
  }
  if (statSync(absolute).isDirectory()) {
    for (const name of readdirSync(absolute).sort()) {
      addTo(hash, repository, `${path}/${name}`);
    }
    return;
  }
  hash.update(`${path}\n`).update(readFileSync(absolute)).update('\n');
}
