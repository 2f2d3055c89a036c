//! Those who come to a server: most of them want something, and some do not know how to ask for it.

use std::time::{Duration, Instant};

use harness::{ADMIN_TOKEN, Connection, Server, TOKEN, Verdict, expect};
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use tokio::time::sleep;

/// What they ask about.
pub(super) const TICKERS: [&str; 16] =
    ["AAPL", "MSFT", "AMZN", "TSLA", "META", "NVDA", "GOOG", "F", "T", "C", "BRK.B", "BF-B", "GM", "KO", "PG", "ORCL"];
/// Some of them fit together, and others are told that they do not.
const WINDOWS: [&str; 12] = [
    "",
    "?range=1D",
    "?range=1W",
    "?range=1M",
    "?range=6M",
    "?range=5Y",
    "?range=1D&resolution=5",
    "?range=1W&resolution=15",
    "?range=1W&resolution=60",
    "?range=1Y&resolution=5",
    "?range=YTD",
    "?start_date=2025-12-01&end_date=2025-12-24",
];
/// What is no question, or none that can be answered.
const WRONG: [&str; 8] = [
    "/api/v2/tickers/AAPL/ohlc?range=2W",
    "/api/v2/tickers/TOOLONG/ohlc",
    "/api/v2/tickers/%0A/ohlc",
    "/api/v2/tickers/NONE/ohlc?range=1W",
    "/api/v2/tickers/AAPL/ohlc?start_date=2026-02-01",
    "/api/v2/tickers/AAPL/ohlc?range=1D&range=1W",
    "/nowhere",
    "/api/v2/cache/invalidate",
];
/// What is not about candles.
const OTHER: [&str; 6] = ["/healthz", "/readyz", "/metrics", "/openapi.json", "/api/v2/cache/stats", "/tickers/AAPL"];
/// Every status that the contract knows, and 0 where a client had no answer.
const KNOWN: [u16; 12] = [0, 200, 400, 401, 403, 404, 405, 408, 413, 429, 431, 503];
/// No client waits that long for an answer or an end, on however busy a machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The status of each answer, 0 where none came.
pub(super) type Answers = Vec<u16>;

/// What a client does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Client {
    Asks,
    AsksSeveralAtOnce,
    AsksWrongly,
    AsksWithoutCredentials,
    LooksAround,
    Invalidates,
    InvalidatesWrongly,
    LeavesBeforeItsAnswer,
    LeavesInItsAnswer,
    SendsHalfAHead,
    Trickles,
    SendsHalfABody,
    SendsTooMuch,
    SendsNoise,
    SaysNothing,
    TakesNoAnswer,
}

/// Each of them, how often it comes, and what is told of it.
const ALL: [(Client, u32, &str); 16] = [
    (Client::Asks, 30, "ask for candles"),
    (Client::AsksSeveralAtOnce, 6, "ask several times at once"),
    (Client::AsksWrongly, 8, "ask what cannot be answered"),
    (Client::AsksWithoutCredentials, 4, "ask without credentials, or with wrong ones"),
    (Client::LooksAround, 6, "ask for what is not candles"),
    (Client::Invalidates, 3, "invalidate"),
    (Client::InvalidatesWrongly, 2, "invalidate with a wrong body"),
    (Client::LeavesBeforeItsAnswer, 8, "leave before their answer"),
    (Client::LeavesInItsAnswer, 6, "leave in the middle of their answer"),
    (Client::SendsHalfAHead, 4, "send half a head"),
    (Client::Trickles, 3, "send a head byte by byte"),
    (Client::SendsHalfABody, 4, "send half a body"),
    (Client::SendsTooMuch, 4, "send too much"),
    (Client::SendsNoise, 4, "send what is no HTTP"),
    (Client::SaysNothing, 4, "connect and say nothing"),
    (Client::TakesNoAnswer, 4, "take no answer"),
];

impl Client {
    pub(super) fn drawn(dice: &mut ChaCha8Rng) -> Self {
        ALL.choose_weighted(dice, |(_, weight, _)| *weight).map_or(Self::Asks, |(client, _, _)| *client)
    }

    pub(super) fn word(self) -> &'static str {
        ALL.iter().find(|(client, _, _)| *client == self).map_or("", |(_, _, word)| word)
    }

    /// Comes, does what it does, and goes.
    ///
    /// # Errors
    /// Failed, when it is told what the contract does not know, or waits for ever.
    pub(super) async fn comes(self, server: &Server, mut dice: ChaCha8Rng) -> Verdict<Answers> {
        let began = Instant::now();
        let mut visit = Visit { server, connection: server.connect().await?, answers: Vec::new() };
        visit.does(self, &mut dice).await?;
        let unknown = visit.answers.iter().find(|status| !KNOWN.contains(status));
        expect(format!("a status that the contract does not know, of those who {}", self.word()), unknown)
            .is(None::<&u16>)?;
        expect(format!("how long those who {} wait", self.word()), began.elapsed()).is_at_most(PATIENCE)?;
        Ok(visit.answers)
    }
}

/// A client at its server.
struct Visit<'a> {
    server: &'a Server,
    connection: Connection,
    answers: Answers,
}

impl Visit<'_> {
    async fn does(&mut self, what: Client, dice: &mut ChaCha8Rng) -> Verdict {
        match what {
            Client::Asks => {
                for _ in 0..dice.random_range(1..4) {
                    let head = self.question(dice)?;
                    self.asks(head).await;
                }
            }
            Client::AsksSeveralAtOnce => {
                let heads = [self.question(dice)?, self.question(dice)?, self.question(dice)?];
                self.connection.sends(heads.concat()).await;
                for _ in heads {
                    self.hears().await;
                }
            }
            Client::AsksWrongly => self.asks(self.head("GET", drawn(&WRONG, dice), TOKEN, "")?).await,
            Client::AsksWithoutCredentials => {
                let token = drawn(&["", "no-such-token", "a.b.c", "eyJhbGciOiJub25lIn0.e30."], dice);
                self.asks(self.head("GET", "/api/v2/tickers/AAPL/ohlc", token, "")?).await;
            }
            Client::LooksAround => self.asks(self.head("GET", drawn(&OTHER, dice), TOKEN, "")?).await,
            Client::Invalidates => {
                let ticker = drawn(&TICKERS, dice);
                let body = if dice.random_bool(0.9) { format!("{{\"ticker\":\"{ticker}\"}}") } else { "{}".into() };
                self.invalidates(&body).await?;
            }
            Client::InvalidatesWrongly => self.invalidates(drawn(&["null", "[]", "{\"ticker\":7}", "{"], dice)).await?,
            Client::LeavesBeforeItsAnswer => {
                let head = self.question(dice)?;
                self.connection.sends(head).await;
                sleep(Duration::from_millis(dice.random_range(0..40))).await;
                self.answers.push(0);
            }
            Client::LeavesInItsAnswer => {
                // More than a socket takes, of which the first is awaited.
                let heads = self.head("GET", "/api/v2/tickers/AAPL/ohlc?range=5Y", TOKEN, "")?.repeat(8);
                self.connection.sends(heads).await;
                self.hears().await;
                self.answers.extend([0; 7]);
            }
            Client::SendsHalfAHead => {
                let head = self.question(dice)?;
                self.connection.sends(&head[..dice.random_range(1..head.len() - 1)]).await;
                self.is_ended().await?;
            }
            Client::Trickles => {
                let head = self.question(dice)?;
                // All of it would take longer than a head may take.
                let _ = self.connection.trickles(&head[..60], Duration::from_millis(20)).await;
                self.answers.push(0);
            }
            Client::SendsHalfABody => {
                let head = self.head("POST", "/api/v2/cache/invalidate", ADMIN_TOKEN, "Content-Length: 100\r\n")?;
                self.asks(head + "{\"ticker\":").await;
            }
            Client::SendsTooMuch => {
                let large = if dice.random_bool(0.5) {
                    self.head("GET", "/healthz", TOKEN, &format!("X-Large: {}\r\n", "x".repeat(20_000)))?
                } else {
                    let length = "Content-Length: 100000\r\n";
                    self.head("POST", "/api/v2/cache/invalidate", ADMIN_TOKEN, length)? + &" ".repeat(100_000)
                };
                self.asks(large).await;
            }
            Client::SendsNoise => {
                let noise: Vec<u8> = (0..dice.random_range(1..400)).map(|_| dice.random()).collect();
                self.connection.sends(noise).await;
                self.is_ended().await?;
            }
            Client::SaysNothing => self.is_ended().await?,
            Client::TakesNoAnswer => {
                let heads = self.head("GET", "/api/v2/tickers/MSFT/ohlc?range=5Y", TOKEN, "")?.repeat(20);
                self.connection.sends(heads).await;
                sleep(Duration::from_millis(dice.random_range(500..1_500))).await;
                self.answers.extend([0; 20]);
            }
        }
        Ok(())
    }

    async fn asks(&mut self, request: String) {
        self.connection.sends(request).await;
        self.hears().await;
    }

    /// Takes the next answer; none, when the connection ends before.
    async fn hears(&mut self) {
        let answer = self.connection.answer_within(PATIENCE).await;
        self.answers.push(answer.map_or(0, |reply| reply.status));
    }

    /// Waits until the server has ended the connection.
    async fn is_ended(&mut self) -> Verdict {
        self.connection.ends_within(PATIENCE).await?;
        self.answers.push(0);
        Ok(())
    }

    async fn invalidates(&mut self, body: &str) -> Verdict {
        let length = format!("Content-Length: {}\r\n", body.len());
        let head = self.head("POST", "/api/v2/cache/invalidate", ADMIN_TOKEN, &length)?;
        self.asks(head + body).await;
        Ok(())
    }

    /// A question for candles of one of the tickers.
    fn question(&self, dice: &mut ChaCha8Rng) -> Verdict<String> {
        let path = format!("/api/v2/tickers/{}/ohlc{}", drawn(&TICKERS, dice), drawn(&WINDOWS, dice));
        self.head("GET", &path, TOKEN, "")
    }

    /// A head with this token, and with these lines before its end.
    fn head(&self, method: &str, path: &str, token: &str, lines: &str) -> Verdict<String> {
        let bearer = format!("Bearer {token}");
        let head = self.server.head(method, path, &[("authorization", bearer.as_str())])?;
        Ok(head.trim_end().to_owned() + "\r\n" + lines + "\r\n")
    }
}

fn drawn<'a>(from: &[&'a str], dice: &mut ChaCha8Rng) -> &'a str {
    from.choose(dice).copied().unwrap_or_default()
}
