import { describe, expect, it } from 'vitest';
import { handler as connect } from '../../../lambdas/connect/handler.ts';
import { handler as disconnect } from '../../../lambdas/disconnect/handler.ts';
import { printed } from '../printed.ts';

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 10_000 };

/** The lines that a handler writes for one event. */
async function linesOf(handler: typeof connect, event: unknown) {
  const before = printed.length;
  await handler(event as Parameters<typeof connect>[0], context as never);
  const text = printed.slice(before).join('');
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const ended = (disconnectStatusCode: number, disconnectReason: string) => ({
  requestContext: { connectionId: 'c1', disconnectStatusCode, disconnectReason },
});

describe('what is written about a connection', () => {
  it('the log of a handshake names the address at which CloudFront saw the charger', async () => {
    const lines = await linesOf(connect, {
      queryStringParameters: { chargerId: 'CP-1', viewerAddress: '2001:db8::7' },
      requestContext: { connectionId: 'c1', connectedAt: 0 },
    });

    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'Connection refused', viewerAddress: '2001:db8::7' }),
    );
  });

  it('the log of a closed connection names its code and reason', async () => {
    const lines = await linesOf(disconnect, ended(1001, 'Going away'));

    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'Disconnected', code: 1001, reason: 'Going away' }),
    );
  });

  it('connections that API Gateway closed for a frame over 32 KB are counted, and no others', async () => {
    const countOf = async (code: number) =>
      (await linesOf(disconnect, ended(code, ''))).filter((line) => 'FramesTooLarge' in line)
        .length;

    expect(await countOf(1009)).toBe(1);
    expect(await countOf(1001)).toBe(0);
    expect(await countOf(1006)).toBe(0);
  });
});
