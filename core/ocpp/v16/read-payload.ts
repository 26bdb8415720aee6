import { v16TolerancesOf } from '../quirks/v16-quirks.ts';
import { type ReadPayload, readPayload as readTolerated } from '../read-payload.ts';
import type { Validator } from '../validator.ts';
import type { Tolerated } from './tolerated.ts';

/** Reads a payload of OCPP 1.6 with the tolerances of that version; see read-payload of all versions. */
export const readPayload = <Message>(
  action: string,
  validate: Validator<Message>,
  payload: unknown,
  raw: string,
): ReadPayload<Tolerated<Message>> =>
  readTolerated(v16TolerancesOf, action, validate, payload, raw);
