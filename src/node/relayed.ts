import { connect, Socket } from 'node:net';
import { CHANNEL } from './channel';
import { addressOf } from './relay';

// What runs in place of an engine that lives in the process of whoever has started the run: it hands on what is said, in
// both directions, until nothing more is asked.

const channel = new Socket({ fd: CHANNEL });
const engine = connect(addressOf(process.argv[2]) ?? '');
channel.on('error', () => {}); // nobody listens any more
engine.on('error', (error) => {
  process.stderr.write(`the engine cannot be reached: ${error.message}\n`);
  process.exitCode = 1;
  channel.destroy();
});
channel.pipe(engine).pipe(channel);
