import type { Tool } from '@modelcontextprotocol/server';
import type { ApiRoute } from '../api-route.ts';

/** A call of the API as a tool of the MCP server. */
export type ApiTool = {
  readonly route: ApiRoute;
  /** Whether it changes something, and is confirmed first. */
  readonly writes: boolean;
  /** Names of the arguments that are parameters of the path and of the query. */
  readonly inPath: readonly string[];
  readonly inQuery: readonly string[];
  /** The tool as it is listed. */
  readonly listed: Tool;
};
