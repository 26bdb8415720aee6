import { callApi } from '../../clients/operator-api.ts';
import type { StackAccess } from '../../clients/stack-access.ts';
import { awaitSealedCdr, chargeOnce } from './charge-once.ts';
import type { Examination, Examine } from './check.ts';
import { replyToNobody } from './reply-to-nobody.ts';
import { expectConnection, expectRefusal, type HandshakeAttempt } from './shake-hands.ts';
import { type Talk, talkOver } from './talk.ts';
import { closeTestSite, openTestSite, type TestSite } from './test-site.ts';
import { tryTls } from './try-tls.ts';

const protocol = 'ocpp1.6';
// How far the clocks may be apart before times on bills are in doubt.
const clockSeconds = 10;

/**
 * Examines a stack as an integrator and a charger would; what the doctor registers for it, it removes again. `testFunction`
 * has CloudFront test the function of a deployed stack.
 */
export const examineStack = async (
  { check }: Examination,
  access: StackAccess,
  patienceSeconds: number,
  testFunction?: Examine,
): Promise<void> => {
  if (!(await check('API', () => reach(access)))) return;
  await check('clock', () => compareClocks(access));
  if (testFunction !== undefined) await check('CloudFront function', testFunction);
  await check('path of the charger', () => askForNoPath(access.chargers));
  let site: TestSite | undefined;
  const registered = await check('registration', async () => {
    site = await openTestSite(access);
    return `charger ${site.chargerId}, token ${site.tokenId}, a tariff`;
  });
  if (site === undefined || !registered) return;
  const known = site;
  await examineHandshakes({ check }, access, known);
  await examineSession({ check }, access, known, patienceSeconds);
  await check('cleaning up', () => closeTestSite(access, known));
};

const reach = async (access: StackAccess): Promise<string> => {
  const { status } = await callApi(access, 'GET', '/health');
  if (status !== 200) throw new Error(`GET /health was answered with ${status} instead of 200.`);
  const began = performance.now();
  const listed = await callApi(access, 'GET', '/chargers?limit=1');
  if (listed.status !== 200) throw new Error(`The API key was refused with ${listed.status}.`);
  return `${access.http} answers in ${Math.round(performance.now() - began)} ms`;
};

const compareClocks = async ({ http }: StackAccess): Promise<string> => {
  const before = Date.now();
  const response = await fetch(`${http}/health`);
  const told = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(told))
    throw new Error('The API sends no Date header, so the clocks cannot be compared.');
  // The header has whole seconds, and the answer was under way for a while.
  const apart = Math.max(0, Math.abs((before + Date.now()) / 2 - told - 500) / 1000 - 0.5);
  const sentence = `${apart.toFixed(1)} s between this machine and the stack`;
  if (apart > clockSeconds) throw new Error(`${sentence}: set the clock of this machine.`);
  return sentence;
};

/** The CloudFront function answers this path by itself, so the answer shows that it runs. */
const askForNoPath = async (chargers: string): Promise<string> => {
  const { status } = await fetch(`${chargers.replace(/^ws/, 'http')}/no-charger`);
  if (status === 404) return 'the CloudFront function runs and answers 404 to an unknown path';
  throw new Error(
    `${chargers}/no-charger was answered with ${status} instead of 404; see docs/doctor.md.`,
  );
};

const examineHandshakes = async (
  { check }: Pick<Examination, 'check'>,
  access: StackAccess,
  { chargerId, password, connectionToken }: TestSite,
): Promise<void> => {
  const { chargers } = access;
  const attempt = {
    url: `${chargers}/ocpp/${chargerId}`,
    user: chargerId,
    password,
    protocols: [protocol],
  };
  const accepted = async (more: Partial<HandshakeAttempt>): Promise<string> => {
    const socket = await expectConnection({ ...attempt, ...more }, protocol);
    socket.close();
    return `accepted with ${protocol}`;
  };
  for (const [scheme, base, certificate] of addressesOf(access)) {
    const url = `${base}/ocpp/${chargerId}`;
    if (scheme === 'wss') await check('TLS', () => tryTls({ url: base, certificate }));
    await check(`handshake over ${scheme}`, () => accepted({ url, certificate }));
  }
  await check('connection token', async () => {
    const url = `${chargers}/cp/${connectionToken}/${chargerId}`;
    const socket = await expectConnection({ url, protocols: [protocol] }, protocol);
    socket.close();
    return 'accepted without a password, whatever is appended to it';
  });
  await check('choice of subprotocol', () => accepted({ protocols: ['ocpp0.1', protocol] }));
  await check('wrong password', () => expectRefusal({ ...attempt, password: 'wrong' }, 401));
  await check('unknown subprotocol', () =>
    expectRefusal({ ...attempt, protocols: ['ocpp0.1'] }, 400),
  );
  await check('unknown charger', () =>
    expectRefusal({ ...attempt, url: `${chargers}/ocpp/${chargerId}-unknown` }, 404),
  );
  await check('after a refusal', async () => {
    await accepted({});
    return 'the refusal of one charger is not served to the next one';
  });
};

type Address = readonly [scheme: string, base: string, certificate?: string | undefined];

/** The charger side by each scheme: of a deployed stack one host takes both, the local one has a port and a certificate of its own for TLS. */
const addressesOf = ({ chargers, chargersTls, certificate }: StackAccess): readonly Address[] => {
  if (chargers.startsWith('wss:')) {
    return [
      ['wss', chargers],
      ['ws', chargers.replace(/^wss/, 'ws')],
    ];
  }
  return chargersTls === undefined
    ? [['ws', chargers]]
    : [
        ['ws', chargers],
        ['wss', chargersTls, certificate],
      ];
};

const examineSession = async (
  { check }: Pick<Examination, 'check'>,
  access: StackAccess,
  site: TestSite,
  patienceSeconds: number,
): Promise<void> => {
  let talk: Talk | undefined;
  const spoken = await check('first message', async () => {
    const url = `${access.chargers}/ocpp/${site.chargerId}`;
    const { chargerId: user, password } = site;
    talk = talkOver(
      await expectConnection({ url, user, password, protocols: [protocol] }, protocol),
    );
    const answer = await talk.call('BootNotification', {
      chargePointVendor: 'Joulegate',
      chargePointModel: 'doctor',
    });
    return `BootNotification is ${answer['status']}, heartbeat every ${answer['interval']} s`;
  });
  if (talk === undefined || !spoken) return;
  const open = talk;
  await check('replies of a charger', () => replyToNobody(open));
  await check('session', async () => {
    await chargeOnce(open, site);
    return await awaitSealedCdr(access, site, patienceSeconds);
  });
  open.close();
};
