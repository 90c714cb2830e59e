import { readdirSync, readFileSync } from 'node:fs';
import { blocksOf } from '../blocks';
import { DRAWINGS } from '../list';

/*
 * Checks the drawings of this folder as those of the notes are checked:
 *
 *     node -r ./steps/typescript.cjs test/drawings/proposed/check.ts
 */

async function check(): Promise<void> {
  const checked = new Set<unknown>();
  for (const name of readdirSync(__dirname).filter((each) => each.endsWith('.txt'))) {
    const [block = ''] = blocksOf(readFileSync(`${__dirname}/${name}`, 'utf8'));
    const listed = DRAWINGS.filter(({ chapter, key }) => chapter === Number.parseInt(name, 10) && block.includes(key));
    const faults = await Promise.all(listed.map((each) => each.faults(block)));
    console.log(`${name}: ${listed.length === 1 ? faults.flat().join('\n') || 'true' : `${listed.length} are listed`}`);
    for (const each of listed) checked.add(each);
  }
  console.log(DRAWINGS.every((each) => checked.has(each)) ? 'These are all.' : 'Some are missing.');
}

void check();
