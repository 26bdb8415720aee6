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
  const authorization = `Basic ${Buffer.from(`${chargerId}:${password}`).toString('base64')}`;
  const knock = async ({ edge = secret, issuer = '', subject = '', ...shown }: Handshake) => {
    const query = {
      operatorSlug: urls.basic.split('/').at(-2),
      chargerId,
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
      headers: { Authorization: authorization, 'X-Joulegate-Edge': edge },
    })) as { readonly context: { readonly verdict: string } };
    return answer.context.verdict;
  };
  return { chargerId, fingerprint, knock };
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
