import { asJsonObject, isJsonObject } from '../template/json-object.ts';

/** The result of a function for a WebSocket API, in the form the API understands. */
export type ProxyResult = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Reads what a function returned; undefined when it is not `{statusCode, headers?, body?}` with a body of text. */
export function readProxyResult(payload: unknown): ProxyResult | undefined {
  if (!isJsonObject(payload)) {
    return undefined;
  }
  const { statusCode, headers, body, isBase64Encoded } = payload;
  const status = Number(statusCode);
  const isStatus = Number.isInteger(status) && status >= 100 && status <= 599;
  const text = body ?? '';
  if (!isStatus || typeof text !== 'string') {
    return undefined;
  }
  return {
    statusCode: status,
    headers: Object.fromEntries(
      Object.entries(asJsonObject(headers)).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ]),
    ),
    body: isBase64Encoded === true ? Buffer.from(text, 'base64').toString('utf8') : text,
  };
}
