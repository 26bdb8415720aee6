import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type EngineName, hasJava } from '../../runner/dynamodb/engine-command.ts';
import { startEngine } from '../../runner/dynamodb/start-engine.ts';
import { type TableSchemas, tableSchemas } from './table-schemas.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where each engine answers; `dynamodb-local` for contracts only, and where there is the Java that it needs. */
    readonly engines: Readonly<Partial<Record<EngineName, string>>>;
    readonly tables: TableSchemas;
  }
}

/** Starts the engines once for all files that need them: each file has tables of its own there. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('tables', tableSchemas());
  const names: readonly EngineName[] =
    project.name === 'contracts' && hasJava() ? ['dynoxide', 'dynamodb-local'] : ['dynoxide'];
  const folder = mkdtempSync(join(tmpdir(), 'joulegate-test-'));
  const engines = await Promise.all(names.map((name) => startEngine(name, folder)));
  project.provide('engines', Object.fromEntries(engines.map(({ kind, url }) => [kind, url])));
  return async () => {
    await Promise.all(engines.map((engine) => engine.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
}
