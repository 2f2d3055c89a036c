/**
 * Runs in the page: each text that cannot be read whole, and what of the page's width is out of sight. A text may be hidden,
 * for a screen reader alone, or in a frame that scrolls.
 */
export function cutOff(): string[] {
  const HAIR = 1;
  const found: string[] = [];
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide in ${clientWidth}`);
  const framesOf = (element: Element): DOMRect[] => {
    const frames: DOMRect[] = [];
    for (let outer: Element | null = element; outer; outer = outer.parentElement) {
      const { overflowX } = getComputedStyle(outer);
      if (overflowX === 'auto' || overflowX === 'scroll') return frames;
      if (overflowX !== 'visible' || outer instanceof HTMLButtonElement)
        frames.push(outer.getBoundingClientRect());
    }
    return [...frames, new DOMRect(0, 0, clientWidth, Number.MAX_SAFE_INTEGER)];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const element = text.parentElement;
    if (!text.textContent?.trim() || !element || element.closest('.unseen, script, noscript')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    // A reason is no part of its button's face, and can be read in its own frame.
    const reason = element.closest('[role=tooltip]');
    const frames = reason ? [new DOMRect(0, 0, clientWidth, Number.MAX_SAFE_INTEGER)] : framesOf(element);
    for (const { left, right, width } of range.getClientRects()) {
      const inside = frames.every((frame) => left >= frame.left - HAIR && right <= frame.right + HAIR);
      if (width > 0 && !inside) found.push(`${text.textContent.trim()} from ${left} to ${right}`);
    }
  }
  for (const field of document.querySelectorAll('input')) {
    const { left, right } = field.getBoundingClientRect();
    const isWhole = field.scrollWidth <= field.clientWidth + HAIR && left >= 0 && right <= clientWidth;
    if (!isWhole) found.push(`the field ${field.getAttribute('aria-label') ?? field.name}`);
  }
  return found;
}
