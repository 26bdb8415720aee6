import { createServer } from 'node:net';
import { StartRefusal } from './start-refusal.ts';

/**
 * The port itself when it is free, or some free port for 0: the charger URL is part of what is deployed,
 * so that it must be known before anything listens.
 * Refuses with `PORT_IN_USE`, naming the variable that sets the port.
 */
export async function choosePort(port: number, variable: string): Promise<number> {
  const server = createServer();
  try {
    return await new Promise<number>((chosen, refused) => {
      server.once('error', refused);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        chosen(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  } catch (error) {
    throw refusal(port, variable, error);
  } finally {
    await new Promise((closed) => server.close(closed));
  }
}

function refusal(port: number, variable: string, error: unknown): StartRefusal {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = code === 'EADDRINUSE' ? 'in use' : `not available (${code})`;
  return new StartRefusal(
    'PORT_IN_USE',
    `Port ${port} is ${reason}; free it, or choose another with ${variable}.`,
  );
}
