import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a running stack is found, and the key to it. */
export type Ready = {
  readonly http: string;
  /** `ws://…`, without a path. */
  readonly chargers: string;
  /** The same with TLS, `wss://…`, and the file with the certificate that nobody has issued; absent where there is none. */
  readonly chargersTls?: string;
  readonly certificateFile?: string;
  /** The live feed, `ws://…/feed`. */
  readonly feed: string;
  /** Our list of versions, for roaming partners. */
  readonly ocpi: string;
  /** The dashboards of the template, in a browser. */
  readonly dashboard: string;
  /** An administrator key of the demo operator. */
  readonly apiKey: string;
  /** The DynamoDB engine itself. */
  readonly dynamodb: string;
  /** Endpoint of the Invoke call, and the name of the function that makes operators, for the CLI. */
  readonly lambda: string;
  readonly operatorsFunction: string;
  /** Endpoint of the queues, for the commands about failures. */
  readonly sqs: string;
};

const pathIn = (dataDirectory: string): string => join(dataDirectory, 'ready.json');

/** Writes `ready.json`, whole or not at all: others wait for it to appear. For the owner's eyes, as it holds a key. */
export function writeReadyFile(dataDirectory: string, ready: Ready): void {
  const path = pathIn(dataDirectory);
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(ready, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, path);
}

/** Removes it: nothing is ready any more, or not yet. */
export function removeReadyFile(dataDirectory: string): void {
  rmSync(pathIn(dataDirectory), { force: true });
}
