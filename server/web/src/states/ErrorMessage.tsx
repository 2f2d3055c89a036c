import type { Problem } from '../api/problem';
import { usePolicies } from '../policies';
import type { Advice } from './advice';
import { Patience } from './Patience';
import { SignIn } from './SignIn';

export interface Help extends Record<Exclude<Advice['next'], 'sign in'>, () => void> {
  readonly 'sign in': (token: string) => void;
}

interface Props {
  readonly problem: Problem;
  readonly help: Help;
}

/** What went wrong, and what to do next. */
export function ErrorMessage({ problem, help }: Props) {
  const { advice } = usePolicies();
  const { title, text, next } = advice(problem);
  return (
    <div className="state error" role="alert" data-testid="error-message" data-kind={problem.kind}>
      <h2>{title}</h2>
      <p>{text}</p>
      {problem.retryAt !== undefined && <Patience until={problem.retryAt} />}
      {next === 'sign in' && <SignIn onToken={help['sign in']} />}
      {next === 'ask again' && (
        <button type="button" className="primary" data-testid="retry-button" onClick={help['ask again']}>
          Try again now
        </button>
      )}
      {next === 'search' && (
        <button type="button" className="primary" onClick={help.search}>
          Search for another
        </button>
      )}
      {next === 'usual' && (
        <button type="button" className="primary" onClick={help.usual}>
          Show the last month
        </button>
      )}
    </div>
  );
}
