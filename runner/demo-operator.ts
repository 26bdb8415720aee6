import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unusableFile } from './data-directory-refusal.ts';
import type { Invoke } from './runner-interfaces.ts';
import { StartRefusal } from './start-refusal.ts';
import { asJsonObject } from './template/json-object.ts';

/** The parts needed to create the demo operator and to find an existing one. */
export type DemoOperatorOptions = {
  readonly dataDirectory: string;
  /** Base URL of the HTTP API. */
  readonly http: string;
  readonly invoke: Invoke;
  readonly operatorsFunctionArn: string;
};

/** An operator of the demo: its name, and the file of the data directory that has its key. */
export type DemoOperator = { readonly name: string; readonly file: string };

/** The operator whose chargers are shown. */
export const demoOperator: DemoOperator = { name: 'Demo', file: 'demo-operator.json' };

/**
 * An administrator key of an operator of the demo: the one kept in the data directory, as long as the stack knows it
 * (another engine has other data), else that of a new operator.
 */
export async function openDemoOperator(
  options: DemoOperatorOptions,
  { name, file }: DemoOperator,
): Promise<string> {
  const path = join(options.dataDirectory, file);
  const kept = existsSync(path) ? keptKey(path) : undefined;
  if (kept !== undefined && (await isKnown(options.http, kept))) {
    return kept;
  }
  const created = await createOperator(options, name);
  writeFileSync(`${path}.new`, `${JSON.stringify(created)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return created.apiKey;
}

function keptKey(path: string): string {
  try {
    const { apiKey } = asJsonObject(JSON.parse(readFileSync(path, 'utf8')));
    if (typeof apiKey === 'string') {
      return apiKey;
    }
  } catch {
    // Said below, as for a file that lacks the key.
  }
  throw unusableFile(path, 'no API key');
}

async function isKnown(http: string, apiKey: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const answer = await fetch(`${http}/chargers?limit=1`, { headers });
  return answer.status !== 401;
}

async function createOperator(
  { invoke, operatorsFunctionArn }: DemoOperatorOptions,
  name: string,
): Promise<{
  operatorId: unknown;
  apiKey: string;
}> {
  const invocation = await invoke(operatorsFunctionArn, { name });
  const payload = asJsonObject(invocation.kind === 'returned' ? invocation.payload : {});
  const { operatorId, apiKey } = payload;
  if (typeof apiKey !== 'string') {
    throw new StartRefusal(
      'DEMO_OPERATOR_FAILED',
      `The demo operator could not be created: ${JSON.stringify(invocation)}`,
    );
  }
  return { operatorId, apiKey };
}
