import type { CommandOutcome } from '../../../command/command-outcome.ts';
import type { CommandRequest } from '../../../command/command-request.ts';
import type { WrittenRequest } from '../../../command/written-request.ts';
import { parseJson } from '../../rpc/parse-json.ts';
import type { Validator } from '../../validator.ts';
import { readPayload } from '../read-payload.ts';
import type { Tolerated } from '../tolerated.ts';

/** A request to an OCPP 1.6 charger with the answer to it. */
export type Exchange<Request extends CommandRequest = never> = {
  readonly write: (request: Request) => WrittenRequest;
  /** Reads the text of a CALLRESULT's payload. Never throws: what is not an answer is `unreadable`. */
  readonly read: (raw: string) => CommandOutcome;
};

/** Values for which OCPP 1.6 has no term. */
export type Inexpressible = { readonly inexpressible: string };

const isInexpressible = (value: object): value is Inexpressible => 'inexpressible' in value;

/** The refusal of a request that OCPP 1.6 cannot express. */
const refused = (reason: string): WrittenRequest => ({
  kind: 'refused',
  code: 'NOT_SUPPORTED_BY_VERSION',
  reason,
});

/**
 * Joins the official schemas of a request and of its answer with the functions that write the one and read the other.
 * A request that does not fit the schema is refused: OCPP 1.6 cannot express it.
 */
export const exchange = <Request extends CommandRequest, Sent extends object, Answer>(
  action: string,
  validateRequest: Validator<Sent>,
  validateResponse: Validator<Answer>,
  write: (request: Request) => Sent | Inexpressible,
  read: (answer: Tolerated<Answer>) => CommandOutcome,
): Exchange<Request> => ({
  write: (request) => {
    const payload = write(request);
    if (isInexpressible(payload)) return refused(payload.inexpressible);
    if (validateRequest(payload)) return { kind: 'written', action, payload };
    const [first] = validateRequest.errors ?? [];
    const where = `${action}${first?.instancePath ?? ''}`;
    return refused(`${where} ${first?.message ?? 'does not fit the schema'} in OCPP 1.6.`);
  },
  read: (raw) => {
    const text = raw.trim() === '' ? '{}' : raw;
    const parsed = parseJson(text);
    if (parsed === undefined) {
      return { kind: 'unreadable', description: `The answer to ${action} is not JSON.` };
    }
    const found = readPayload(`${action}.conf`, validateResponse, parsed.value ?? {}, text);
    return found.kind === 'read'
      ? read(found.payload)
      : { kind: 'unreadable', description: found.reason };
  },
});
