import { Socket } from 'node:net';
import { CHANNEL } from './channel';
import { loadedEngine } from './loaded';
import { serve } from './serve';

// What runs in the process of an engine that is a module: it answers requests until there are no more. Then the process
// comes to its end, unless the engine has something left to do.

const [reference = '', folder = ''] = process.argv.slice(2);
const opening = loadedEngine(reference, folder);
serve(new Socket({ fd: CHANNEL }), opening);
