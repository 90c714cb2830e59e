/**
 * The same picture in less than half the bytes: a report holds hundreds, and a page keeps them side by side. What all texts
 * have is said once; and nobody sees what is less than a tenth of a point.
 *
 * @param svg - as Graphviz writes it
 */
export function lean(svg: string): string {
  const font = /font-family="[^"]*" font-size="[^"]*"/.exec(svg)?.[0] ?? '';
  return svg
    .slice(svg.indexOf('<svg'))
    .replaceAll(
      /<!--.*?-->|<title>.*?<\/title>| (?:id|class|xml:space|xmlns:xlink|font-family|font-size|text-anchor)="[^"]*"|\n/gs,
      '',
    )
    .replace('<g ', `<g text-anchor="middle" ${font} `)
    .replace('scale(1 1) rotate(0) ', '')
    .replace(/<[^>]*>/g, (tag) => tag.replace(/(\d\.\d)\d+/g, '$1').replace(/\.0(?!\d)/g, ''));
}
