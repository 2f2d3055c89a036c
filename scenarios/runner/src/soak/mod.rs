//! A soak: the built server for a long time, under every trouble that the doubles can say, in an order that a seed
//! repeats. Afterwards it must have as much as before: see [`rest`].
//!
//! Time goes in spells. Each has its troubles and its clients, and the calendar goes on between them, so that bars close,
//! items expire and bans end. What is past is judged and forgotten after each, so that half an hour takes no more memory
//! than a minute.

mod clients;
mod report;
mod rest;
mod tally;
mod troubles;

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures_util::stream::{self, StreamExt};
use harness::dynamodb::Tier;
use harness::targets::Target;
use harness::{Lab, Server, Verdict, expect, ohlc};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use self::clients::Client;
pub use self::rest::{Measured, kept};
pub use self::tally::Tally;
use self::troubles::Troubles;

/// The defects that a soak catches, as a scenario catches its own.
pub const CATCHES: [&str; 3] =
    ["task-left-by-some-requests", "connection-left-by-some-fetches", "memory-left-by-each-request"];

/// What must hold, where the specification says it.
pub const FROM: &str = "decisions.md#nothing-left-behind";

/// How many clients are there at once.
const AT_ONCE: usize = 40;
/// A server that has grown by so many bytes need not be watched any longer: the machine is somebody else's, too.
const ENOUGH: u64 = 512 << 20;

/// Times and sizes that let troubles come and go quickly, and an allocator that takes no huge pages and gives back at once
/// what it does not need: it would keep more than most leaks take.
const SETTINGS: [(&str, &str); 12] = [
    ("OHLC_PROVIDER_TIMEOUT", "400ms"),
    ("OHLC_CEILING", "1500ms"),
    ("OHLC_HEAD_TIMEOUT", "500ms"),
    ("OHLC_BODY_TIMEOUT", "500ms"),
    ("OHLC_IDLE_TIMEOUT", "1s"),
    ("OHLC_METRICS_EVERY", "1s"),
    ("OHLC_PROVIDER_BYTES", "1MiB"),
    ("OHLC_L1_BYTES", "1MiB"),
    ("OHLC_L1_ENTRIES", "64"),
    ("OHLC_LOG_BYTES", "64KiB"),
    ("MIMALLOC_PURGE_DELAY", "0"),
    ("MIMALLOC_ALLOW_THP", "0"),
];

/// What is done, and for how long.
#[derive(Debug, Clone)]
pub struct Soak {
    /// How long the server has to fill what it keeps, before the first look at what it has.
    pub warm_up: Duration,
    /// How long troubles go on between the two looks.
    pub time: Duration,
    /// How many clients come in one spell.
    pub clients: usize,
    /// How long it may take to come to rest, while it gets no nearer to it.
    pub patience: Duration,
    /// What repeats it.
    pub seed: u64,
}

/// How it ended.
#[derive(Debug)]
pub struct Ended {
    /// What happened between the two looks.
    pub tally: Tally,
    /// What the server had before.
    pub beginning: Measured,
    /// What it had afterwards.
    pub end: Measured,
    /// What it kept that it should not have.
    pub kept: Vec<String>,
}

impl Soak {
    /// Goes through it; `told` hears of each spell.
    ///
    /// # Errors
    /// Failed, when the server does meanwhile what no server may. Set-up failed or broken, when there is nothing to tell.
    pub async fn run(&self, target: Arc<dyn Target>, mut told: impl FnMut(&Tally, Duration)) -> Verdict<Ended> {
        let mut lab = Lab::open(target, &Tier::embedded(), self.seed).await?;
        let ended = self.in_lab(&mut lab, &mut told).await;
        let closed = lab.close().await;
        let ended = ended?;
        closed?;
        Ok(ended)
    }

    async fn in_lab(&self, lab: &mut Lab, told: &mut impl FnMut(&Tally, Duration)) -> Verdict<Ended> {
        for ticker in clients::TICKERS {
            lab.tiingo.lists(ticker).since("2020-01-02");
        }
        let server = lab.another_server_with(SETTINGS).await?;
        let mut dice = ChaCha8Rng::seed_from_u64(self.seed);
        let troubles = Troubles::seeded(&mut dice);
        let mut chance = (dice, troubles);
        self.spells(self.warm_up, lab, &server, &mut chance, |_, _| Ok(server.holdings()?.memory < ENOUGH)).await?;
        come_to_rest(lab, &server).await?;
        let beginning = rest::steady(&server).await?;
        let tally = self.spells(self.time, lab, &server, &mut chance, |tally, so_far| {
            told(tally, so_far);
            Ok(server.holdings()?.memory < beginning.memory + ENOUGH)
        });
        let tally = tally.await?;
        come_to_rest(lab, &server).await?;
        let end = rest::as_before(&server, &beginning, self.patience).await?;
        Ok(Ended { tally, kept: kept(&beginning, &end), beginning, end })
    }

    /// Spells for so long, one at least, while `on` wants more.
    async fn spells(
        &self,
        time: Duration,
        lab: &mut Lab,
        server: &Server,
        chance: &mut (ChaCha8Rng, Troubles),
        mut on: impl FnMut(&Tally, Duration) -> Verdict<bool>,
    ) -> Verdict<Tally> {
        let (began, mut tally) = (Instant::now(), Tally::default());
        loop {
            self.spell(lab, server, chance, &mut tally).await?;
            if !on(&tally, began.elapsed())? || began.elapsed() >= time {
                return Ok(tally);
            }
        }
    }

    /// One spell: its troubles begin, its clients come and go, its troubles end.
    async fn spell(
        &self,
        lab: &mut Lab,
        server: &Server,
        (dice, troubles): &mut (ChaCha8Rng, Troubles),
        tally: &mut Tally,
    ) -> Verdict {
        lab.time_is(lab.now() + TimeDelta::seconds(dice.random_range(20..2_400)));
        let begun = troubles.begin(lab, server, dice, tally)?;
        let coming: Vec<(Client, u64)> = (0..self.clients).map(|_| (Client::drawn(dice), dice.random())).collect();
        let coming = stream::iter(coming)
            .map(|(client, seed)| async move { (client, client.comes(server, ChaCha8Rng::seed_from_u64(seed)).await) });
        let gone: Vec<_> = coming.buffer_unordered(AT_ONCE).collect().await;
        begun.end(lab);
        for (client, answers) in gone {
            tally.client(client, &answers?);
        }
        let (exchanges, remains) = lab.hand_over()?;
        exchanges.iter().for_each(|exchange| tally.exchange(exchange));
        remains.are_clean()?;
        tally.spells += 1;
        Ok(())
    }
}

/// Everything works again, nothing is under way, and nobody is connected who need not be.
async fn come_to_rest(lab: &mut Lab, server: &Server) -> Verdict {
    // Whatever a provider asked for, and whatever opened the breaker, is over by then.
    lab.time_is(lab.now() + TimeDelta::hours(2));
    for ticker in ["AAPL", "MSFT"] {
        let again = server.ask(ohlc(ticker).range("1W")).await?;
        expect("the status when all troubles have ended", again.status).is(200)?;
    }
    server.idle().await?;
    server.drop_l1().await?;
    lab.tiingo.closes_kept_connections();
    lab.finnhub.closes_kept_connections();
    lab.dynamodb.closes_kept_connections();
    lab.hand_over().map(|_| ())
}
