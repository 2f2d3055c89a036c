/** The token that the API wants to see. It stays in this tab, and goes nowhere but to this server. */
export function SignIn({ onToken }: { readonly onToken: (token: string) => void }) {
  return (
    <form
      className="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        const token = new FormData(event.currentTarget).get('token');
        if (typeof token === 'string' && token.trim()) onToken(token.trim());
      }}
    >
      <input
        name="token"
        type="password"
        aria-label="API token"
        placeholder="API token"
        autoComplete="current-password"
        required
      />
      <button type="submit" className="primary">
        Sign in
      </button>
    </form>
  );
}
