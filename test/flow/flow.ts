import { inspect } from 'node:util';
import type { OperatorClient } from './operator-client.ts';
import { plugIn, type TestCharger, type TestChargerOptions } from './test-charger.ts';

/** A running stack with an operator of its own, as a scenario needs it. */
export type Flow = {
  readonly http: string;
  /** `ws://127.0.0.1:…` */
  readonly chargers: string;
  readonly operator: OperatorClient;
  /** Makes a further operator and gives its client, and its key. */
  readonly newOperator: (
    name: string,
  ) => Promise<OperatorClient & { readonly operatorId: string; readonly apiKey: string }>;
  /** Makes one more administrator key of an operator, without one of its keys. */
  readonly newKey: (operatorId: string) => Promise<OperatorClient>;
  /** Resolves when no stream record or message is waiting or in work. */
  readonly drained: () => Promise<void>;
  /** Lets the deadlines of all commands that chargers were sent so far pass now. */
  readonly passDeadlines: () => void;
  /**
   * Whether the gateway repeats the authorizer's context on messages, as it should; and when it says that it received
   * them (epoch ms): now, when undefined.
   */
  readonly gateway: { keepsContext: boolean; receivedAt: number | undefined };
  /** Which functions the database fails, and of which it says that they ask too much, by the operation and the address; none when undefined. `refused` has the address of each request. */
  readonly database: {
    failsFor: RegExp | undefined;
    throttlesFor?: RegExp | undefined;
    readonly refused: string[];
  };
  /** The functions that may not sign for now, by address, and the calls that were refused. */
  readonly keys: { throttlesFor: RegExp | undefined; refused: number };
};

/** A registered charger with its secrets. */
export type Registered = {
  readonly chargerId: string;
  readonly password: string;
  readonly connectionToken: string;
  readonly urls: { readonly basic: string; readonly token: string };
};

let chargers = 0;

/** Registers a charger under an id that no other scenario uses. */
export const registerCharger = async (
  flow: Flow,
  options: Record<string, unknown> = {},
): Promise<Registered> => {
  chargers += 1;
  const answer = await flow.operator.post<Registered>('/chargers', {
    chargerId: `CP-${chargers}`,
    maxPowerKw: 22,
    connectors: 2,
    timeZone: 'Europe/Berlin',
    // Sessions of tests have dates of their own.
    commissionedAt: '2015-01-01T00:00:00Z',
    ...options,
  });
  if (answer.status !== 201) throw new Error(`not registered: ${JSON.stringify(answer.body)}`);
  return answer.body;
};

/** Registers a tariff and gives its id. */
export const registerTariff = async (
  flow: Flow,
  form: Record<string, unknown>,
): Promise<string> => {
  const answer = await flow.operator.post<{ tariffId: string }>('/tariffs', {
    name: 'Test tariff',
    currency: 'EUR',
    ...form,
  });
  if (answer.status !== 201) throw new Error(`no tariff: ${JSON.stringify(answer.body)}`);
  return answer.body.tariffId;
};

/** Registers a token; one that exists already is left as it is. */
export const registerToken = async (
  flow: Flow,
  tokenId: string,
  options: Record<string, unknown> = {},
): Promise<void> => {
  const answer = await flow.operator.post('/tokens', { tokenId, ...options });
  if (answer.status !== 201 && answer.status !== 409) {
    throw new Error(`no token: ${JSON.stringify(answer.body)}`);
  }
};

/** Connects a registered charger with its password. */
export const connect = (
  flow: Flow,
  charger: Registered,
  options: Partial<TestChargerOptions> = {},
): Promise<TestCharger> =>
  plugIn({
    url: flow.chargers,
    path: `/ocpp/${encodeURIComponent(charger.chargerId)}`,
    user: charger.chargerId,
    password: charger.password,
    ...options,
  });

/** Milliseconds after which an answer that is not as wanted is taken for what hangs: a busy machine takes its time. */
const patience = 150_000;

/** Asks until the answer is as wanted, and gives that one; fails with the last answer after as long as what hangs is waited for. */
export const eventually = async <T>(
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
): Promise<T> => {
  const until = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (performance.now() > until) {
      throw new Error(`not as wanted in ${patience / 1000} s: ${inspect(answer, { depth: 8 })}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** A session as the API shows it, as far as the scenarios look at it. */
export type ShownSession = {
  readonly sessionId: string;
  readonly transactionId: string;
  readonly chargerId: string;
  readonly connectorId: number;
  readonly tokenId: string | null;
  readonly state: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly energyKwh: number;
  readonly powerKw: number | null;
  readonly cost: {
    readonly currency: string;
    readonly exclVat: string;
    readonly inclVat: string;
  } | null;
  readonly cdrId: string | null;
  readonly anomalies: readonly { readonly code: string; readonly severity: string }[];
};

/** A CDR as the API shows it, as far as the scenarios look at it. */
export type ShownCdr = {
  readonly cdrId: string;
  readonly state: string;
  readonly energyKwh: number;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationSeconds: number;
  readonly idleSeconds: number;
  readonly meterStart: { readonly wh: number } | null;
  readonly meterStop: { readonly wh: number } | null;
  readonly total: {
    readonly currency: string;
    readonly exclVat: string;
    readonly inclVat: string;
  } | null;
  readonly lines: readonly {
    readonly component: string;
    readonly inclVat: string;
    readonly reason: string;
  }[];
  readonly anomalies: readonly { readonly code: string }[];
  readonly seal: {
    readonly sequence: number;
    readonly previousHash: string;
    readonly hash: string;
    readonly signature: string;
  } | null;
};

/** All sessions of one charger, newest first. */
export const sessionsOf = async (
  flow: Flow,
  chargerId: string,
): Promise<readonly ShownSession[]> => {
  const answer = await flow.operator.get<{ items: ShownSession[] }>(
    `/sessions?chargerId=${encodeURIComponent(chargerId)}`,
  );
  return answer.body.items;
};

/** The CDR of a session, once it is there. */
export const cdrOf = async (flow: Flow, sessionId: string): Promise<ShownCdr> => {
  const { body } = await eventually(
    () => flow.operator.get<ShownCdr>(`/sessions/${sessionId}/cdr`),
    ({ status }) => status === 200,
  );
  return body;
};
