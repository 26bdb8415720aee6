import { WebSocket } from 'ws';

// Its own process, so that the work of asking is not counted as the work of answering.
// argv: url of the charger side, seconds, file descriptor-free JSON list of {chargerId, password} on standard input.

type Credentials = { readonly chargerId: string; readonly password: string };

const [url = '', secondsText = '10'] = process.argv.slice(2);
const seconds = Number(secondsText);

const readCredentials = async (): Promise<readonly Credentials[]> => {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return JSON.parse(text) as Credentials[];
};

const connect = (charger: Credentials): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const basic = Buffer.from(`${charger.chargerId}:${charger.password}`).toString('base64');
    const socket = new WebSocket(`${url}/ocpp/${charger.chargerId}`, ['ocpp1.6'], {
      headers: { authorization: `Basic ${basic}` },
      perMessageDeflate: false,
    });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });

/** Sends a CALL and waits for its answer; any CALLERROR counts as lost. */
const call = (socket: WebSocket, action: string, payload: object): Promise<readonly unknown[]> =>
  new Promise((resolve, reject) => {
    socket.once('message', (data) => {
      const frame = JSON.parse(String(data)) as unknown[];
      if (frame[0] === 3) resolve(frame);
      else reject(new Error(String(data)));
    });
    socket.send(JSON.stringify([2, 'm', action, payload]));
  });

const start = async (socket: WebSocket): Promise<number> => {
  const [, , answer] = await call(socket, 'StartTransaction', {
    connectorId: 1,
    idTag: 'BENCH',
    meterStart: 0,
    timestamp: new Date().toISOString(),
  });
  return (answer as { transactionId: number }).transactionId;
};

const reading = (transactionId: number, at: number, count: number): object => ({
  connectorId: 1,
  transactionId,
  meterValue: [
    {
      timestamp: new Date(at).toISOString(),
      sampledValue: [
        { value: String(count), measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
        { value: '11000', measurand: 'Power.Active.Import', unit: 'W' },
      ],
    },
  ],
});

const drive = async (charger: Credentials): Promise<{ sent: number; answered: number }> => {
  const socket = await connect(charger);
  const transactionId = await start(socket);
  const first = Date.now();
  const until = performance.now() + seconds * 1000;
  let sent = 0;
  let answered = 0;
  while (performance.now() < until) {
    sent += 1;
    await call(socket, 'MeterValues', reading(transactionId, first + sent, sent)).then(
      () => {
        answered += 1;
      },
      () => undefined, // counted: sent and answered differ
    );
  }
  socket.close();
  return { sent, answered };
};

const results = await Promise.all((await readCredentials()).map(drive));
const total = results.reduce(
  (sum, one) => ({ sent: sum.sent + one.sent, answered: sum.answered + one.answered }),
  { sent: 0, answered: 0 },
);
process.stdout.write(JSON.stringify({ ...total, seconds }));
