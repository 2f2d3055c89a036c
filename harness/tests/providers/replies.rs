//! A scenario may word an answer itself, change what the double knows, and end a connection under a call.

use std::io::Read;
use std::time::Duration;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use harness::gate::gate;
use harness::providers::{Provider, ProviderReply, Row};
use http_body_util::BodyExt;

use crate::world::{KEY, World};

const TUESDAY: &str = "2026-02-03";
const DAILY: &str = "/tiingo/daily/AAPL/prices?startDate=2026-02-03&endDate=2026-02-03";

async fn listed() -> anyhow::Result<World> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    Ok(world)
}

#[tokio::test]
async fn a_reply_is_sent_as_it_is_worded() -> anyhow::Result<()> {
    let world = listed().await?;
    let reply = ProviderReply::of(203, "text/plain", "no candles").header("x-two", "a").header("x-two", "b");
    world.tiingo.replies(reply).for_calls(1);
    let answer = world.daily("AAPL", TUESDAY, TUESDAY).await?;
    assert_eq!((answer.status, answer.body.as_str()), (203, "no candles"));
    assert_eq!(answer.headers["content-type"], "text/plain");
    assert_eq!(answer.headers.get_all("x-two").iter().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(world.daily("AAPL", TUESDAY, TUESDAY).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_refusal_has_the_providers_words_and_other_headers() -> anyhow::Result<()> {
    let world = listed().await?;
    world.tiingo.refuses_with(429, &[("retry-after", "299.997"), ("x-ratelimit-reset", "1770156040")]);
    let answer = world.daily("AAPL", TUESDAY, TUESDAY).await?;
    assert_eq!(answer.status, 429);
    assert_eq!(
        (&answer.headers["retry-after"], &answer.headers["x-ratelimit-reset"]),
        (&"299.997".parse()?, &"1770156040".parse()?)
    );
    assert!(answer.body.contains("hourly request allocation"), "{}", answer.body);
    Ok(())
}

#[tokio::test]
async fn an_answer_is_changed_and_the_rest_stays() -> anyhow::Result<()> {
    let world = listed().await?;
    let before = world.daily("AAPL", TUESDAY, TUESDAY).await?;
    world.tiingo.answers_changed("after a mark", |reply| reply.text(|text| format!("\u{feff}{text}"))).for_calls(1);
    let after = world.daily("AAPL", TUESDAY, TUESDAY).await?;
    assert_eq!(after.body, format!("\u{feff}{}", before.body));
    assert_eq!((after.status, &after.headers["content-type"]), (200, &before.headers["content-type"]));
    let faults: Vec<_> = world.journal.all().into_iter().map(|exchange| exchange.fault).collect();
    assert_eq!(faults, [None, Some("answers after a mark".to_owned())]);
    Ok(())
}

#[tokio::test]
async fn coded_answers_say_so_and_mean_the_same() -> anyhow::Result<()> {
    let world = listed().await?;
    let plain = world.daily("AAPL", TUESDAY, TUESDAY).await?.body;
    let codings: [(&str, Code, Undo); 3] = [
        ("gzip", ProviderReply::in_gzip, |bytes| Box::new(MultiGzDecoder::new(bytes))),
        ("deflate", ProviderReply::in_deflate, |bytes| Box::new(ZlibDecoder::new(bytes))),
        ("deflate", ProviderReply::in_bare_deflate, |bytes| Box::new(DeflateDecoder::new(bytes))),
    ];
    for (coding, code, undo) in codings {
        world.tiingo.answers_changed("in a coding", code).for_calls(1);
        let (head, body) = world.send(DAILY).await?.into_parts();
        assert_eq!(head.headers["content-encoding"], coding);
        let bytes = body.collect().await?.to_bytes();
        let mut text = String::new();
        undo(&bytes).read_to_string(&mut text)?;
        assert_eq!(text, plain, "{coding}");
    }
    Ok(())
}

type Code = fn(ProviderReply) -> ProviderReply;
type Undo = fn(&[u8]) -> Box<dyn Read + '_>;

#[tokio::test]
async fn an_answer_without_an_end_goes_on_for_as_long_as_it_is_read() -> anyhow::Result<()> {
    let world = listed().await?;
    world.tiingo.replies(ProviderReply::json(200, "12345").without_end(Duration::from_micros(1)));
    let mut body = world.send(DAILY).await?.into_body();
    let mut read = 0;
    while read < 500 {
        let frame = body.frame().await.ok_or_else(|| anyhow::anyhow!("it ended after {read} bytes"))??;
        read += frame.data_ref().map_or(0, |data| data.len());
    }
    Ok(())
}

#[tokio::test]
async fn trouble_may_wait_for_a_later_call_of_a_connection() -> anyhow::Result<()> {
    let world = listed().await?;
    for ends in [Provider::drops_connections, Provider::resets_connections] {
        ends(&world.tiingo).from_turn(2);
        let before = world.tiingo.connections();
        assert_eq!(world.daily("AAPL", TUESDAY, TUESDAY).await?.status, 200);
        assert!(world.daily("AAPL", TUESDAY, TUESDAY).await.is_err());
        assert_eq!(world.daily("AAPL", TUESDAY, TUESDAY).await?.status, 200);
        assert_eq!(world.tiingo.connections() - before, 2);
        world.tiingo.recovers();
        // A connection of its own for the next.
        world.tiingo.drops_connections().for_calls(1);
        assert!(world.daily("AAPL", TUESDAY, TUESDAY).await.is_err());
    }
    Ok(())
}

#[tokio::test]
async fn kept_connections_may_be_closed_between_calls() -> anyhow::Result<()> {
    let world = listed().await?;
    assert_eq!(world.daily("AAPL", TUESDAY, TUESDAY).await?.status, 200);
    world.tiingo.closes_kept_connections();
    // It is closed by then, whether or not this client has seen it.
    if world.daily("AAPL", TUESDAY, TUESDAY).await.is_err() {
        assert_eq!(world.daily("AAPL", TUESDAY, TUESDAY).await?.status, 200);
    }
    assert_eq!(world.tiingo.connections(), 2);
    Ok(())
}

#[tokio::test]
async fn a_connection_that_is_reset_is_told_from_one_that_is_closed() -> anyhow::Result<()> {
    let world = listed().await?;
    world.tiingo.resets_connections().for_calls(1);
    let reset = world.daily("AAPL", TUESDAY, TUESDAY).await.err().map(|cause| format!("{cause:?}"));
    assert!(reset.as_ref().is_some_and(|cause| cause.contains("Connection reset")), "{reset:?}");
    world.tiingo.drops_connections().for_calls(1);
    let closed = world.daily("AAPL", TUESDAY, TUESDAY).await.err().map(|cause| format!("{cause:?}"));
    assert!(closed.as_ref().is_some_and(|cause| cause.contains("before message completed")), "{closed:?}");
    Ok(())
}

#[tokio::test]
async fn a_time_may_be_written_in_any_way() -> anyhow::Result<()> {
    let world = World::new().await?;
    let row = |written: &str| Row {
        written: Some(written.to_owned()),
        ..Row::new("2026-02-03T15:00:00Z", "1", "1", "1", "1", "1")
    };
    world.tiingo.lists("AAPL").rows("60", [row("\"2026-02-03T10:00:00.250-05:00\"")]);
    let hours = world.intraday("AAPL", "1hour", TUESDAY, TUESDAY).await?;
    assert_eq!(hours.dates()?, ["2026-02-03T10:00:00.250-05:00"]);
    world.tiingo.lists("MSFT").rows("60", [row("1.7701308e9")]);
    let columns = world.candle("MSFT", "60", 1_770_129_000, 1_770_140_000).await?.body;
    assert!(columns.contains("\"t\":[1.7701308e9]"), "{columns}");
    assert_eq!(world.tiingo.expected("MSFT", "60", TUESDAY, TUESDAY).len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_call_tells_what_codings_it_asks_for() -> anyhow::Result<()> {
    let world = listed().await?;
    world.ask_tiingo(DAILY, Some(KEY)).await?;
    assert_eq!(world.tiingo.calls().first().map(|call| call.codings.clone()), Some(None));
    Ok(())
}

#[tokio::test]
async fn an_answer_ends_in_its_middle_and_who_gets_half_of_it_knows() -> anyhow::Result<()> {
    let world = listed().await?;
    world.tiingo.answers_changed("half", ProviderReply::cut_off).for_calls(1);
    let (head, body) = world.send(DAILY).await?.into_parts();
    assert!(body.collect().await.is_err(), "{head:?}");
    Ok(())
}

#[tokio::test]
async fn the_second_half_of_an_answer_comes_when_the_gate_opens() -> anyhow::Result<()> {
    let world = listed().await?;
    let plain = world.daily("AAPL", TUESDAY, TUESDAY).await?.body;
    let (second_half, barrier) = gate();
    world.tiingo.answers_changed("in halves", move |reply| reply.held_halfway(&barrier));
    let mut body = world.send(DAILY).await?.into_body();
    let first = body.frame().await.expect("a first half")?.into_data().expect("data");
    assert!(second_half.arrived(1).await);
    second_half.open();
    let second = body.collect().await?.to_bytes();
    assert_eq!([&first[..], &second[..]].concat(), plain.as_bytes());
    assert!(!second.is_empty());
    Ok(())
}
