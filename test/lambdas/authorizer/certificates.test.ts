import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import { keepCertificate } from '../../../lambdas/store/chargers/certificates.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { type Steps, startSteps } from '../run-steps.ts';

const secret = 'a-secret-of-cloudfront';
const authority = 'Joulegate chargers test';

let database: TestDatabase;
let operator: TestOperator;
let steps: Steps;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database, 'Stadtwerke');
  steps = await startSteps(database);
  Object.assign(process.env, { EDGE_SECRET: secret, CHARGER_AUTHORITY_NAME: authority });
});
afterAll(async () => {
  steps.stop();
  delete process.env['EDGE_SECRET'];
  delete process.env['CHARGER_AUTHORITY_NAME'];
  await database.stop();
});

type Handshake = {
  readonly edge?: string | undefined;
  readonly fingerprint?: string;
  readonly issuer?: string;
  readonly subject?: string;
  /** Another password than its first. */
  readonly password?: string;
  readonly connectionToken?: string;
};

let count = 0;

/** A charger that is registered, the certificate that was issued to it, and what it is answered to a handshake with its right password. */
async function newCharger() {
  count += 1;
  const chargerId = `MTLS-${count}`;
  const { body } = await operator.call('POST', '/chargers', { chargerId });
  const { password, urls } = body as unknown as { password: string; urls: { basic: string } };
  const fingerprint = String(count).repeat(64).slice(0, 64);
  await keepCertificate(database, keyOf(operator.operatorId, chargerId), {
    serialNumber: '40',
    fingerprint,
    requestHash: '',
    issuedAt: new Date().toISOString(),
    notBefore: new Date().toISOString(),
    notAfter: new Date(Date.now() + 86_400_000).toISOString(),
    certificate: '',
  });
  const knock = async ({ edge = secret, issuer = '', subject = '', ...shown }: Handshake) => {
    const said = Buffer.from(`${chargerId}:${shown.password ?? password}`).toString('base64');
    const { connectionToken } = shown;
    const query = {
      ...(connectionToken === undefined
        ? { operatorSlug: urls.basic.split('/').at(-2), chargerId }
        : { connectionToken }),
      viewerAddress: '192.0.2.1',
      ...(shown.fingerprint === undefined
        ? {}
        : {
            certificateSha256: shown.fingerprint,
            certificateIssuer: issuer,
            certificateSubject: subject,
          }),
    };
    const answer = (await steps.run('authorizer', {
      methodArn: 'arn:connect',
      queryStringParameters: query,
      headers: { Authorization: `Basic ${said}`, 'X-Joulegate-Edge': edge },
    })) as { readonly context: { readonly verdict: string } };
    return answer.context.verdict;
  };
  const { connectionToken } = body as unknown as { connectionToken: string };
  return { chargerId, fingerprint, knock, first: { password, connectionToken } };
}

describe('chargers that show a certificate', () => {
  it('a charger connects with the certificate that was issued to it, and not with that of another charger', async () => {
    const [one, other] = [await newCharger(), await newCharger()];
    const issuer = `CN=${authority}`;

    expect(await one.knock({ fingerprint: one.fingerprint, issuer })).toBe('accepted');
    expect(await one.knock({ fingerprint: other.fingerprint, issuer })).toBe('wrong-certificate');
    expect(await other.knock({ fingerprint: other.fingerprint, issuer })).toBe('accepted');
  });

  it('a charger of another authority connects with a certificate in its name alone', async () => {
    const { chargerId, knock } = await newCharger();
    const foreign = { fingerprint: 'ff'.repeat(32), issuer: 'CN=Maker' };

    expect(await knock({ ...foreign, subject: `CN=${chargerId},O=Maker` })).toBe('accepted');
    expect(await knock({ ...foreign, subject: 'CN=SOMEBODY,O=Maker' })).toBe('wrong-certificate');
  });

  it('a charger that has shown its certificate once does not connect without one any more; one that never has does', async () => {
    const [upgraded, plain] = [await newCharger(), await newCharger()];
    expect(await upgraded.knock({})).toBe('accepted');

    await upgraded.knock({ fingerprint: upgraded.fingerprint, issuer: `CN=${authority}` });

    expect(await upgraded.knock({})).toBe('wrong-certificate');
    expect(await plain.knock({})).toBe('accepted');
  });

  it.each(['password', 'connectionToken'] as const)(
    'a new %s that comes with a wrong certificate does not end the old one, and with the right one does',
    async (kind) => {
      const { chargerId, fingerprint, first, knock } = await newCharger();
      const own = { fingerprint, issuer: `CN=${authority}` };
      const wrong = { ...own, fingerprint: 'ee'.repeat(32) };
      const path = kind === 'password' ? 'password' : 'connection-token';
      const issued = await operator.call('POST', `/chargers/${chargerId}/${path}`, {});
      const [before, after] = [{ [kind]: first[kind] }, { [kind]: String(issued.body[kind]) }];

      expect(await knock({ ...wrong, ...after })).toBe('wrong-certificate');
      expect(await knock({ ...own, ...before })).toBe('accepted');
      expect(await knock({ ...own, ...after })).toBe('accepted');
      expect(await knock({ ...own, ...before })).not.toBe('accepted');
    },
  );

  it('a handshake that did not come through CloudFront is nobody’s, whatever it says of certificates and passwords', async () => {
    const { fingerprint, knock } = await newCharger();
    const issuer = `CN=${authority}`;

    for (const edge of ['', 'guessed', `${secret}x`]) {
      expect(await knock({ edge, fingerprint, issuer })).toBe('unknown-charger');
      expect(await knock({ edge })).toBe('unknown-charger');
    }
  });

  it('what a caller says of a certificate counts for nothing where the deployment asks for none', async () => {
    const { knock } = await newCharger();
    delete process.env['EDGE_SECRET'];
    try {
      expect(await knock({ edge: '', fingerprint: '00', issuer: 'CN=x' })).toBe('accepted');
      expect(await knock({ edge: '' })).toBe('accepted');
    } finally {
      process.env['EDGE_SECRET'] = secret;
    }
  });
});
