import { createHash } from 'node:crypto';
import { allows } from '../../access/scopes.ts';
import { type Refused, refused } from '../../http/answer.ts';
import type { HttpRequest } from '../../http/http-request.ts';
import { routeKeyOf } from '../../http/route.ts';
import type { Served } from '../../http/serve-request.ts';
import { confirmationCode, confirmedWithin, confirms } from './confirmation-code.ts';
import type { ApiTool } from './tool.ts';
import { type Arguments, toolRequest } from './tool-request.ts';

/** The caller of tools: a key, and the API behind it. */
export type ToolCaller = {
  readonly scopes: readonly string[];
  /** The text of the key. */
  readonly secret: string;
  /** Our clock, epoch ms. */
  readonly now: number;
  /** Routes by their keys. */
  readonly routeKeys: ReadonlySet<string>;
  readonly serve: (request: HttpRequest) => Promise<Served>;
  /** Says why a request would be refused before anything is done; undefined where it would not. */
  readonly check: (request: HttpRequest) => Promise<Refused | undefined>;
};

/** The scope that a key needs besides that of the route before it changes anything here; `admin` does not contain it. */
export const writeScope = 'mcp:write';

/** Whether a key may use a tool. */
export const mayUseTool = (
  { scopes }: Pick<ToolCaller, 'scopes'>,
  { writes, route }: ApiTool,
): boolean => allows(scopes, route.scope) && (!writes || scopes.includes(writeScope));

/** A change that was not made yet. */
type Proposed = { readonly kind: 'proposed'; readonly proposal: object };

/** Calls a tool: one that reads is answered, one that writes only with the code that its first call gave. */
export async function callTool(
  caller: ToolCaller,
  tool: ApiTool,
  given: Arguments,
): Promise<Served | Proposed> {
  const { scopes } = caller;
  if (!mayUseTool(caller, tool)) {
    const missing = allows(scopes, tool.route.scope) ? writeScope : tool.route.scope;
    return refused('SCOPE_MISSING', [{ path: 'scope', message: missing }]);
  }
  const read = toolRequest(tool, given);
  if (read.kind === 'refused') return read;
  return tool.writes
    ? await change(caller, tool, read.request, given['confirmation'])
    : await caller.serve(read.request);
}

async function change(
  caller: ToolCaller,
  tool: ApiTool,
  request: HttpRequest,
  code: unknown,
): Promise<Served | Proposed> {
  const { routeKey, path, query, body } = request;
  const stated = JSON.stringify([routeKey, path, query, body ?? null]);
  if (code === undefined || code === null) {
    const wrong = await caller.check(request);
    return wrong ?? { kind: 'proposed', proposal: await propose(caller, tool, request, stated) };
  }
  if (!(typeof code === 'string' && confirms(caller, stated, code, caller.now))) {
    return refused('CONFIRMATION_INVALID');
  }
  // The same code twice is one change.
  const once = createHash('sha256').update(code, 'utf8').digest('base64url');
  return await caller.serve({ ...request, headers: { 'idempotency-key': `mcp-${once}` } });
}

async function propose(
  caller: ToolCaller,
  { route }: ApiTool,
  request: HttpRequest,
  stated: string,
): Promise<object> {
  const { path, query, body } = request;
  const shown = routeKeyOf({ method: 'GET', path: route.path });
  // Of a change, people want to see what it changes.
  const before =
    route.method !== 'POST' && caller.routeKeys.has(shown)
      ? await caller.serve({ ...request, routeKey: shown, query: {}, body: undefined })
      : undefined;
  return {
    done: false,
    summary: route.summary,
    request: {
      method: route.method,
      path: route.path.replace(/\{(\w+)\}/g, (_all, name: string) =>
        encodeURIComponent(path[name] ?? ''),
      ),
      ...(Object.keys(query).length === 0 ? {} : { query }),
      ...(body === undefined ? {} : { body: JSON.parse(body) }),
    },
    ...(before?.kind === 'done' ? { before: before.body } : {}),
    confirmation: confirmationCode(caller, stated, caller.now),
    validForSeconds: confirmedWithin,
    next: 'Nothing has been changed. Show this to the user; if the user agrees, call the tool again with the same arguments and this confirmation.',
  };
}
