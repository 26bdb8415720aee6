/** More digits than any meter has; a number beyond them says nothing, and no database would take it. */
const mostWh = 1e15;

/** A register in Wh as it can be kept; undefined for one that no meter can show. */
export const storableRegister = (wh: number | undefined): number | undefined =>
  wh === undefined || Math.abs(wh) >= mostWh ? undefined : wh;
