import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { playCharger } from '../../../lambdas/canary/play-charger.ts';

type Answers = {
  /** The payload of the answer to a CALL; a text is the code of a CALLERROR. */
  readonly call: (action: string) => object | string;
  /** The body of a call of the API. */
  readonly api: (path: string) => Promise<string> | string;
  readonly takesHandshakes: boolean;
};

const session = { sessionId: 'ses_1', transactionId: '1', cdrId: 'cdr_1' };

/** A stack on which everything goes well. */
const well: Answers = {
  call: (action) =>
    ({
      BootNotification: { status: 'Accepted', currentTime: new Date().toISOString(), interval: 60 },
      StartTransaction: { transactionId: 1, idTagInfo: { status: 'Accepted' } },
    })[action] ?? {},
  api: (path) =>
    JSON.stringify(
      path === '/cdrs/cdr_1'
        ? { state: 'sealed', energyKwh: 0.1 }
        : { items: path.startsWith('/sessions') ? [session] : [] },
    ),
  takesHandshakes: true,
};

let server: Server;
let sockets: WebSocketServer;
let answers: Answers;
let asked: string[];

beforeEach(async () => {
  asked = [];
  server = createServer(async ({ url = '' }, response) => {
    asked.push(url);
    response.end(await answers.api(url));
  });
  sockets = new WebSocketServer({ server, verifyClient: () => answers.takesHandshakes });
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const [, id, action] = JSON.parse(String(data));
      const payload = answers.call(action);
      const reply = typeof payload === 'string' ? [4, id, payload, '', {}] : [3, id, payload];
      socket.send(JSON.stringify(reply));
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});

afterEach(() => {
  for (const socket of sockets.clients) socket.terminate();
  server.close();
});

async function play(broken: Partial<Answers>, patience = 0) {
  answers = { ...well, ...broken };
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access = { chargerUrl: `ws://${host}`, apiUrl: `http://${host}`, apiKey: 'jg_live_x' };
  return await playCharger(access, Date.now(), patience);
}

const answering = (action: string, payload: object | string): Partial<Answers> => ({
  call: (one) => (one === action ? payload : well.call(one)),
});
const reading = (start: string, body: object | string): Partial<Answers> => ({
  api: (path) =>
    path.startsWith(start)
      ? typeof body === 'string'
        ? body
        : JSON.stringify(body)
      : well.api(path),
});
const boot = { status: 'Accepted', interval: 60 };
const skewed = new Date(Date.now() - 600_000).toISOString();

/** Ways in which a stack is broken, and the sentence that says so. */
const faults: readonly (readonly [string, Partial<Answers>, RegExp])[] = [
  ['the way of chargers is closed', { takesHandshakes: false }, /^the handshake was refused$/],
  [
    'a charger is turned away at its boot',
    answering('BootNotification', { ...boot, status: 'Rejected', currentTime: skewed }),
    /^BootNotification: the charger is Rejected$/,
  ],
  [
    'the clock that chargers are set by is wrong',
    answering('BootNotification', { ...boot, currentTime: skewed }),
    /^BootNotification: the time that it gives is 6\d\d s from ours$/,
  ],
  [
    'the answer to a boot has no time',
    answering('BootNotification', boot),
    /^BootNotification: it gives no time$/,
  ],
  [
    'a message is answered with an error',
    answering('StopTransaction', 'InternalError'),
    /^StopTransaction: InternalError $/,
  ],
  [
    'the token is blocked',
    answering('StartTransaction', { transactionId: 1, idTagInfo: { status: 'Blocked' } }),
    /^StartTransaction: the token is Blocked$/,
  ],
  [
    'no CDR is made',
    reading('/sessions', { items: [{ ...session, cdrId: null }] }),
    /^no CDR 0 s after the stop$/,
  ],
  [
    'its CDR is held',
    reading('/cdrs/cdr_1', { state: 'held', energyKwh: 0.1 }),
    /^the CDR is held with 0.1 kWh$/,
  ],
  [
    'something else answers in the place of the API',
    reading('/cdrs', '<html>'),
    /^GET \/cdrs\?limit=1: no JSON$/,
  ],
];

const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
/** The sentences of the runbook, `…` for anything. */
const known = [...(runbook.split('| it says | look at |')[1] ?? '').matchAll(/^\| (`.*?`) \|/gm)]
  .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)])
  .map(
    ([, text = '']) =>
      new RegExp(`^${text.replaceAll(/[.?$()[\]]/g, String.raw`\$&`).replaceAll('…', '.*')}`),
  );

/** The sentence that a canary ends with. */
const sentenceOf = async (played: Promise<unknown>): Promise<string> =>
  await played.then(
    () => 'it charged',
    (error: Error) => error.message,
  );

describe('the canary on a broken stack', () => {
  it('on a stack where all is well it charges', async () => {
    expect(await play({})).toEqual({ sessionId: 'ses_1', cdrId: 'cdr_1' });
  });

  it.each(faults)(
    'where %s, it fails with a sentence that the runbook has',
    async (_, broken, sentence) => {
      const said = await sentenceOf(play(broken));

      expect(said).toMatch(sentence);
      expect(known.filter((one) => one.test(said))).not.toEqual([]);
    },
  );

  it('where the API is away, it fails with a sentence that the runbook has, too', async () => {
    server.close();
    server.closeAllConnections();
    const access = { chargerUrl: 'ws://127.0.0.1:9', apiUrl: 'http://127.0.0.1:9', apiKey: 'x' };
    const said = await sentenceOf(playCharger(access, Date.now(), 0));

    expect(said).toMatch(/^GET \/cdrs\?limit=1: no answer \(.+\)$/);
    expect(known.filter((one) => one.test(said))).not.toEqual([]);
  });

  it('an API that is slow does not make it wait for longer than it has patience: it says itself what is missing, before Lambda ends it', async () => {
    const slow = async (path: string): Promise<string> => {
      if (path.startsWith('/sessions')) await new Promise((resolve) => setTimeout(resolve, 1_000));
      return path.startsWith('/sessions') ? '{"items":[]}' : await well.api(path);
    };

    expect(await sentenceOf(play({ api: slow }, 1_500))).toBe('no CDR 1.5 s after the stop');
    expect(asked.filter((path) => path.startsWith('/sessions'))).toHaveLength(1);
  });
});
