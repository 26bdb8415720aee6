import { describe, expect, it } from 'vitest';
import { transactionMessages } from '../../../../core/ocpp/quirks/transaction-messages.ts';
import { receive } from '../../../../core/ocpp/receive.ts';
import { routes } from '../../../../core/ocpp/v16/routes.ts';
import { v16 } from '../../../../core/ocpp/v16/version.ts';
import { officialSchema } from '../arbitrary-message.ts';

type Payload = Readonly<Record<string, unknown>>;
type Case = {
  readonly action: string;
  readonly what: string;
  readonly payload: Payload;
  readonly code: string;
};

const at = '2026-04-14T16:30:00Z';

/** A whole message of each action that a charger sends. */
const whole: Readonly<Record<keyof typeof routes, Payload>> = {
  Authorize: { idTag: '04E5A1B2' },
  BootNotification: {
    chargePointVendor: 'Voltwerk',
    chargePointModel: 'Wallbox One',
    chargePointSerialNumber: 'S1',
    chargeBoxSerialNumber: 'B1',
    firmwareVersion: '1.0',
    iccid: '1',
    imsi: '2',
    meterType: 'M',
    meterSerialNumber: 'M1',
  },
  DataTransfer: { vendorId: 'com.acme', messageId: 'm', data: 'd' },
  DiagnosticsStatusNotification: { status: 'Idle' },
  FirmwareStatusNotification: { status: 'Installed' },
  Heartbeat: {},
  MeterValues: {
    connectorId: 1,
    transactionId: 17,
    meterValue: [{ timestamp: at, sampledValue: [{ value: '1' }] }],
  },
  StartTransaction: {
    connectorId: 1,
    idTag: '04E5A1B2',
    meterStart: 1,
    timestamp: at,
    reservationId: 3,
  },
  StatusNotification: {
    connectorId: 1,
    errorCode: 'NoError',
    status: 'Available',
    timestamp: at,
    info: 'i',
    vendorId: 'v',
    vendorErrorCode: 'e',
  },
  StopTransaction: {
    idTag: '04E5A1B2',
    meterStop: 2,
    timestamp: at,
    transactionId: 17,
    reason: 'Local',
    transactionData: [{ timestamp: at, sampledValue: [{ value: '2' }] }],
  },
  LogStatusNotification: { status: 'Idle', requestId: 1 },
  SecurityEventNotification: { type: 'FirmwareUpdated', timestamp: at, techInfo: 't' },
  SignCertificate: { csr: 'c' },
  SignedFirmwareStatusNotification: { status: 'Idle', requestId: 1 },
};

/** Real chargers break these: they are tolerated (see the quirks). */
const toleratedLengths = ['BootNotification.', 'Authorize.idTag', 'StatusNotification.info'];

/** A fault matters more than its name. */
const toleratedWords = ['StatusNotification.errorCode'];

const ofEachType = [7, 'text', true, null, {}, []];
const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
const jsonType = (type: string): string => (type === 'integer' ? 'number' : type);

function casesOf(action: string, payload: Payload): Case[] {
  const schema = officialSchema(action, 'req');
  const without = (name: string): Payload =>
    Object.fromEntries(Object.entries(payload).filter(([key]) => key !== name));
  const missing = (schema.required ?? []).map((name) => ({
    what: `${name} is missing`,
    payload: without(name),
    code: 'OccurenceConstraintViolation',
  }));
  const spoilt = Object.keys(payload).flatMap((name) => spoiltOf(action, payload, name));
  return [...missing, ...spoilt].map((each) => ({ action, ...each }));
}

/** Words that a property must not have; a list without words means that it may have any. */
function wrongWordsOf(property: string, words: readonly string[]): readonly string[] {
  const [first] = words;
  if (first === undefined) return [];
  return toleratedWords.includes(property) ? [''] : ['Bogus', '', first.toLowerCase()];
}

function spoiltOf(action: string, payload: Payload, name: string): Omit<Case, 'action'>[] {
  const schema = officialSchema(action, 'req');
  const named = schema.properties?.[name] ?? {};
  const property =
    named.$ref === undefined
      ? named
      : (schema.definitions?.[named.$ref.split('/').at(-1) ?? ''] ?? {});
  const isRequired = schema.required?.includes(name) ?? false;
  const put = (value: unknown): Payload => ({ ...payload, [name]: value });
  const wrongTypes = ofEachType
    .filter((value) => typeOf(value) !== jsonType(property.type ?? 'string'))
    .map((value) => ({
      what: `${name} is ${JSON.stringify(value)}`,
      payload: put(value),
      // Null is as if absent.
      code: value === null ? 'OccurenceConstraintViolation' : 'TypeConstraintViolation',
    }))
    .filter(({ what }) => isRequired || !what.endsWith(' is null'));
  const code = 'PropertyConstraintViolation';
  const tooLong = 'x'.repeat((property.maxLength ?? 0) + 1);
  const tolerated = toleratedLengths.some((one) => `${action}.${name}`.startsWith(one));
  return [
    ...wrongTypes,
    ...(property.type === 'integer'
      ? [{ what: `${name} is 1.5`, payload: put(1.5), code: 'TypeConstraintViolation' }]
      : []),
    ...wrongWordsOf(`${action}.${name}`, property.enum ?? []).map((word) => ({
      what: `${name} is "${word}"`,
      payload: put(word),
      code,
    })),
    ...(property.format === undefined
      ? []
      : ['', 'yesterday', '14.04.2026 18:30:00'].map((time) => ({
          what: `${name} is "${time}"`,
          payload: put(time),
          code,
        }))),
    ...(property.maxLength === undefined || tolerated
      ? []
      : [{ what: `${name} is too long`, payload: put(tooLong), code }]),
  ];
}

const cases = Object.entries(whole).flatMap(([action, payload]) => casesOf(action, payload));
const optional = Object.entries(whole).flatMap(([action, payload]) =>
  Object.keys(payload)
    .filter((name) => !officialSchema(action, 'req').required?.includes(name))
    .map((name) => [action, name] as const),
);
const isTransactional = ({ action }: Case): boolean => transactionMessages.includes(action);

const answerTo = (action: string, payload: Payload): unknown[] | string => {
  const received = receive(v16, JSON.stringify([2, 'm1', action, payload]));
  return received.kind === 'answer' ? JSON.parse(received.frame) : received.kind;
};

describe('a message of an OCPP 1.6 charger that breaks the official schema', () => {
  it('an OCPP 1.6 message is about a transaction if its route says so', () => {
    const named = Object.entries(routes).filter(([, route]) => route.transaction !== undefined);
    expect(named.map(([action]) => action).sort()).toEqual([...transactionMessages].sort());
  });

  it('a complete OCPP 1.6 message of each action is read', () => {
    for (const [action, payload] of Object.entries(whole)) {
      expect(answerTo(action, payload), action).toBe('call');
    }
  });

  it.each(cases.filter((each) => !isTransactional(each)))(
    'an invalid OCPP 1.6 message is refused with the code of its fault: $action, $what',
    ({ action, payload, code }) => {
      expect(answerTo(action, payload)).toEqual([4, 'm1', code, expect.stringMatching(/\.$/), {}]);
    },
  );

  it.each(cases.filter(isTransactional))(
    'an invalid OCPP 1.6 message about a transaction is accepted: $action, $what',
    ({ action, payload }) => {
      expect(answerTo(action, payload)).toBe('call');
    },
  );

  it.each(optional)(
    'the optional property %s.%s is read as absent if it is null',
    (action, name) => {
      const payload = { ...whole[action as keyof typeof whole], [name]: null };
      expect(answerTo(action, payload)).toBe('call');
    },
  );

  it.each([
    ['BootNotification', {}, 'OccurenceConstraintViolation'],
    ['Authorize', {}, 'OccurenceConstraintViolation'],
    ['StatusNotification', { ...whole.StatusNotification, status: 7 }, 'TypeConstraintViolation'],
    [
      'StatusNotification',
      { ...whole.StatusNotification, status: 'Bogus' },
      'PropertyConstraintViolation',
    ],
    ['DataTransfer', { vendorId: 5 }, 'TypeConstraintViolation'],
    ['FirmwareStatusNotification', { status: 5 }, 'TypeConstraintViolation'],
  ])('an invalid OCPP 1.6 message is refused: %s %j', (action, payload, code) => {
    expect(answerTo(action, payload)[2]).toBe(code);
  });
});
