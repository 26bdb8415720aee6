import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StartRefusal } from './start-refusal.ts';

/** Systems hand out ports above these by themselves, so that nobody gets one while it still waits for its server. */
const firstFreePort = 20_000;
const lastFreePort = 29_999;
const attempts = 100;

const chosen = new Set<number>();

/**
 * The port itself when it is free, or some free port for 0: the charger URL is part of what is deployed,
 * so that it must be known before anything listens. Each free port is given once.
 * Refuses with `PORT_IN_USE`, naming the variable that sets the port.
 */
export async function choosePort(port: number, variable: string): Promise<number> {
  if (port === 0) {
    return await chooseFreePort();
  }
  const code = await tryPort(port);
  if (code !== undefined) {
    const reason = code === 'EADDRINUSE' ? 'in use' : `not available (${code})`;
    throw new StartRefusal(
      'PORT_IN_USE',
      `Port ${port} is ${reason}; free it, or choose another with ${variable}.`,
    );
  }
  return port;
}

async function chooseFreePort(): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(firstFreePort, lastFreePort + 1);
    if (!chosen.has(port) && (await tryPort(port)) === undefined) {
      chosen.add(port);
      return port;
    }
  }
  throw new StartRefusal(
    'PORT_IN_USE',
    `No free port was found from ${firstFreePort} to ${lastFreePort}.`,
  );
}

/** Undefined when a server can listen there, else the code of what prevents it. */
export async function tryPort(port: number): Promise<string | undefined> {
  const server = createServer();
  const failure = await new Promise<string | undefined>((tried) => {
    server.once('error', (error: NodeJS.ErrnoException) => tried(error.code ?? error.message));
    server.listen(port, '127.0.0.1', () => tried(undefined));
  });
  await new Promise((closed) => server.close(closed));
  return failure;
}
