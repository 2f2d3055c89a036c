//! What goes wrong with those whom a server calls, and with the reader of its log.

use std::time::Duration;

use harness::faults::{
    BadBody, DropConnection, EmptyPages, ErrorAnswer, Injected, Latency, LostReply, Matching, PartialBatch,
    TruncatedPages, everything, on,
};
use harness::providers::{FaultGuard, Provider, ProviderReply};
use harness::{Lab, Server, Verdict};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::Tally;

/// How many troubles a provider has, and how many DynamoDB.
const OF_A_PROVIDER: usize = 24;
const OF_DYNAMODB: usize = 14;

/// Troubles in an order of their own for each: every one comes before any comes again.
pub(super) struct Troubles {
    tiingo: Round,
    finnhub: Round,
    dynamodb: Round,
}

/// Numbers in an order, again and again.
struct Round {
    order: Vec<usize>,
    next: usize,
}

/// What has begun.
pub(super) struct Begun(Vec<Injected>);

impl Troubles {
    pub(super) fn seeded(dice: &mut ChaCha8Rng) -> Self {
        let mut round = |count: usize| {
            let mut order: Vec<usize> = (0..count).collect();
            order.shuffle(dice);
            Round { order, next: 0 }
        };
        Self { tiingo: round(OF_A_PROVIDER), finnhub: round(OF_A_PROVIDER), dynamodb: round(OF_DYNAMODB) }
    }

    /// Lets the troubles of one spell begin.
    ///
    /// # Errors
    /// Broken, when the log is no pipe.
    pub(super) fn begin(
        &mut self,
        lab: &Lab,
        server: &Server,
        dice: &mut ChaCha8Rng,
        tally: &mut Tally,
    ) -> Verdict<Begun> {
        for (provider, round) in [(&lab.tiingo, &mut self.tiingo), (&lab.finnhub, &mut self.finnhub)] {
            // Some of a spell's calls find it well.
            if dice.random_bool(0.7) {
                let trouble = of_a_provider(provider, round.draws());
                if dice.random_bool(0.7) {
                    trouble.for_calls(dice.random_range(1..30));
                }
            }
            if dice.random_bool(0.2) {
                tally.trouble("a provider", "closes kept connections");
                provider.closes_kept_connections();
            }
        }
        if dice.random_bool(0.2) {
            tally.trouble("dynamodb", "closes kept connections");
            lab.dynamodb.closes_kept_connections();
        }
        if dice.random_bool(0.1) {
            tally.trouble("log", "not read for a while");
            server.leaves_its_log_unread_for(Duration::from_millis(dice.random_range(100..1_000)))?;
        }
        let often = dice.random_range(0.05..0.5);
        let sick = dice.random_bool(0.7).then(|| of_dynamodb(lab, self.dynamodb.draws(), often));
        Ok(Begun(sick.into_iter().collect()))
    }
}

impl Round {
    fn draws(&mut self) -> usize {
        let drawn = self.order[self.next];
        self.next = (self.next + 1) % self.order.len();
        drawn
    }
}

impl Begun {
    /// Everything works again.
    pub(super) fn end(self, lab: &Lab) {
        lab.tiingo.recovers();
        lab.finnhub.recovers();
        self.0.into_iter().for_each(Injected::end);
    }
}

/// Lets a provider have one of its troubles.
fn of_a_provider(provider: &Provider, number: usize) -> FaultGuard {
    let spaces = |count| ProviderReply::json(200, " ".repeat(count));
    let rows = || format!("[{}{{}}]", "{\"date\":\"2026-02-02T00:00:00.000Z\"},".repeat(2_000));
    match number {
        0 => provider.rate_limited(Some(30)),
        1 => provider.rate_limited(None),
        2 => provider.refuses_with(429, &[("x-ratelimit-reset", "90")]),
        3 => provider.unavailable(),
        4 => provider.refuses_with(503, &[("retry-after", "45.5")]),
        5 => provider.unauthorized(),
        6 => provider.answers(403),
        7 => provider.answers(404),
        8 => provider.answers(500),
        9 => provider.redirects_to(format!("{}/again", provider.url())),
        10 => provider.redirects_to("http://127.0.0.1:9/elsewhere"),
        11 => provider.replies(ProviderReply::of(200, "text/html", "<html>Sign in to this network</html>")),
        12 => provider.replies(ProviderReply::json(200, "null")),
        13 => provider.replies(spaces(1_200_000)),
        14 => provider.replies(spaces(20_000).without_end(Duration::from_millis(1))),
        15 => provider.replies(spaces(5_000_000).in_gzip()),
        16 => provider.replies(ProviderReply::json(200, rows())),
        17 => provider.answers_changed("half of what it should, as if it were all", |reply| {
            reply.text(|text| text.chars().take(text.len() / 2).collect())
        }),
        18 => provider.answers_changed("half, and ends the connection", ProviderReply::cut_off),
        19 => provider.answers_changed("in gzip", ProviderReply::in_gzip),
        20 => provider.hangs(),
        21 => provider.drops_connections(),
        22 => provider.resets_connections(),
        _ => provider.answers_after(Duration::from_millis(300)),
    }
}

/// Lets DynamoDB have one of its troubles with some of the calls.
fn of_dynamodb(lab: &Lab, number: usize, often: f64) -> Injected {
    let proxy = &lab.dynamodb;
    let some = |matching: Matching| matching.sometimes(often);
    let reads = || some(on("Query"));
    match number {
        0 => proxy.inject(some(everything()), ErrorAnswer::throttled()),
        1 => proxy.inject(some(everything()), ErrorAnswer::internal()),
        2 => proxy.inject(some(everything()), ErrorAnswer::expired_credentials()),
        3 => proxy.inject(some(everything()), LostReply),
        4 => proxy.inject(some(everything()), DropConnection),
        5 => proxy.inject(some(everything()), Latency::of(Duration::from_millis(200))),
        6 => proxy.inject(reads(), EmptyPages::first(2)),
        7 => proxy.inject(reads(), EmptyPages::without_end(Duration::from_millis(5))),
        8 => proxy.inject(reads(), TruncatedPages::of(20)),
        9 => proxy.inject(some(everything()), BadBody::empty()),
        10 => proxy.inject(some(everything()), BadBody::cut_short()),
        11 => proxy.inject(some(everything()), BadBody::wrong_checksum()),
        12 => proxy.inject(everything(), Latency::of(Duration::from_secs(3))),
        _ => proxy.inject(some(on("BatchWriteItem")), PartialBatch::keeping(5)),
    }
}
