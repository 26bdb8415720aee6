import { describe, expect, it } from 'vitest';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import { messageOfNew, writeCommand } from '../../../lambdas/connection/write-command.ts';

const secret = 'k9W8'.repeat(8);
const now = '2026-04-14T16:30:00.000Z';
const place = { sequence: '0000000Aa', chargerKey: 'K', operatorId: 'op-1', chargerId: 'CP-1' };
const connection = { connectionId: 'c-1', connectedAt: now, lastSeenAt: now } as const;

const messageFor = async (request: CommandRequest) => {
  const written = await writeCommand('ocpp1.6', { ...place, request, now, seconds: 60 });
  if (written.kind !== 'written') throw new Error(written.code);
  const message = messageOfNew(written.command, { ...connection, protocol: 'ocpp1.6' });
  return { message, frame: written.command.frame };
};

describe('the message that has a new command sent', () => {
  it.each<CommandRequest>([
    { type: 'set-configuration', key: 'AuthorizationKey', value: secret },
    { type: 'set-configuration', key: 'WifiPassword', value: secret },
    { type: 'set-configuration', key: 'CentralSystemURL', value: `wss://c.example/cp/${secret}` },
    { type: 'get-logs', kind: 'diagnostics', url: `ftp://user:${secret}@files.example/` },
    { type: 'data-transfer', vendorId: 'V', data: JSON.stringify({ apnPassword: secret }) },
  ])('the queue gets no secret of a command: %j', async (request) => {
    const { message, frame } = await messageFor(request);
    expect(frame).toContain(secret);
    expect(JSON.stringify(message)).not.toContain(secret);
    // Whoever gets it reads the command.
    expect(message).toMatchObject({ frame: '', connectionId: 'c-1' });
  });

  it('the queue gets the message to the charger where that has no secret, so that nothing has to be read', async () => {
    const { message, frame } = await messageFor({ type: 'clear-cache' });
    expect(message).toMatchObject({ frame, connectionId: 'c-1' });
  });
});
