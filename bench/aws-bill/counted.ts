import type { Usage } from '../../runner/runner-interfaces.ts';
import { lambdaGigabyteSeconds } from './lambda-time.ts';
import { type StepUsage, sumOf, total } from './step-usage.ts';

/** Everything that AWS bills for one kind of event of a charger: a heartbeat, a connect, a whole session. */
export type Counted = {
  readonly messages: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly handshakes: number;
  readonly invocations: number;
  readonly gigabyteSeconds: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly signatures: number;
  readonly logBytes: number;
  /** Bytes of access logs, which are of a cheaper class. */
  readonly accessLogBytes: number;
};

/** The facts a bill needs besides the usage. */
export type CountedParts = {
  readonly steps: readonly StepUsage[];
  readonly memoryOf: (step: string) => number;
  readonly logBytes: number;
  readonly accessLogBytes: number;
};

/** Adds up usages to what AWS bills for them. */
export function countedFrom(usages: readonly Usage[], parts: CountedParts): Counted {
  const { steps, memoryOf, logBytes, accessLogBytes } = parts;
  const of = (name: string): readonly Usage[] =>
    usages.filter(({ operation }) => operation === name);
  const messagesIn = of('WebSocketMessageIn');
  const messagesOut = of('WebSocketMessageOut');
  return {
    messages: sumOf(messagesIn, 'message') + sumOf(messagesOut, 'message'),
    bytesIn: sumOf(messagesIn, 'bytes'),
    bytesOut: sumOf(messagesOut, 'bytes'),
    handshakes: sumOf(
      of('Request').filter(({ service }) => service === 'cloudfront'),
      'request',
    ),
    invocations: total(steps, 'invocations'),
    gigabyteSeconds: steps.reduce(
      (sum, usage) => sum + lambdaGigabyteSeconds(usage, memoryOf(usage.step)),
      0,
    ),
    writeUnits: total(steps, 'writeUnits'),
    readUnits: total(steps, 'readUnits'),
    signatures: total(steps, 'signatures'),
    logBytes,
    accessLogBytes,
  };
}

/** Events together, each so many times. */
export function addCounted(
  parts: readonly { readonly counted: Counted; readonly times: number }[],
): Counted {
  const sum = (figure: keyof Counted): number =>
    parts.reduce((amount, { counted, times }) => amount + counted[figure] * times, 0);
  return {
    messages: sum('messages'),
    bytesIn: sum('bytesIn'),
    bytesOut: sum('bytesOut'),
    handshakes: sum('handshakes'),
    invocations: sum('invocations'),
    gigabyteSeconds: sum('gigabyteSeconds'),
    writeUnits: sum('writeUnits'),
    readUnits: sum('readUnits'),
    signatures: sum('signatures'),
    logBytes: sum('logBytes'),
    accessLogBytes: sum('accessLogBytes'),
  };
}
