import type { CommandOutcome } from '../../../command/command-outcome.ts';
import type { Inexpressible, Message } from '../../exchange.ts';
import type { ToleratedBut } from '../../tolerated-but.ts';

/** An answer of OCPP 2.0.1 as it looks after tolerance: with any word. */
export type Tolerated<Answer> = ToleratedBut<Answer, never>;

/** Joins how a request of OCPP 2.0.1 is written and its answer read; the schemas are those of the version that it is sent in. */
export const message = <Request, Sent extends object, Answer>(
  write: (request: Request, number: number) => Sent | Inexpressible,
  read: (answer: Tolerated<Answer>) => CommandOutcome,
): Message<Request, Sent, Tolerated<Answer>> => ({ write, read });
