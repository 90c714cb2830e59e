/**
 * The arrow keys make the number under the cursor larger or smaller by one in its last digit; in code only together with
 * Alt, since there they move between lines.
 *
 * @param event - the key
 * @param field - where it was pressed
 */
export function stepNumber(event: KeyboardEvent, field: HTMLInputElement | HTMLTextAreaElement): void {
  const sign = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
  if (sign === 0 || (field instanceof HTMLTextAreaElement && !event.altKey)) return;
  const at = field.selectionStart ?? 0;
  for (const found of field.value.matchAll(/(?<![\w.])-?\d+(?:\.(\d+))?(?![\w.])/g)) {
    const [text, decimals = ''] = found;
    const end = found.index + text.length;
    if (found.index > at || end < at) continue;
    event.preventDefault();
    const next = (Number(text) + sign * 10 ** -decimals.length).toFixed(decimals.length);
    field.setRangeText(next, found.index, end, 'end');
    field.dispatchEvent(new Event('input'));
    return;
  }
}
