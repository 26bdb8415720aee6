import { asJsonObject, type JsonObject } from '../template/json-object.ts';
import { type EngineHeaders, forwardToEngine } from './forward-to-engine.ts';

/** Asks the engine itself, past all policies: `Streams` operations are asked for as `DynamoDBStreams_20120810.GetRecords`. */
export type EngineClient = {
  /** Throws an `EngineError` when the engine refuses. */
  readonly call: (operation: string, input: JsonObject) => Promise<JsonObject>;
  readonly close: () => void;
};

/** A refusal of the engine, with AWS's name of the error. */
export class EngineError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** Keeps its connections to an engine open. Operations without a prefix are DynamoDB's own. */
export function createEngineClient(url: string): EngineClient {
  const { send, close } = forwardToEngine(url);
  return {
    call: async (operation, input) => {
      const { status, body } = await send(headersOf(operation), Buffer.from(JSON.stringify(input)));
      return outputOf(status, body);
    },
    close,
  };
}

function headersOf(operation: string): EngineHeaders {
  return {
    'x-amz-target': operation.includes('.') ? operation : `DynamoDB_20120810.${operation}`,
    // The engines want a signature's form; none of them checks it.
    'x-amz-date': '20260101T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=ENGINE/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  };
}

function outputOf(status: number, body: Buffer): JsonObject {
  const output = asJsonObject(JSON.parse(body.toString()));
  if (status === 200) {
    return output;
  }
  const type = String(output['__type'] ?? status);
  throw new EngineError(
    type.slice(type.indexOf('#') + 1),
    String(output['message'] ?? output['Message'] ?? ''),
  );
}
