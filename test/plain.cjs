// The project's configuration, with nothing written but the verdict: for runs within tests.
const { default: config } = require('../cucumber.cjs');

module.exports = { default: { ...config, format: ['progress'] } };
