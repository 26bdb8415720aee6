/**
 * The routes of the MCP server, by the names that API Gateway gives them. Its messages are posted; the other two are answered 405,
 * which tells a client that there is no stream and no session.
 */
export const mcpRouteKeys: readonly string[] = ['POST /mcp', 'GET /mcp', 'DELETE /mcp'];
