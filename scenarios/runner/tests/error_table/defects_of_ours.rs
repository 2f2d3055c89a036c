//! 500: the server itself is wrong. A client learns what to do, and nothing about the cause.

use std::sync::Arc;

use candlecheck::SEED;
use candlecheck::defects::Defect;
use candlecheck::reference::Reference;
use harness::dynamodb::Tier;
use harness::{Lab, Verdict, expect, inventory, ohlc};

use crate::refusal::Refusal;

/// What no client may read.
const CAUSE: &str = "index 7 out of bounds in the vault";

// Known to this test alone: the catalogue proves nothing about panics.
inventory::submit! {
    Defect {
        name: "panics-before-the-look-up",
        about: "a bug in the reading of a request",
        seed: |policies, _| policies.key.cache_key = Arc::new(|_, _, _, _| panic!("{CAUSE}")),
    }
}
inventory::submit! {
    Defect {
        name: "panics-in-the-look-up",
        about: "a bug in the reading of a provider's answer",
        seed: |policies, _| policies.candle.price = Arc::new(|_| panic!("{CAUSE}")),
    }
}

#[tokio::test]
async fn a_bug_of_the_server_tells_a_client_nothing_about_its_cause() -> Verdict {
    let internal =
        Refusal { status: 500, code: "internal", field: None, says: &["try again", "report the request_id"] };
    for defect in ["panics-before-the-look-up", "panics-in-the-look-up"] {
        let target = Reference::healthy().with_defect(defect).expect("it is declared above");
        let mut lab = Lab::open(target, &Tier::embedded(), SEED).await?;
        lab.tiingo.lists("AAPL").since("2020-01-02");
        // The look-up that panicked has the lock still: the next client looks for its candles in vain.
        let server = lab.another_server_with([("OHLC_LOCK_POLL_EVERY", "1ms")]).await?;
        let reply = server.ask(ohlc("AAPL")).await?;
        internal.judge(defect, &reply)?;
        for tell_tale in [CAUSE, "panic", "vault", ".rs"] {
            expect(tell_tale, reply.text.contains(tell_tale)).is(false)?;
        }
        // The next client is served, or told the same: the process lives.
        internal.judge(defect, &server.ask(ohlc("AAPL")).await?)?;
        expect("the process", server.send("GET", "/healthz", &[], "").await?.status).is(200)?;
        lab.close().await?;
    }
    Ok(())
}
