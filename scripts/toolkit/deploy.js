// Lets the public code of the official CLI's engine deploy what it is given, to the address in FAKE_HOST.
// Reads {"credentials", "region", "layers": [...], "functions": [...]} from standard input; run by scripts/check_toolkit.py.
'use strict';

const path = require('path');
const modules = path.resolve(process.argv[2], 'node_modules');
const capi = require(path.join(modules, '@tencent-sdk/capi'));

// The engine signs with the old method and only speaks https; here it signs TC3 and speaks to the fake. Nothing else is changed.
const request = capi.Capi.prototype.request;
capi.Capi.prototype.request = function (data, options) {
  return request.call(this, data, { ...options, isV3: true, protocol: 'http', host: process.env.FAKE_HOST, path: '/' }, true);
};

const { Scf, Layer } = require(path.join(modules, 'tencent-component-toolkit'));

async function main() {
  const wanted = JSON.parse(require('fs').readFileSync(0, 'utf8'));
  console.log = () => undefined;
  for (const layer of wanted.layers) {
    await new Layer(wanted.credentials, wanted.region).deploy(layer);
  }
  for (const inputs of wanted.functions) {
    await new Scf(wanted.credentials, wanted.region).deploy(inputs);
  }
}

main().catch((error) => {
  console.error(String(error.message || error).split('\n')[0]);
  process.exit(1);
});
