/** Two candles: the page's sign. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" />
      <path d="M11 6v20M21 6v20" />
      <rect className="rising" x="7.5" y="11" width="7" height="11" rx="1.5" />
      <rect className="falling" x="17.5" y="9" width="7" height="9" rx="1.5" />
    </svg>
  );
}
