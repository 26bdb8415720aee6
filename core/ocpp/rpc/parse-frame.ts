import type { Call, CallError, CallResult, Frame, ResultError, Send, Unreadable } from './frame.ts';
import type { FrameQuirk } from './frame-quirk.ts';
import { parseJson } from './parse-json.ts';
import { withoutEmptyValues } from './without-empty-values.ts';

/** The beginning of a frame: type, message id, and the word after it where there is one. */
const head =
  /^\s*\[\s*(\d+)\s*(?:,\s*("(?:[^"\\]|\\.)*"|-?\d[\w.+-]*)\s*)?(?:,\s*("(?:[^"\\]|\\.)*")\s*)?/;

/**
 * Reads a text message of a charger. Never throws: what is not OCPP-J is `unreadable`, with whatever could be read.
 * Tolerates a missing payload, a null payload, properties without a value, commas without an element and a message id that is a number (OCPP-J 1.6
 * section 4).
 */
export const parseFrame = (text: string): Frame => {
  if (text.trim() === '') return { kind: 'keep-alive' };
  const found = head.exec(text);
  const type = found?.[1];
  const messageId = found?.[2];
  if (found === null || messageId === undefined) {
    return unreadable('The frame does not begin with a message type and a message id.', text);
  }
  const beginning: Beginning = {
    ...identified(messageId),
    ...(found[3] === undefined ? {} : { word: textOf(found[3]) }),
    rest: text.slice(found[0].length),
  };
  if (type === '2') return call(beginning);
  if (type === '3') return callResult(beginning, text);
  if (type === '4') return callError(beginning, text);
  // CALLRESULTERROR and SEND of OCPP 2.1 are never answered, and their ids are not ours.
  if (type === '5') return resultError(beginning, text);
  if (type === '6') return send(beginning, text);
  return unreadable(`The message type ${type} is unknown.`, text, beginning);
};

type Beginning = {
  readonly messageId: string;
  readonly quirks: readonly FrameQuirk[];
  /** The text after the message id: a CALL's action. */
  readonly word?: string;
  readonly rest: string;
};

const identified = (literal: string): Pick<Beginning, 'messageId' | 'quirks'> =>
  literal.startsWith('"')
    ? { messageId: textOf(literal), quirks: [] }
    : { messageId: literal, quirks: ['numeric-message-id'] };

/** The text of a JSON string literal; one with a bad escape is taken literally. */
const textOf = (literal: string): string => {
  const parsed = parseJson(literal);
  return typeof parsed?.value === 'string' ? parsed.value : literal.slice(1, -1);
};

const call = (beginning: Beginning): Call | Unreadable => {
  const { messageId, quirks, word, rest } = beginning;
  if (word === undefined) return unreadable('The CALL names no action.', rest, beginning);
  const raw = payloadText(rest);
  if (raw === '') {
    return emptyCall(beginning, word, 'missing-payload');
  }
  const parsed = raw === undefined ? undefined : parseJson(raw);
  if (raw === undefined || parsed === undefined) {
    const filled = withoutEmptyValues(raw);
    return filled === undefined
      ? unreadable('The payload is not JSON, or the frame breaks off.', unread(rest), beginning)
      : { kind: 'call', messageId, action: word, ...filled, quirks: [...quirks, 'empty-value'] };
  }
  if (parsed.value === null) return { ...emptyCall(beginning, word, 'null-payload'), raw };
  return { kind: 'call', messageId, action: word, payload: parsed.value, raw, quirks };
};

/** One that breaks off has nobody who waits for an answer. */
const send = (beginning: Beginning, text: string): Send | Unreadable => {
  const read = call(beginning);
  return read.kind === 'call'
    ? { ...read, kind: 'send' }
    : unreadable('The message breaks off.', text, undefined, true);
};

const resultError = (beginning: Beginning, text: string): ResultError | Unreadable => {
  const read = callError(beginning, text);
  return read.kind === 'error'
    ? { ...read, kind: 'result-error' }
    : unreadable('The message breaks off.', text, undefined, true);
};

const emptyCall = ({ messageId, quirks }: Beginning, action: string, quirk: FrameQuirk): Call => ({
  kind: 'call',
  messageId,
  action,
  payload: {},
  raw: '{}',
  quirks: [...quirks, quirk],
});

const unread = (rest: string): string => rest.replace(/^\s*,\s*/, '');

/** The text between the comma and the closing bracket; empty when there is only the bracket. */
const payloadText = (rest: string): string | undefined => {
  const trimmed = rest.trim();
  if (!trimmed.endsWith(']')) return undefined;
  const inside = trimmed.slice(0, -1).trim();
  if (inside === '') return '';
  return inside.startsWith(',') ? inside.slice(1).trim() : undefined;
};

const callResult = (beginning: Beginning, text: string): CallResult | Unreadable => {
  const elements = elementsOf(text);
  if (elements === undefined) return unreadable('The answer breaks off.', text, beginning, true);
  const { messageId } = beginning;
  const payload = elements[2] ?? {};
  const rest = payloadText(beginning.rest) ?? '';
  // Of an answer that goes on behind its payload, or in which elements are missing, the payload that was read counts.
  const isRead = rest === '' || parseJson(rest) !== undefined;
  const raw = isRead ? rest : JSON.stringify(payload);
  return { kind: 'result', messageId, payload, raw };
};

const callError = (beginning: Beginning, text: string): CallError | Unreadable => {
  const elements = elementsOf(text);
  if (elements === undefined) return unreadable('The answer breaks off.', text, beginning, true);
  const [, , code, description, details] = elements;
  return {
    kind: 'error',
    messageId: beginning.messageId,
    code: typeof code === 'string' ? code : 'GenericError',
    description: typeof description === 'string' ? description : '',
    details: details ?? {},
  };
};

const elementsOf = (text: string): readonly unknown[] | undefined => {
  const parsed = parseJson(text)?.value ?? withoutEmptyValues(text)?.payload;
  return Array.isArray(parsed) ? parsed : undefined;
};

const unreadable = (
  reason: string,
  raw: string,
  beginning?: Beginning,
  isAnswer = false,
): Unreadable => ({
  kind: 'unreadable',
  reason,
  isAnswer,
  raw,
  ...(beginning === undefined ? {} : { messageId: beginning.messageId }),
  ...(beginning?.word === undefined ? {} : { action: beginning.word }),
});
