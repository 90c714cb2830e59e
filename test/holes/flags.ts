import { type Hole, scenario } from './hole';

const files = { 'a.feature': scenario('Given this fails when all is over', 'Then all is well') };

/** Ways that Node.js leaves open, if it is told to. */
export const FLAGS: Readonly<Record<string, Hole>> = {
  'a failure after the last step, and --unhandled-rejections=warn': {
    files,
    env: { NODE_OPTIONS: '--unhandled-rejections=warn' },
  },
  'the same with --unhandled-rejections=none': { files, env: { NODE_OPTIONS: '--unhandled-rejections=none' } },
};
