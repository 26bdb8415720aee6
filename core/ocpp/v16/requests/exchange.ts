import type { CommandOutcome } from '../../../command/command-outcome.ts';
import type { CommandRequest } from '../../../command/command-request.ts';
import { type Exchange, exchange as exchangeIn, type Inexpressible } from '../../exchange.ts';
import { v16TolerancesOf } from '../../quirks/v16-quirks.ts';
import type { Validator } from '../../validator.ts';
import type { Tolerated } from '../tolerated.ts';

const dialect = { name: 'OCPP 1.6', tolerancesOf: v16TolerancesOf };

/** Joins schemas, writer and reader of a request of OCPP 1.6; see exchange of all versions. */
export const exchange = <Request extends CommandRequest, Sent extends object, Answer>(
  action: string,
  validateRequest: Validator<Sent>,
  validateResponse: Validator<Answer>,
  write: (request: Request) => Sent | Inexpressible,
  read: (answer: Tolerated<Answer>) => CommandOutcome,
): Exchange<Request> =>
  exchangeIn(dialect, action, validateRequest, validateResponse, { write, read });
