import { type Context, createContext, runInContext } from 'node:vm';

// Of the globals of this machine's Node, the ones that cloudfront-js-2.0 has; everything else is taken away.
const globals = [
  'Array',
  'ArrayBuffer',
  'Boolean',
  'DataView',
  'Date',
  'Error',
  'EvalError',
  'Float32Array',
  'Float64Array',
  'Infinity',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'JSON',
  'Math',
  'NaN',
  'Number',
  'Object',
  'Promise',
  'RangeError',
  'ReferenceError',
  'RegExp',
  'String',
  'Symbol',
  'SyntaxError',
  'TypeError',
  'URIError',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'console',
  'decodeURI',
  'decodeURIComponent',
  'encodeURI',
  'encodeURIComponent',
  'globalThis',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'undefined',
];

// Additions to the language after ES 12, the last version that AWS names.
const younger = {
  Array: ['fromAsync'],
  'Array.prototype': [
    'at',
    'findLast',
    'findLastIndex',
    'toReversed',
    'toSorted',
    'toSpliced',
    'with',
  ],
  Object: ['groupBy', 'hasOwn'],
  Promise: ['try', 'withResolvers'],
  RegExp: ['escape'],
  String: [],
  'String.prototype': ['at', 'isWellFormed', 'toWellFormed'],
} as const;

/** A realm with what a CloudFront function finds around it: no modules, timers, network, nor code out of texts. */
export function createEdgeRealm(): Context {
  const realm = createContext(
    { console: { log: () => {}, error: () => {} } },
    { codeGeneration: { strings: false, wasm: false } },
  );
  runInContext(
    `for (const name of Object.getOwnPropertyNames(globalThis)) {
      if (!${JSON.stringify(globals)}.includes(name)) delete globalThis[name];
    }
    for (const [owner, names] of Object.entries(${JSON.stringify(younger)})) {
      const [constructor, prototype] = owner.split('.');
      const from = prototype ? globalThis[constructor].prototype : globalThis[constructor];
      for (const name of names) delete from[name];
    }`,
    realm,
  );
  return realm;
}
