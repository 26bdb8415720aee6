import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { choosePort } from '../../../runner/choose-port.ts';

test('port 0 is any free port', async () => {
  expect(await choosePort(0, 'JOULEGATE_HTTP_PORT')).toBeGreaterThan(0);
});

test('a port in use is refused with the variable that changes it', async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(choosePort(port, 'JOULEGATE_HTTP_PORT')).rejects.toThrow(
    `Port ${port} is in use; free it, or choose another with JOULEGATE_HTTP_PORT.`,
  );
  await new Promise((closed) => server.close(closed));
});
