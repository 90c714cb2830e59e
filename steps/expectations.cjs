// Cucumber loads formatters before anything that can read TypeScript, so this one brings that along.
require('./typescript.cjs');

module.exports = require('../src/gate/expectations').default;
