import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Handshake, verifyCharger } from '../../../lambdas/authorizer/verify-charger.ts';
import { secretHash } from '../../../lambdas/runtime/secrets.ts';
import { chargerOfToken } from '../../../lambdas/store/chargers/connection-tokens.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;

/** A charger that was just registered, and who may connect as it. */
type NamedOperator = TestOperator & {
  readonly slug: string;
  readonly password: string;
  readonly connectionToken: string;
};

const chargerId = 'CP 1';
const path = `/chargers/${encodeURIComponent('cp 1')}`;

let first: NamedOperator;
let second: NamedOperator;

async function openOperator(name: string): Promise<NamedOperator> {
  const operator = await newOperator(database, name);
  const { body } = await operator.call('POST', '/chargers', { chargerId });
  const { password, connectionToken, urls } = body as Record<string, string> & {
    urls: { basic: string };
  };
  const slug = urls.basic.split('/').at(-2) ?? '';
  return {
    ...operator,
    slug,
    password: String(password),
    connectionToken: String(connectionToken),
  };
}

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});

beforeEach(async () => {
  [first, second] = [await openOperator('First'), await openOperator('Second')];
});

afterAll(async () => {
  await database.stop();
});

const verdictOn = async (handshake: Omit<Handshake, 'offers'>) =>
  (await verifyCharger(database, { offers: [], ...handshake })).kind;

const byPassword = async ({ slug }: NamedOperator, password: string) =>
  await verdictOn({
    operatorSlug: slug,
    chargerId,
    authorization: `Basic ${Buffer.from(`${chargerId}:${password}`).toString('base64')}`,
  });

const byToken = async (connectionToken: string) => await verdictOn({ connectionToken });

async function newPassword(owner: NamedOperator, body?: object): Promise<string> {
  const answer = await owner.call('POST', `${path}/password`, body);
  expect(answer.status).toBe(201);
  expect(answer.body['chargerId']).toBe(chargerId);
  expect(answer.body['urls']).toEqual({
    basic: expect.stringMatching(new RegExp(`/ocpp/${owner.slug}/CP%201$`)),
  });
  return String(answer.body['password']);
}

async function newToken(owner: NamedOperator): Promise<string> {
  const answer = await owner.call('POST', `${path}/connection-token`);
  expect(answer.status).toBe(201);
  const token = String(answer.body['connectionToken']);
  expect(answer.body['urls']).toEqual({
    token: expect.stringMatching(new RegExp(`/cp/${token}$`)),
  });
  return token;
}

describe('a new password', () => {
  it('a new password is valid at once, and the old one until the new one is first used', async () => {
    const password = await newPassword(first);
    expect(password).toMatch(/^[A-Za-z0-9]{20}$/);
    expect(password).not.toBe(first.password);

    expect(await byPassword(first, first.password)).toBe('accepted');
    expect(await byPassword(first, first.password)).toBe('accepted');
    expect(await byPassword(first, 'x'.repeat(20))).toBe('wrong-password');
    expect(await byPassword(first, password)).toBe('accepted');
    expect(await byPassword(first, first.password)).toBe('wrong-password');
    expect(await byPassword(first, password)).toBe('accepted');
  });

  it('a new password may be chosen, and is accepted in each form in which chargers send it', async () => {
    const password = '6b65793132333435363738393031323334';
    expect(await newPassword(first, { password })).toBe(password);

    expect(await byPassword(first, Buffer.from(password, 'hex').toString('latin1'))).toBe(
      'accepted',
    );
    expect(await byPassword(first, first.password)).toBe('wrong-password');
    expect(await byPassword(first, password.toUpperCase())).toBe('accepted');
  });

  it('a new password that OCPP does not allow is refused, and changes nothing', async () => {
    for (const password of ['short', 'x'.repeat(41), 'with space in it, long']) {
      const answer = await first.call('POST', `${path}/password`, { password });
      expect(answer.code).toBe('INVALID_REQUEST');
    }

    expect(await byPassword(first, first.password)).toBe('accepted');
  });

  it('a new password may equal the old one, which remains valid', async () => {
    await newPassword(first, { password: first.password });

    expect(await byPassword(first, first.password)).toBe('accepted');
    expect(await byPassword(first, first.password)).toBe('accepted');
  });

  it('a new password that was never used is replaced by the next one, and the one in use stays valid', async () => {
    const unused = await newPassword(first);
    const latest = await newPassword(first);

    expect(await byPassword(first, unused)).toBe('wrong-password');
    expect(await byPassword(first, first.password)).toBe('accepted');
    expect(await byPassword(first, latest)).toBe('accepted');
    expect(await byPassword(first, first.password)).toBe('wrong-password');
  });

  it('a new password follows a used one as that one followed the first', async () => {
    const used = await newPassword(first);
    expect(await byPassword(first, used)).toBe('accepted');
    const latest = await newPassword(first);

    expect(await byPassword(first, used)).toBe('accepted');
    expect(await byPassword(first, latest)).toBe('accepted');
    expect(await byPassword(first, used)).toBe('wrong-password');
  });

  it("a new password does not affect another operator's charger with the same id", async () => {
    const password = await newPassword(first);
    expect(await byPassword(first, password)).toBe('accepted');

    expect(await byPassword(second, password)).toBe('wrong-password');
    expect(await byPassword(second, second.password)).toBe('accepted');
  });
});

describe('a new connection token', () => {
  it('a new connection token is valid at once, and the old one until the new one is first used', async () => {
    const token = await newToken(first);

    expect(await byToken(first.connectionToken)).toBe('accepted');
    expect(await byToken(first.connectionToken)).toBe('accepted');
    expect(await byToken(token)).toBe('accepted');
    expect(await byToken(first.connectionToken)).toBe('unknown-charger');
    expect(await byToken(token)).toBe('accepted');
    expect(await chargerOfToken(database, secretHash(first.connectionToken))).toBeUndefined();
  });

  it('a new connection token that was never used is replaced by the next one, and the one in use stays valid', async () => {
    const unused = await newToken(first);
    const latest = await newToken(first);

    expect(await byToken(unused)).toBe('unknown-charger');
    expect(await chargerOfToken(database, secretHash(unused))).toBeUndefined();
    expect(await byToken(first.connectionToken)).toBe('accepted');
    expect(await byToken(latest)).toBe('accepted');
    expect(await byToken(first.connectionToken)).toBe('unknown-charger');
  });

  it('several simultaneous requests for a new connection token create one token', async () => {
    const tokens = await Promise.all([newToken(first), newToken(first), newToken(first)]);

    const verdicts: string[] = [];
    for (const token of tokens) verdicts.push(await byToken(token));
    expect(verdicts.filter((one) => one === 'accepted')).toHaveLength(1);
    expect(await byToken(first.connectionToken)).toBe('unknown-charger');
  });

  it("a new connection token does not affect the password, or another operator's charger with the same id", async () => {
    expect(await byToken(await newToken(first))).toBe('accepted');

    expect(await byPassword(first, first.password)).toBe('accepted');
    expect(await byToken(second.connectionToken)).toBe('accepted');
  });
});
