//! Tokens that are worth the name: long enough to be no guess, sendable, and of one kind alone.

/// How many characters a token has at least.
const SHORTEST: usize = 8;

/// What is wrong with the tokens of two settings. No token is quoted.
pub fn tokens(lists: [(&'static str, &[&str]); 2]) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, tokens) in lists {
        if tokens.iter().any(|token| token.len() < SHORTEST) {
            faults.push(format!(
                "{name} has a token of less than {SHORTEST} characters, which can be guessed: use, for example, the output of `openssl rand -hex 32`"
            ));
        }
        if tokens.iter().any(|token| !token.bytes().all(|byte| byte.is_ascii_graphic())) {
            faults.push(format!(
                "{name} has a token with a character that no client can send: use, for example, the output of `openssl rand -hex 32`"
            ));
        }
    }
    let [(readers, reading), (admins, invalidating)] = lists;
    if reading.iter().any(|token| invalidating.contains(token)) {
        faults.push(format!(
            "{readers} and {admins} have a token in common: whoever has it may invalidate, so keep it in {admins} alone"
        ));
    }
    faults
}
