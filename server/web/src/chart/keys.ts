/** What a key does to the chart that has the focus. */
export interface Keyboard {
  readonly point: (steps: number) => void;
  readonly pointFirst: () => void;
  readonly pointLast: () => void;
  readonly pan: (part: number) => void;
  readonly zoom: (factor: number) => void;
  readonly showAll: () => void;
  readonly leave: () => void;
}

const CLOSER = 0.7;
const PAGE = 0.25;

/** Does what a key asks for; false when it asks for nothing. */
export function press(key: string, shift: boolean, keyboard: Keyboard): boolean {
  switch (key) {
    case 'ArrowLeft':
      if (shift) keyboard.pan(-PAGE);
      else keyboard.point(-1);
      return true;
    case 'ArrowRight':
      if (shift) keyboard.pan(PAGE);
      else keyboard.point(1);
      return true;
    case 'Home':
      keyboard.pointFirst();
      return true;
    case 'End':
      keyboard.pointLast();
      return true;
    case '+':
    case '=':
      keyboard.zoom(CLOSER);
      return true;
    case '-':
      keyboard.zoom(1 / CLOSER);
      return true;
    case '0':
      keyboard.showAll();
      return true;
    case 'Escape':
      keyboard.leave();
      return true;
    default:
      return false;
  }
}
