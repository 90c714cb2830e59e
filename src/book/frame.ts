import { escaped } from './markdown';

/*
 * What is around the text of every page. Nothing here comes from elsewhere, and no address begins with a slash: a book can
 * be read from any folder of any server, and from a disk.
 */

/** A page of the book. */
export interface Page {
  readonly file: string;
  readonly title: string;
  /** HTML. */
  readonly main: string;
  /** What is on the page, for whoever wants to jump. */
  readonly contents?: readonly { readonly id: string; readonly title: string }[];
  /** Whether scenarios on it run. */
  readonly isLive?: boolean;
}

/** A page, in the list of all pages. */
export interface Listed {
  readonly file: string;
  readonly title: string;
  /** Of a chapter. */
  readonly number?: string;
}

/**
 * A page as a file.
 *
 * @param page - the page
 * @param all - all pages, in reading order
 * @param foot - what the run was
 */
export function framed({ file, title, main, contents = [], isLive }: Page, all: readonly Listed[], foot: string) {
  const at = all.findIndex((each) => each.file === file);
  const [before, after] = [all[at - 1], all[at + 1]];
  const list = all.map(
    (each) =>
      `<li><a href="${each.file}"${each.file === file ? ' aria-current="page"' : ''}>${escaped(nameOf(each))}</a></li>`,
  );
  const inside = contents.map((each) => `<li><a href="#${each.id}">${escaped(each.title)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}${file === 'index.html' ? '' : ' – micrograd, step by step'}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
</head>
<body${isLive ? ' data-live' : ''}>
<a class="skip" href="#main">To the text</a>
<header class="top">
<a class="home" href="index.html">micrograd, step by step</a>
<details class="menu"><summary>Chapters</summary><nav aria-label="Chapters"><ul>
${list.join('\n')}
</ul></nav></details>
<div class="search" role="search" hidden><input type="search" placeholder="Search" aria-label="Search the notes"><ol class="found" hidden></ol></div>
</header>
<div class="page">
${inside.length === 0 ? '' : `<nav class="contents" aria-label="On this page"><ol>\n${inside.join('\n')}\n</ol></nav>`}
<main id="main">
<h1>${escaped(title)}</h1>
${main}
<nav class="onward" aria-label="Next and previous">
${before === undefined ? '<span></span>' : `<a rel="prev" href="${before.file}">← ${escaped(nameOf(before))}</a>`}
${after === undefined ? '' : `<a rel="next" href="${after.file}">${escaped(nameOf(after))} →</a>`}
</nav>
</main>
</div>
<footer><p>${escaped(foot)}</p></footer>
<script src="page.js" defer></script>
</body>
</html>
`;
}

function nameOf({ number, title }: Listed): string {
  return number === undefined ? title : `${number}. ${title}`;
}
