/** Runs in a page: it is told what browsers tell before they print, and afterwards. */
export function toldOfPaper(printed: boolean): void {
  window.dispatchEvent(new Event(printed ? 'beforeprint' : 'afterprint'));
}

/** Runs in a page: its rules for paper apply, or not any more, where the browser cannot be made to do that. */
export function styledForPaper(printed: boolean): void {
  if (matchMedia('print').matches) return;
  for (const { cssRules } of [...document.styleSheets, ...document.adoptedStyleSheets]) {
    for (const rule of cssRules) {
      if (!(rule instanceof CSSMediaRule)) continue;
      const { media } = rule;
      if (printed && media.mediaText === 'print') media.mediaText = 'print, all';
      else if (!printed && media.mediaText === 'print, all') media.mediaText = 'print';
    }
  }
}
