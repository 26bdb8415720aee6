import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pair } from '../../../../core/ocpi/codec/translation.ts';
import { checkClock } from '../../../../core/ocpi/examine/check-clock.ts';
import { checkEndpoints } from '../../../../core/ocpi/examine/check-endpoints.ts';
import { checkPage } from '../../../../core/ocpi/examine/check-page.ts';
import { readableModules } from '../../../../core/ocpi/examine/readable-modules.ts';
import { allTranslators } from '../../../../core/ocpi/partner/all-translators.ts';
import type { OcpiVersion, PartnerObjects } from '../../../../core/ocpi/translators.ts';
import { readJsonLiterals } from '../../../../core/units/json-literals.ts';

const owner = { countryCode: 'NL', partyId: 'PAR' };
const at = Date.parse('2026-04-14T16:30:00Z');
const receivedAt = '2026-04-14T16:30:00.000Z';

const documentOf = (path: string) => {
  const read = readJsonLiterals(readFileSync(path, 'utf8'));
  if (read.kind === 'malformed') throw new Error(path);
  return read.value;
};

const pages = globSync('test/golden/ocpi/2.*/{location,tariff,session,cdr,token}*.json').map(
  (path) => {
    const version = basename(dirname(path)) as OcpiVersion;
    const kind = basename(path).split('.')[0] as keyof PartnerObjects;
    return { path, pair: allTranslators[version][kind] as Pair<unknown> };
  },
);

describe('the test of a connection to a partner', () => {
  it.each(pages.map((page) => [page.path, page] as const))(
    'a page of %s can be read',
    (_path, { path, pair }) => {
      const page = { identifier: 'any', data: [documentOf(path)], total: '1', receivedAt };

      expect(checkPage(page, pair, [], { owner })).toEqual({
        name: 'module any',
        ok: true,
        detail: '1 objects, 1 read',
      });
    },
  );

  it('a page with an object that cannot be read names the fields, one without its count says so, and one that is no list too', () => {
    const pair = allTranslators['2.2.1'].token as Pair<unknown>;
    const page = { identifier: 'tokens', data: [{ uid: 'A' }], total: '1', receivedAt };
    const unread = checkPage(page, pair, [], { owner });

    expect(unread.ok).toBe(false);
    expect(unread.detail).toMatch(/an object cannot be read: \w+: /);
    expect(
      checkPage({ ...page, data: [], total: undefined }, pair, [], { owner }).detail,
    ).toContain('X-Total-Count');
    expect(checkPage({ ...page, data: { uid: 'A' } }, pair, [], { owner }).ok).toBe(false);
  });

  it('a page with an object that says that it changes in a time to come names the first such time', () => {
    const location = documentOf('test/golden/ocpi/2.2.1/location.json');
    const ahead = { last_updated: '2027-01-01T00:00:00Z' };
    const parts = [{ connectors: [{ last_updated: receivedAt }, ahead] }, ahead];
    const data = [location, { ...(location as object), evses: parts }];
    const page = { identifier: 'locations', data, total: '2', receivedAt };

    expect(checkPage(page, undefined, [], { owner })).toEqual({
      ...{ name: 'module locations', ok: false },
      detail:
        'an object says that it changes in a time to come: evses[0].connectors[1].last_updated 2027-01-01T00:00:00Z',
    });
  });

  it('a clock within the second of its header is ours, and the distance of any other is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300_000, max: 300_000 }), (off) => {
        const date = new Date(at + off).toUTCString();
        const { ok, detail } = checkClock(date, at, at);
        const theirs = Date.parse(date);

        expect(ok).toBe(theirs - at <= 60_000 && at - (theirs + 999) <= 60_000);
        expect(detail === 'as ours').toBe(theirs <= at && at <= theirs + 999);
      }),
    );
    expect(checkClock('yesterday', at, at).ok).toBe(true);
    expect(checkClock(undefined, at, at).detail).toContain('not compared');
  });

  it('an endpoint that is gone, has moved or is new since the registration is named', () => {
    const kept = [
      { identifier: 'cdrs', role: 'SENDER', url: 'https://a.example/cdrs' },
      { identifier: 'tokens', url: 'https://a.example/tokens' },
    ];
    expect(checkEndpoints(kept, kept.toReversed()).ok).toBe(true);
    const { ok, detail } = checkEndpoints(kept, [
      { identifier: 'tokens', url: 'https://b.example/tokens' },
      { identifier: 'cdrs', role: 'RECEIVER', url: 'https://a.example/cdrs' },
    ]);

    expect(ok).toBe(false);
    expect(detail).toContain('cdrs (sender) is gone, tokens has moved, cdrs (receiver) is new');
  });

  it('modules are read on the side that has them: sender endpoints of the roles that a partner plays', () => {
    const both = [
      { identifier: 'tokens', role: 'RECEIVER', url: 'a' },
      { identifier: 'tokens', role: 'SENDER', url: 'b' },
      { identifier: 'locations', role: 'SENDER', url: 'c' },
    ];
    const urls = (roles: readonly string[]) => readableModules(both, roles).map(({ url }) => url);

    expect(urls(['EMSP'])).toEqual(['b']);
    expect(urls(['CPO'])).toEqual(['c']);
    expect(urls(['CPO', 'EMSP'])).toEqual(['c', 'b']);
    const records = [{ identifier: 'invoicereconciliation', role: 'SENDER', url: 'e' }] as const;
    expect(readableModules(records, ['CPO'])).toMatchObject([{ kind: 'invoiceRecord', url: 'e' }]);
    expect(readableModules([{ identifier: 'cdrs', url: 'd' }], ['CPO'])).toHaveLength(1);
    expect(urls([])).toEqual([]);
  });
});
