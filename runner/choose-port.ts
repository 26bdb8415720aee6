import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartRefusal } from './start-refusal.ts';

/** The first and the last port of those to choose from. */
type PortRange = readonly [first: number, last: number];

/** Systems hand out ports above these by themselves, so that nobody gets one while it still waits for its server. */
const freePorts: PortRange = [20_000, 29_999];
const attempts = 100;

/**
 * The port itself when it is free, or some free port for 0: the charger URL is part of what is deployed,
 * so that it must be known before anything listens. Each free port is given once, to one process of the machine, until that ends.
 * Refuses with `PORT_IN_USE`, naming the variable that sets the port.
 */
export async function choosePort(
  port: number,
  variable: string,
  range: PortRange = freePorts,
): Promise<number> {
  if (port === 0) {
    return await chooseFreePort(range);
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

async function chooseFreePort([first, last]: PortRange): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(first, last + 1);
    if ((await reserve(port)) && (await tryPort(port)) === undefined) return port;
  }
  throw new StartRefusal('PORT_IN_USE', `No free port was found from ${first} to ${last}.`);
}

/** Keeps a port for this process until it ends: no server listens there yet, but only one process can have its number for UDP. */
async function reserve(port: number): Promise<boolean> {
  const socket = createSocket('udp4').unref();
  try {
    socket.bind({ port, address: '127.0.0.1', exclusive: true });
    await once(socket, 'listening');
    return true;
  } catch {
    socket.close();
    return false;
  }
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
