/** @type {Partial<import('@cucumber/cucumber/api').IConfiguration>} */
const config = {
  requireModule: [require.resolve('./steps/typescript.cjs')],
  require: ['steps/**/*.ts'],
  plugin: ['./steps/gate.cjs'],
  format: [require.resolve('./steps/dots.cjs'), 'html:reports/spec.html'],
  formatOptions: { snippetSyntax: './steps/no-such-sentence.cjs', printAttachments: false },
  publish: false,
};

module.exports = { default: config };
