// Cucumber loads plugins before it loads ts-node, so this one brings it along.
// @ts-expect-error: it has no types
require('ts-node/register');

module.exports = require('../src/gate/plugin').default;
