import fc from 'fast-check';

// For mutation testing: one failure is enough, and the same code is judged by the same examples each time.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_260_414, endOnFailure: true });
