import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { awaitCdrs } from '../../fleet/replay/await-cdrs.ts';
import { isFullyBilled } from '../../fleet/replay/is-fully-billed.ts';

const cdr = (
  chargerId: string,
  state: string,
  energyKwh: number,
  creditOf: string | null = null,
) => ({
  chargerId,
  state,
  energyKwh,
  creditOf,
});

/** Outcome of a replay on a stack whose API lists these CDRs, of two sessions of the charger `ours`. */
const outcomeOf = async (cdrs: readonly object[]) => {
  const sessions = [{ chargerId: 'ours' }, { chargerId: 'ours' }, { chargerId: 'other' }];
  const server = createServer(({ url = '' }, response) => {
    const items = url.startsWith('/cdrs') ? cdrs : sessions;
    response.end(JSON.stringify({ items, nextCursor: null }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access = { http, chargers: '', apiKey: '' };
  const outcome = await awaitCdrs(access, new Set(['ours']), 2, () => undefined);
  server.close();
  return outcome;
};

it('a credited CDR counts once, as its replacement', async () => {
  const cdrs = [
    cdr('ours', 'sealed', 7),
    cdr('ours', 'credited', 5),
    cdr('ours', 'sealed', 5, 'cdr_of_the_line_above'),
    cdr('ours', 'sealed', 6.000001),
    cdr('other', 'sealed', 100),
  ];

  expect(await outcomeOf(cdrs)).toEqual({
    sessions: 2,
    cdrs: 2,
    energyBilled: 13_000_001n,
    held: 0,
  });
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
