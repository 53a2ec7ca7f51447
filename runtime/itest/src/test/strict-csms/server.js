// A CSMS on ocpp-rpc in strict mode: every message of both directions is checked against the JSON schemas of the Open Charge Alliance that
// the library carries. Says on standard output what happens, one JSON object per line, and takes orders on standard input:
// {"id":1,"method":"Reset","params":{"type":"Soft"}}. Ends when standard input ends, so that it never outlives the test.
'use strict';

const readline = require('readline');
const { RPCServer, createRPCError } = require('ocpp-rpc');

const say = (event, fields) => process.stdout.write(JSON.stringify({ event, ...fields }) + '\n');
const now = () => new Date().toISOString();
let transactions = 0;

const answers = {
  Authorize: () => ({ idTagInfo: { status: 'Accepted' } }),
  BootNotification: () => ({ status: 'Accepted', currentTime: now(), interval: 300 }),
  DataTransfer: () => ({ status: 'UnknownVendorId' }),
  DiagnosticsStatusNotification: () => ({}),
  FirmwareStatusNotification: () => ({}),
  Heartbeat: () => ({ currentTime: now() }),
  LogStatusNotification: () => ({}),
  MeterValues: () => ({}),
  SecurityEventNotification: () => ({}),
  SignCertificate: () => ({ status: 'Accepted' }),
  SignedFirmwareStatusNotification: () => ({}),
  StartTransaction: () => ({ transactionId: ++transactions, idTagInfo: { status: 'Accepted' } }),
  StatusNotification: () => ({}),
  StopTransaction: () => ({ idTagInfo: { status: 'Accepted' } }),
};

const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: true, callTimeoutMs: 60000 });
server.auth(accept => accept({}));
let station;

server.on('client', client => {
  station = client;
  say('connected', { identity: client.identity, protocol: client.protocol });
  client.on('disconnect', ({ code }) => say('disconnected', { code }));
  client.on('message', ({ message, outbound }) => say('frame', { direction: outbound ? 'out' : 'in', frame: JSON.parse(message) }));
  client.on('badMessage', ({ error }) => say('violation', { what: 'bad message', reason: String(error) }));
  // A wrong order of a test is checked like a wrong message of the charge point: both are mistakes.
  client.on('strictValidationFailure', ({ method, params, result, outbound, error }) =>
    say('violation', { what: method, outbound, params, result, reason: JSON.stringify(error.details ?? String(error)) }));
  for (const [method, answer] of Object.entries(answers)) {
    client.handle(method, ({ params }) => answer(params));
  }
  client.handle(({ method }) => {
    say('violation', { what: method, reason: 'a charge point does not send this' });
    throw createRPCError('NotImplemented');
  });
});

readline.createInterface({ input: process.stdin })
  .on('line', async line => {
    const { id, method, params } = JSON.parse(line);
    try {
      say('answer', { id, result: await station.call(method, params) });
    } catch (error) {
      say('answer', { id, error: error.rpcErrorCode ?? String(error), description: String(error.message) });
    }
  })
  .on('close', () => process.exit(0));

server.listen(0, '127.0.0.1').then(http => say('listening', { port: http.address().port }));
