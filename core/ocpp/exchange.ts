import type { CommandOutcome } from '../command/command-outcome.ts';
import type { RefusedCode, WrittenRequest } from '../command/written-request.ts';
import type { TolerancesOf } from './quirks/tolerances.ts';
import { readPayload } from './read-payload.ts';
import { parseJson } from './rpc/parse-json.ts';
import type { Validator } from './validator.ts';

/** How one OCPP version is spoken: its name, and what is tolerated in the answers of its chargers. */
export type Dialect = { readonly name: string; readonly tolerancesOf: TolerancesOf };

/** A request to a charger with the answer to it. */
export type Exchange<Request = never> = {
  /** `number` is what the message is numbered with where it has to be, 1 to 2147483647. */
  readonly write: (request: Request, number: number) => WrittenRequest;
  /** Reads the text of a CALLRESULT's payload. Never throws: what is not an answer is `unreadable`. */
  readonly read: (raw: string) => CommandOutcome;
};

/** Values for which a version of OCPP has no term; `code` says what kind of values, where not the request as a whole. */
export type Inexpressible = { readonly inexpressible: string; readonly code?: RefusedCode };

/** How the payload of a request is written and that of its answer read. */
export type Message<Request, Sent extends object, Answer> = {
  readonly write: (request: Request, number: number) => Sent | Inexpressible;
  readonly read: (answer: Answer) => CommandOutcome;
  /** Says that the fields of the request are those of the message: one that does not fit is a mistake in them. */
  readonly isVerbatim?: true;
};

const isInexpressible = (value: object): value is Inexpressible => 'inexpressible' in value;

/** The refusal of a request that a version cannot express. */
const refused = (
  reason: string,
  code: RefusedCode = 'NOT_SUPPORTED_BY_VERSION',
): WrittenRequest => ({ kind: 'refused', code, reason });

/**
 * Joins the official schemas of a request and of its answer with the functions that write the one and read the other.
 * A request that does not fit the schema is refused: that version cannot express it. `Answer` is the answer after tolerance.
 */
export const exchange = <Request, Answer>(
  { name, tolerancesOf }: Dialect,
  action: string,
  validateRequest: Validator<unknown>,
  validateResponse: Validator<unknown>,
  { write, read, isVerbatim }: Message<Request, object, Answer>,
): Exchange<Request> => ({
  write: (request, number) => {
    const payload = write(request, number);
    if (isInexpressible(payload)) return refused(payload.inexpressible, payload.code);
    if (validateRequest(payload)) return { kind: 'written', action, payload };
    const [first] = validateRequest.errors ?? [];
    const where = `${action}${first?.instancePath ?? ''}`;
    const reason = `${where} ${first?.message ?? 'does not fit the schema'} in ${name}.`;
    return refused(reason, isVerbatim ? 'COMMAND_FIELDS_INVALID' : undefined);
  },
  read: (raw) => {
    const text = raw.trim() === '' ? '{}' : raw;
    const parsed = parseJson(text);
    if (parsed === undefined) {
      return { kind: 'unreadable', description: `The answer to ${action} is not JSON.` };
    }
    const found = readPayload<Answer>(
      tolerancesOf,
      `${action}.conf`,
      validateResponse,
      parsed.value ?? {},
      text,
    );
    return found.kind === 'read'
      ? read(found.payload)
      : { kind: 'unreadable', description: found.reason };
  },
});
