// The project's configuration, with steps that do what no step should, and with the gate taken out where a test asks so.
const { default: config } = require('../cucumber.cjs');

module.exports = {
  default: {
    ...config,
    format: ['progress'],
    require: [...(config.require ?? []), 'test/holes-steps.cjs'],
    plugin: process.env.GATE === 'off' ? [] : config.plugin,
  },
};
