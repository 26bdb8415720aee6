import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { lookAtFleet } from '../../../fleet/demo/look-at-fleet.ts';

const from = Date.UTC(2026, 2, 5, 9);

const cdrs = Array.from({ length: 250 }, (_, index) => ({
  cdrId: `cdr_${index}`,
  chargerId: index < 240 ? 'CP-1' : 'demo-depot-1',
}));

/** An operator's API in which others have more going on than one page holds. */
const answer = (url: URL): unknown => {
  if (url.pathname.startsWith('/chargers/')) return { chargerId: url.pathname.slice(10) };
  const all = url.pathname === '/cdrs' ? cdrs : [];
  const start = Number(url.searchParams.get('cursor') ?? 0);
  const next = start + Number(url.searchParams.get('limit'));
  return { items: all.slice(start, next), nextCursor: next < all.length ? String(next) : null };
};

it('a snapshot of the fleet has all its CDRs, however many others there are', async () => {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    asked.push(url);
    response.end(JSON.stringify(answer(url)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const picture = await lookAtFleet({ http, chargers: '', apiKey: '' }, ['demo-depot-1'], from);
  server.close();

  expect(picture.chargers).toEqual([{ chargerId: 'demo-depot-1' }]);
  expect(picture.cdrs).toEqual(cdrs.slice(240));
  const lists = asked.filter(({ pathname }) => !pathname.startsWith('/chargers/'));
  expect(new Set(lists.map(({ searchParams }) => searchParams.get('from')))).toEqual(
    new Set(['2026-03-05T09:00:00.000Z']),
  );
});
