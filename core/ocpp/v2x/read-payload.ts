import { v2xTolerancesOf } from '../quirks/v2x-quirks.ts';
import { type ReadPayload, readPayload as readTolerated } from '../read-payload.ts';
import type { Validator } from '../validator.ts';
import type { Tolerated } from './tolerated.ts';

/** Reads a payload of OCPP 2.x with the tolerances of these versions; see read-payload of all versions. */
export const readPayload = <Message>(
  action: string,
  validate: Validator<Message>,
  payload: unknown,
  raw: string,
): ReadPayload<Tolerated<Message>> =>
  readTolerated(v2xTolerancesOf, action, validate, payload, raw);
