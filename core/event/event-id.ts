/** A place in the log of an operator: the chunk, counted from 1, and the event in it, counted from 0. */
export type LogPosition = { readonly chunk: number; readonly index: number };

const form = /^evt_(\d{12})(\d{3})$/;

/** The id of the event at a place of the log; ids sort as text in the order of the log. */
export const eventId = ({ chunk, index }: LogPosition): string =>
  `evt_${String(chunk).padStart(12, '0')}${String(index).padStart(3, '0')}`;

/** The place of an event by its id; undefined for any other text. */
export function positionOf(id: string): LogPosition | undefined {
  const [, chunk, index] = form.exec(id) ?? [];
  return chunk === undefined || index === undefined
    ? undefined
    : { chunk: Number(chunk), index: Number(index) };
}
