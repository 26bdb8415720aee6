import { asJsonObject, type JsonObject } from '../template/json-object.ts';
import type { EngineAnswer } from './forward-to-engine.ts';

const property = '"ConsumedCapacity":';

/** The part of an answer that says which units it took, or why it was refused. The items before it, nearly all of a page of a list, are not parsed. */
export function readConsumed({ status, body }: EngineAnswer): JsonObject {
  if (status !== 200) return whole(body);
  const start = body.lastIndexOf(property);
  return start < 0 ? {} : (objectOf(`{${body.toString('utf8', start)}`) ?? whole(body));
}

const whole = (body: Buffer): JsonObject => asJsonObject(JSON.parse(body.toString()));

/** From a property on, the answer is an object again, unless the property is one of an item; a text has its quotes behind backslashes. */
function objectOf(text: string): JsonObject | undefined {
  try {
    return asJsonObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
