import { readJsonLiterals } from '../../core/units/json-literals.ts';
import type { HttpRequest } from '../http/http-request.ts';
import type { OcpiMethod, OcpiRequest } from './ocpi-request.ts';

const methods: readonly OcpiMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The text of a body; undefined where it is empty, or comes with a method that has none. */
const bodyText = (method: OcpiMethod, { body = '', base64 }: HttpRequest): string | undefined => {
  const text = base64 ? Buffer.from(body, 'base64').toString('utf8') : body;
  return text === '' || method === 'GET' || method === 'DELETE' ? undefined : text;
};

/** Reads a request of a partner; `not-json` where its body is none, `unknown-method` for a method that OCPI has not. */
export function readOcpiRequest(
  verb: string,
  request: HttpRequest,
): OcpiRequest | 'not-json' | 'unknown-method' {
  const method = methods.find((one) => one === verb);
  if (method === undefined) return 'unknown-method';
  const text = bodyText(method, request);
  const read = text === undefined ? undefined : readJsonLiterals(text);
  if (read?.kind === 'malformed') return 'not-json';
  const steps = (request.path['place'] ?? '').split('/');
  return {
    method,
    steps: steps.at(-1) === '' ? steps.slice(0, -1) : steps,
    query: request.query,
    headers: request.headers,
    body: read?.value,
  };
}
