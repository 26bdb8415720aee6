import '../quiet.ts';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RegisteredPartner } from '../../../core/ocpi/partner/partner.ts';
import type { TextRequest } from '../../../lambdas/outbound/request-text.ts';
import { examinePartner } from '../../../lambdas/roaming/examine-partner.ts';
import { sealToken } from '../../../lambdas/roaming/sealed-token.ts';

const base = 'https://partner.example';
const key = randomBytes(32);
const start = Date.parse('2026-04-14T16:30:00Z');

const endpoints = [
  { identifier: 'credentials', role: 'SENDER', url: `${base}/credentials` },
  { identifier: 'tokens', role: 'SENDER', url: `${base}/tokens?site=1` },
];

const partner: RegisteredPartner = {
  partnerId: 'ptn_1',
  operatorId: 'op_1',
  name: 'Drivers',
  versions: ['2.2.1'],
  ourRoles: ['CPO'],
  quirks: [],
  accepted: {},
  createdAt: '2026-04-14T16:30:00.000Z',
  updatedAt: '2026-04-14T16:30:00.000Z',
  revision: 1,
  registration: {
    version: '2.2.1',
    encoding: 'base64',
    versionsUrl: `${base}/versions`,
    endpoints,
    roles: [{ role: 'EMSP', countryCode: 'NL', partyId: 'PAR', businessDetails: { name: 'P' } }],
    sealedToken: sealToken(key, 'TOKEN-B'),
    registeredAt: '2026-04-14T16:30:00.000Z',
  },
};

const token = {
  ...{ country_code: 'NL', party_id: 'PAR', uid: 'A', type: 'RFID', contract_id: 'NL-PAR-1' },
  ...{ issuer: 'P', valid: true, whitelist: 'ALWAYS', last_updated: '2026-04-14T16:30:00Z' },
};

type Answered = { status?: number; data?: unknown; headers?: Record<string, string> };

/** Examines a partner that answers as it should but for some addresses; an answer takes a number of ms. */
async function examine(
  changed: Readonly<Record<string, Answered | 'away'>> = {},
  takes = 20,
  examined = partner,
) {
  const requests: TextRequest[] = [];
  const clock = { now: start };
  const headers = { date: new Date(start).toUTCString(), 'x-total-count': '7' };
  const usual: Readonly<Record<string, unknown>> = {
    [`${base}/versions`]: [{ version: '2.2.1', url: `${base}/2.2.1` }],
    [`${base}/2.2.1`]: { version: '2.2.1', endpoints },
    [`${base}/tokens?site=1&offset=0&limit=1`]: [token],
  };
  const checks = await examinePartner(
    {
      request: async (request) => {
        requests.push(request);
        clock.now += takes;
        const answer = changed[request.url] ?? {};
        if (answer === 'away') return { kind: 'failed', code: 'ECONNREFUSED' };
        const { status = 200, data = usual[request.url] } = answer;
        const envelope = {
          data,
          status_code: status === 200 ? 1000 : 2000,
          timestamp: headers.date,
        };
        const body = JSON.stringify(envelope);
        return { kind: 'answered', status, headers: answer.headers ?? headers, body };
      },
      keyOf: async () => key,
      ocpiUrl: 'https://ours.example/ocpi',
      now: () => clock.now,
    },
    examined,
    { countryCode: 'DE', partyId: 'OUR' },
  );
  const failed = checks.filter(({ ok }) => !ok);
  return { requests, checks, failed };
}

describe('a test of the connection to a partner', () => {
  it('a partner that answers as it should passes every check, and is only asked', async () => {
    const { checks, failed, requests } = await examine();

    expect(failed).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      'versions',
      'endpoints',
      'clock',
      'module tokens',
      'latency',
    ]);
    expect(checks.at(-1)?.detail).toBe('20 ms for the slowest answer');
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
    const plain = Buffer.from('TOKEN-B').toString('base64');
    expect(requests.every(({ headers }) => headers['authorization'] === `Token ${plain}`)).toBe(
      true,
    );
  });

  it('pages are asked of the partner’s party, and of a hub for all of its parties; versions and endpoints of nobody', async () => {
    const { registration } = partner;
    const hub = { countryCode: 'EU', partyId: 'HUB' };
    const routed = async (examined: RegisteredPartner) =>
      (await examine({}, 20, examined)).requests.map(
        ({ headers }) => headers['OCPI-to-party-id'] ?? '',
      );

    expect(await routed(partner)).toEqual(['', '', 'PAR']);
    const role = { role: 'HUB', ...hub, businessDetails: { name: 'Hub' } };
    const behind = { ...partner, registration: { ...registration, roles: [role] } };
    expect(await routed(behind)).toEqual(['', '', 'HUB']);
    const stated = { ...partner, registration: { ...registration, hub } };
    expect(await routed(stated)).toEqual(['', '', 'HUB']);
  });

  it('a partner that is away, or refuses our token, fails at once with the reason', async () => {
    const away = await examine({ [`${base}/versions`]: 'away' });
    const refused = await examine({ [`${base}/versions`]: { status: 401 } });

    expect(away.checks).toHaveLength(1);
    expect(away.failed[0]?.detail).toContain('ECONNREFUSED');
    expect(refused.failed[0]).toEqual({
      name: 'versions',
      ok: false,
      detail: 'our token is refused (401)',
    });
  });

  it.each<[string, Readonly<Record<string, Answered | 'away'>>, number, string]>([
    ['offers our version no more', { [`${base}/versions`]: { data: [] } }, 20, 'versions'],
    ['cannot say its endpoints', { [`${base}/2.2.1`]: { data: {} } }, 20, 'endpoints'],
    [
      'has moved',
      { [`${base}/2.2.1`]: { data: { version: '2.2.1', endpoints: [] } } },
      20,
      'endpoints',
    ],
    [
      'has another time',
      { [`${base}/versions`]: { headers: { date: new Date(start - 3_600_000).toUTCString() } } },
      20,
      'clock',
    ],
    [
      'fails in a module',
      { [`${base}/tokens?site=1&offset=0&limit=1`]: { status: 500 } },
      20,
      'module tokens',
    ],
    ['is slow', {}, 6_000, 'latency'],
  ])(
    'a partner that %s fails in one check, and all others are made',
    async (_, changed, takes, name) => {
      const { checks, failed } = await examine(changed, takes);

      expect(failed.map((check) => check.name)).toEqual([name]);
      expect(checks.length).toBeGreaterThanOrEqual(4);
    },
  );
});
