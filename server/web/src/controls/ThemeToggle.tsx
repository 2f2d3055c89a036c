import type { Theme } from '../page/useTheme';

interface Props {
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
}

/** Light or dark. */
export function ThemeToggle({ theme, setTheme }: Props) {
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className="quiet icon"
      aria-label={`Switch to ${other} colours`}
      onClick={() => {
        setTheme(other);
      }}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        {theme === 'dark' ? (
          <>
            <circle cx="10" cy="10" r="3.5" />
            <path d="M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M4.7 15.3l1.4-1.4M13.9 6.1l1.4-1.4" />
          </>
        ) : (
          <path d="M16.5 11.6A6.8 6.8 0 0 1 8.4 3.5a6.8 6.8 0 1 0 8.1 8.1Z" />
        )}
      </svg>
    </button>
  );
}
