import '../quiet.ts';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Protocol, protocols } from '../../../core/ocpp/protocol.ts';
import { cleanText } from '../../../core/ocpp/rpc/clean-text.ts';
import { logger } from '../../../lambdas/runtime/logger.ts';
import { officialValidator } from '../../core/ocpp/v16/official-validator.ts';
import { isOfficial } from '../../core/ocpp/v201/official-messages.ts';
import { messageRecords, scan, type TestCharger } from '../plant.ts';
import { openSite, type TestSite } from '../test-site.ts';
import { actionsOf, hostileFrames } from './hostile-frames.ts';

/** So many of each version; `npm run fuzz` sends 100,000. */
const frames = Number(process.env['JOULEGATE_FUZZ_FRAMES'] ?? 200);

/** Requests to the tables that any frame may cause: a start under an id that others have causes the most. */
const mostRequests = 30;

/** Frames that one charger sends before all of its data are read again. */
const batch = 500;

const common = [
  ...['NotImplemented', 'NotSupported', 'TypeConstraintViolation'],
  'PropertyConstraintViolation',
];
const codes: Readonly<Record<Protocol, readonly string[]>> = {
  'ocpp1.6': [...common, 'FormationViolation', 'OccurenceConstraintViolation'],
  'ocpp2.0.1': [...common, 'RpcFrameworkError', 'FormatViolation', 'OccurrenceConstraintViolation'],
  'ocpp2.1': [...common, 'RpcFrameworkError', 'FormatViolation', 'OccurrenceConstraintViolation'],
};

const isValidAnswer = (protocol: Protocol, action: string, payload: unknown): boolean =>
  protocol === 'ocpp1.6'
    ? officialValidator(action, 'conf')(payload)
    : isOfficial(protocol, action, 'response', payload);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A CALL that nobody can take for anything else; what is less clear may be answered or not. */
const clearCall = (text: string): readonly [2, string, string, object] | undefined => {
  const frame = parsed(text);
  if (!Array.isArray(frame) || frame.length !== 4 || frame[0] !== 2) return undefined;
  const [, id, action, payload] = frame;
  const isCall = typeof id === 'string' && typeof action === 'string';
  return isCall && payload !== null && typeof payload === 'object' && !Array.isArray(payload)
    ? [2, id, action, payload]
    : undefined;
};

/** True for a frame that is never answered: an answer of the charger, a message of one way, an empty frame. */
const needsNoAnswer = (text: string): boolean => /^\s*(?:\[\s*[3-6]\b|$)/.test(text);

/** A message of one way whose id can be read. */
const isSend = /^\s*\[\s*6\s*,\s*"(?:[^"\\]|\\.)*"/;

const transactional = ['StartTransaction', 'StopTransaction', 'MeterValues', 'TransactionEvent'];

const expectCallError = (protocol: Protocol, frame: readonly unknown[]): void => {
  expect(frame).toHaveLength(5);
  const [, id, code, description, details] = frame;
  expect([id, description]).toEqual([expect.any(String), expect.any(String)]);
  expect(codes[protocol]).toContain(code);
  expect(String(description).length).toBeLessThanOrEqual(255);
  expect(details).toEqual({});
};

const expectValid = (protocol: Protocol, text: string, answer: string | undefined): void => {
  const { text: clean } = cleanText(text);
  const call = clearCall(clean);
  // Nobody waits for the answer to a SEND, whatever is in it.
  if (protocol === 'ocpp2.1' && isSend.test(clean)) {
    expect([text, answer]).toEqual([text, undefined]);
  }
  if (answer === undefined) {
    expect([text, needsNoAnswer(clean)]).toEqual([text, true]);
    return;
  }
  expect(answer.isWellFormed()).toBe(true);
  const frame = JSON.parse(answer) as readonly unknown[];
  if (frame[0] === 4) expectCallError(protocol, frame);
  else {
    expect([frame[0], frame.length]).toEqual([3, 3]);
    // The action of a frame that breaks off is one of those in it nevertheless.
    const named = actionsOf(protocol).filter((one) => clean.includes(`"${one}"`));
    const actions = call === undefined ? named : [call[2]];
    const isValid = actions.some((action) => isValidAnswer(protocol, action, frame[2]));
    expect([text, isValid]).toEqual([text, true]);
  }
  if (call === undefined) return;
  expect(frame[1]).toBe(call[1]);
  if (transactional.includes(call[2]) && actionsOf(protocol).includes(call[2])) {
    expect([text, frame[0]]).toEqual([text, 3]);
  }
};

let site: TestSite | undefined;
let charger: TestCharger | undefined;
let written = 0;
let requested = 0;
const sent: string[] = [];

const openCharger = async (protocol: Protocol): Promise<TestCharger> => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { connectors: 2, maxPowerKw: 22 },
  });
  await site.register();
  site.database.client.middlewareStack.add(
    (next, context) => async (args) => {
      requested += 1;
      if (!/^(?:Get|BatchGet|Query|Scan|TransactGet)/.test(String(context.commandName)))
        written += 1;
      return await next(args);
    },
    { step: 'initialize', name: 'count-writes' },
  );
  return await site.plugIn(undefined, protocol);
};

const send = async (protocol: Protocol, text: string): Promise<void> => {
  charger ??= await openCharger(protocol);
  const errors = vi.spyOn(logger, 'error');
  written = 0;
  requested = 0;
  sent.push(cleanText(text).text);
  const answer = await charger.send(text);
  expect([text, errors.mock.calls]).toEqual([text, []]);
  expectValid(protocol, text, answer);
  // Whatever a frame says, no more is done for it than for the dearest message.
  expect([text, requested <= mostRequests]).toEqual([text, true]);
  // A refused message leaves nothing behind.
  if (answer?.startsWith('[4,') === true) expect([text, written]).toEqual([text, 0]);
};

/** A text without what may be put into or left out of one whose values or elements are not there. */
const whole = (text: string): string => text.replaceAll(':null', ':').replace(/[\s,]/g, '');

/** Everything that was stored came from a frame as it was, is well-formed, and can be read, folded, billed and shown. */
const expectReadable = async (): Promise<void> => {
  if (site === undefined) return;
  const { database } = site;
  const wholes = sent.map(whole);
  const wasSent = (raw: string): boolean =>
    raw === '{}' ||
    sent.some((text) => text.includes(raw)) ||
    wholes.some((text) => text.includes(whole(raw)));
  for (const { raw } of await messageRecords(database)) {
    expect([raw, wasSent(raw)]).toEqual([raw, true]);
  }
  const items = [
    ...(await scan(database, database.readings)),
    ...(await scan(database, database.state)),
  ];
  const stored = JSON.stringify(items);
  expect(stored.isWellFormed()).toBe(true);
  expect(stored).not.toMatch(/\\u0000|"N":"(?!-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")/);
  await site.settle();
  const path = `/chargers/${site.chargerId}`;
  const lists = ['/messages?limit=100', '/reports?limit=100', '/device-model', '/configuration'];
  for (const shown of ['', ...lists]) {
    expect([shown, (await site.call('GET', `${path}${shown}`)).status]).toEqual([shown, 200]);
  }
  for (const session of await site.sessions()) {
    const ofSession = `/sessions/${String(session['sessionId'])}`;
    expect((await site.call('GET', ofSession)).status).toBe(200);
    expect((await site.call('GET', `${ofSession}/readings?limit=100`)).status).toBe(200);
  }
};

const endCharger = async (): Promise<void> => {
  await site?.close();
  site = undefined;
  charger = undefined;
  sent.length = 0;
};

afterEach(async () => {
  vi.restoreAllMocks();
  await endCharger();
});

describe('frames that are broken, hostile or only odd', () => {
  it.each(protocols)(
    'a charger of %s gets a valid answer or none to any frame, and nothing is stored that cannot be read',
    async (protocol) => {
      await fc.assert(
        fc.asyncProperty(hostileFrames(protocol), async (text) => {
          await send(protocol, text);
          if (sent.length < batch) return;
          await expectReadable();
          await endCharger();
        }),
        { numRuns: frames, endOnFailure: frames > 10_000 },
      );
      await expectReadable();
    },
    // The small dose has the time of every test.
    frames > 10_000 ? 24 * 3_600_000 : undefined,
  );
});
