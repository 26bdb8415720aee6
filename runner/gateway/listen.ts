import type { Server } from 'node:http';
import { StartRefusal } from '../start-refusal.ts';

/** Lets a server listen on 127.0.0.1 and gives its port; 0 asks for one that is free. Refuses with `PORT_IN_USE`. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusal(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
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
