import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callError } from '../../../../core/ocpp/rpc/call-error.ts';
import { callResult } from '../../../../core/ocpp/rpc/call-result.ts';
import { parseFrame } from '../../../../core/ocpp/rpc/parse-frame.ts';

const payloads = fc.dictionary(fc.string(), fc.jsonValue());

describe('a frame', () => {
  it('is read whatever text comes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseFrame(text)));
  });

  it('is read wherever it breaks off', () => {
    fc.assert(
      fc.property(payloads, fc.double({ min: 0, max: 0.999, noNaN: true }), (payload, share) => {
        const text = JSON.stringify([2, 'm1', 'MeterValues', payload]);
        const cut = text.slice(0, Math.floor(text.length * share));
        expect(['keep-alive', 'unreadable']).toContain(parseFrame(cut).kind);
      }),
    );
  });

  it('of a request gives back message id, action and payload, and the payload as it was written', () => {
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

  it('that we write as an answer reads as that answer', () => {
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

  it('keeps the digits of a transaction id that no double holds', () => {
    const frame = parseFrame('[2,"1","MeterValues", {"transactionId": 9223372036854775807} ]');
    expect(frame).toMatchObject({ raw: '{"transactionId": 9223372036854775807}' });
  });

  it('that is an answer and breaks off still names the message that it answers', () => {
    expect(parseFrame('[3,"77",{"status":"Acc')).toMatchObject({
      kind: 'unreadable',
      isAnswer: true,
      messageId: '77',
    });
  });

  it('describes a fault in 255 characters at most', () => {
    expect(parseFrame(callError('1', 'GenericError', 'x'.repeat(300)))).toMatchObject({
      description: 'x'.repeat(255),
    });
  });
});
