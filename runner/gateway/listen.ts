import type { Server } from 'node:http';
import { StartRefusal } from '../start-refusal.ts';

/** A port, or one that is usual and may be another. */
export type WantedPort = number | { readonly usual: number };

/** Lets a server listen on 127.0.0.1 and gives its port; 0 asks for one that is free. Refuses with `PORT_IN_USE`. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusal(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/**
 * Lets a server listen at a port and gives it; `{ usual }` is that port, or any free one where another program has it: of several stacks
 * that start at once one has it, and nothing is looked up before.
 */
export async function listenAt(server: Server, port: WantedPort): Promise<number> {
  if (typeof port === 'number') return await listen(server, port);
  try {
    return await listen(server, port.usual);
  } catch (error) {
    if (!(error instanceof StartRefusal) || error.code !== 'PORT_IN_USE') throw error;
    return await listen(server, 0);
  }
}

function refusal(error: NodeJS.ErrnoException, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartRefusal('PORT_IN_USE', `Port ${port} is in use by another program.`);
    case 'EACCES':
      return new StartRefusal('PORT_FORBIDDEN', `Port ${port} may not be used by this user.`);
    default:
      return error;
  }
}
