import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { awaitCdrs, type ReplayedSession } from '../../fleet/replay/await-cdrs.ts';
import { isFullyBilled } from '../../fleet/replay/is-fully-billed.ts';

const eight = Date.UTC(2026, 2, 5, 8);
const nine = Date.UTC(2026, 2, 5, 9);
const first = { chargerId: 'ours', evseId: 1, startedAt: eight };
const second = { chargerId: 'ours', evseId: 1, startedAt: nine };
/** Sessions that are not of the replay: of an earlier one, at another connector, of another charger. */
const others = [
  { ...first, startedAt: eight - 86_400_000 },
  { ...first, evseId: 2 },
  { ...first, chargerId: 'other' },
];

const listed = ({ startedAt, ...place }: ReplayedSession) => ({
  ...place,
  startedAt: new Date(startedAt).toISOString(),
});

const cdr = (
  session: ReplayedSession,
  state: string,
  energyKwh: number,
  creditOf: string | null = null,
) => ({ ...listed(session), state, energyKwh, creditOf });

/** Outcome of a replay of two sessions on a stack that has others too, and whose API lists these CDRs. */
const outcomeOf = async (cdrs: readonly object[]) => {
  const sessions = [first, second, ...others].map(listed);
  const server = createServer(({ url = '' }, response) => {
    const items = url.startsWith('/cdrs') ? cdrs : sessions;
    response.end(JSON.stringify({ items, nextCursor: null }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access = { http, chargers: '', apiKey: '' };
  const outcome = await awaitCdrs(access, [first, second], () => undefined);
  server.close();
  return outcome;
};

it('a credited CDR counts once, as its replacement', async () => {
  const cdrs = [
    cdr(first, 'sealed', 7),
    cdr(second, 'credited', 5),
    cdr(second, 'sealed', 5, 'cdr_of_the_line_above'),
    cdr(second, 'sealed', 6.000001),
  ];

  expect(await outcomeOf(cdrs)).toEqual({
    sessions: 2,
    cdrs: 2,
    energyBilled: 13_000_001n,
    held: 0,
  });
});

it('sessions that the chargers had before, or that others have, are not counted', async () => {
  const cdrs = [
    ...others.map((session) => cdr(session, 'sealed', 100)),
    cdr(first, 'sealed', 7),
    cdr(second, 'sealed', 6),
  ];

  expect(await outcomeOf(cdrs)).toMatchObject({ sessions: 2, cdrs: 2, energyBilled: 13_000_000n });
});

it('a replay is billed in full if nothing is held, missing, excessive, unsent or different', () => {
  const input = { sessions: 2, energy: 13n, unsent: 0 };
  const outcome = { sessions: 2, cdrs: 2, energyBilled: 13n, held: 0 };

  expect(isFullyBilled(input, outcome)).toBe(true);
  expect(isFullyBilled({ ...input, unsent: 1 }, outcome)).toBe(false);
  for (const difference of [
    { sessions: 3 },
    { cdrs: 1 },
    { cdrs: 3 },
    { energyBilled: 12n },
    { held: 1 },
  ]) {
    expect(isFullyBilled(input, { ...outcome, ...difference })).toBe(false);
  }
});
