// The project's configuration, but for its steps: in their place are some that do what no step should. And where a test
// asks so, the gate is taken out.
const { default: config } = require('../cucumber.cjs');

module.exports = {
  default: {
    ...config,
    requireModule: [],
    require: ['test/holes-steps.cjs'],
    format: ['progress'],
    plugin: process.env.GATE === 'off' ? [] : config.plugin,
  },
};
