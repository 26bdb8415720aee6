import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callError } from '../../../../core/ocpp/rpc/call-error.ts';
import { callResult } from '../../../../core/ocpp/rpc/call-result.ts';
import { parseFrame } from '../../../../core/ocpp/rpc/parse-frame.ts';

const payloads = fc.dictionary(fc.string(), fc.jsonValue());

describe('a frame', () => {
  it('a frame of any text is read without an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseFrame(text)));
  });

  it('a frame that is truncated anywhere is read without an exception', () => {
    fc.assert(
      fc.property(payloads, fc.double({ min: 0, max: 0.999, noNaN: true }), (payload, share) => {
        const text = JSON.stringify([2, 'm1', 'MeterValues', payload]);
        const cut = text.slice(0, Math.floor(text.length * share));
        expect(['keep-alive', 'unreadable']).toContain(parseFrame(cut).kind);
      }),
    );
  });

  it('a CALL is read as message id, action and payload, and the payload as it was written', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), payloads, fc.nat(3), (id, action, payload, spaces) => {
        const text = JSON.stringify([2, id, action, payload], undefined, spaces);
        const frame = parseFrame(text);
        expect(frame).toMatchObject({ kind: 'call', messageId: id, action, quirks: [] });
        if (frame.kind !== 'call') return;
        expect(frame.payload).toEqual(JSON.parse(JSON.stringify(payload)));
        expect(text).toContain(frame.raw);
        expect(JSON.parse(frame.raw)).toEqual(frame.payload);
      }),
    );
  });

  it('an answer that we write is read as that answer', () => {
    fc.assert(
      fc.property(fc.string(), payloads, (id, payload) => {
        const sent = JSON.parse(JSON.stringify(payload));
        expect(parseFrame(callResult(id, payload))).toMatchObject({
          kind: 'result',
          messageId: id,
          payload: sent,
        });
        expect(parseFrame(callError(id, 'GenericError', 'No.', payload))).toEqual({
          kind: 'error',
          messageId: id,
          code: 'GenericError',
          description: 'No.',
          details: sent,
        });
      }),
    );
  });

  it('a transaction id that no double can represent keeps its digits', () => {
    const frame = parseFrame('[2,"1","MeterValues", {"transactionId": 9223372036854775807} ]');
    expect(frame).toMatchObject({ raw: '{"transactionId": 9223372036854775807}' });
  });

  it('a truncated reply still names the message it replies to', () => {
    expect(parseFrame('[3,"77",{"status":"Acc')).toMatchObject({
      kind: 'unreadable',
      isAnswer: true,
      messageId: '77',
    });
  });

  it('a fault of a frame is described in at most 255 characters', () => {
    expect(parseFrame(callError('1', 'GenericError', 'x'.repeat(300)))).toMatchObject({
      description: 'x'.repeat(255),
    });
  });
});
