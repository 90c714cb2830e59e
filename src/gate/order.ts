/** Where most engines that are wrong fail first: single operations, shares that add up, the order. */
const FIRST = [13, 7, 8];
/** The random expressions: they take longest, and find least that the others have not. */
const LAST = [15];

/**
 * The scenarios of a guest, in another order: those first in which it is most likely to fail, so that who waits for a
 * verdict waits less. Within a chapter they stay in their order.
 *
 * @param scenarios - the scenarios, in the order of the chapters
 * @param fileOf - gives the feature file of a scenario
 */
export function soonest<T>(scenarios: readonly T[], fileOf: (scenario: T) => string): T[] {
  const rank = (scenario: T) => {
    const chapter = Number(/(?:^|[\\/])(\d+)-[^\\/]*\.feature$/.exec(fileOf(scenario))?.[1]);
    const first = FIRST.indexOf(chapter);
    if (first >= 0) return first - FIRST.length;
    return LAST.includes(chapter) ? 1 : 0;
  };
  return [...scenarios].sort((one, other) => rank(one) - rank(other));
}

/** In which order scenarios are run. */
export interface Order {
  /** Whether the chapters come first in which an engine is most likely to fail. */
  readonly isSoon?: boolean;
  /** The ids of those that do not count yet: they come last, since an engine may die of one. */
  readonly announced?: readonly string[];
}

/**
 * Puts scenarios into the order in which they are run.
 *
 * @param scenarios - the scenarios, in the order of the chapters
 * @param order - which order
 * @param fileOf - gives the feature file of a scenario
 * @param namesOf - gives what a scenario is called
 */
export function inOrderOfRun<T>(
  scenarios: readonly T[],
  { isSoon = false, announced = [] }: Order,
  fileOf: (scenario: T) => string,
  namesOf: (scenario: T) => readonly string[],
): T[] {
  const all = isSoon ? soonest(scenarios, fileOf) : [...scenarios];
  if (announced.length === 0) return all;
  const last = new Set(all.filter((each) => namesOf(each).some((name) => announced.includes(name))));
  return [...all.filter((each) => !last.has(each)), ...last];
}
