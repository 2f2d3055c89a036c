//! A table of one's own: what may be touched, in whose name, and what is left of it. An embedded tier stands for it.

mod signature;

use std::slice::from_ref;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::{AttributeValue, Put, Tag, TransactWriteItem};
use chrono::{DateTime, Utc};
use harness::Clock;
use harness::dynamodb::{Embedded, Endpoint, Item, Place, Share, Signer, Table, Tier, TierChoice};
use harness::faults::FaultProxy;
use harness::observe::journal::Journal;
use hyper::header::AUTHORIZATION;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const TABLE: &str = "candlecheck-test";

/// Somebody's DynamoDB, with a table in it.
struct Theirs {
    tier: Embedded,
    table: Table,
}

impl Theirs {
    async fn with(name: &str) -> anyhow::Result<Self> {
        let tier = Embedded::in_memory(|| 0)?;
        let table = Table::create(tier.endpoint(), name).await?;
        Ok(Self { tier, table })
    }

    async fn start(&self) -> Result<Tier, String> {
        let place = Place::Url(self.tier.endpoint().url.clone());
        let choice = TierChoice::AwsTable { place, table: self.table.name().to_owned() };
        Tier::start(&choice, |_| {}).await.map_err(|none| none.to_string())
    }

    async fn keys(&self) -> anyhow::Result<Vec<String>> {
        let keys = self.table.items().await?.into_iter().filter_map(|item| item.s("PK").map(str::to_owned));
        Ok(keys.collect())
    }
}

/// A lab's way to its share, as the server has it.
struct Lab {
    share: Share,
    proxy: FaultProxy,
    server: Client,
}

impl Lab {
    async fn on(tier: &Tier) -> anyhow::Result<Self> {
        let clock = Clock::at(DateTime::<Utc>::UNIX_EPOCH);
        let share = tier.share(&clock).await?;
        let proxy = FaultProxy::before(share.upstream()?, Journal::default(), 1).await?;
        let server = client(proxy.url());
        Ok(Self { share, proxy, server })
    }

    async fn put(&self, item: Item) -> anyhow::Result<()> {
        self.server.put_item().table_name(TABLE).set_item(Some(item.into())).send().await?;
        Ok(())
    }

    async fn close(self) -> anyhow::Result<()> {
        self.proxy.stop().await;
        self.share.end().await
    }
}

fn client(url: &str) -> Client {
    Client::from_conf(
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("server", "server", None, None, "test"))
            .endpoint_url(url)
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .retry_config(RetryConfig::disabled())
            .build(),
    )
}

fn candle(pk: &str, sk: &str) -> Item {
    Item::keyed(pk, sk).with_n("open", "150.125").with_n("ExpiresAt", "1770000000")
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.into())
}

#[tokio::test]
async fn labs_share_a_table_and_do_not_see_each_other() -> anyhow::Result<()> {
    let theirs = Theirs::with(TABLE).await?;
    theirs.table.put(candle("AAPL#tiingo", "D#theirs")).await?;
    let tier = theirs.start().await.map_err(anyhow::Error::msg)?;
    let (one, other) = (Lab::on(&tier).await?, Lab::on(&tier).await?);
    one.put(candle("AAPL#tiingo", "D#one")).await?;
    other.put(candle("AAPL#tiingo", "D#other")).await?;
    for (lab, sk) in [(&one, "D#one"), (&other, "D#other")] {
        let query = lab.server.query().table_name(TABLE).key_condition_expression("PK = :pk");
        let found = query.expression_attribute_values(":pk", text("AAPL#tiingo")).send().await?;
        let expected = candle("AAPL#tiingo", sk);
        assert_eq!(found.items().iter().cloned().map(Item::from).collect::<Vec<_>>(), from_ref(&expected));
        let scan = lab.server.scan().table_name(TABLE).filter_expression("NOT begins_with(PK, :lock)");
        let found = scan.expression_attribute_values(":lock", text("LOCK#")).send().await?;
        assert_eq!(found.items().iter().cloned().map(Item::from).collect::<Vec<_>>(), from_ref(&expected));
        assert_eq!(lab.share.table().items().await?, [expected], "past the faults");
    }
    let keys = theirs.keys().await?;
    assert_eq!(keys.iter().filter(|pk| pk.starts_with("TEST#") && pk.ends_with("#AAPL#tiingo")).count(), 2, "{keys:?}");
    one.close().await?;
    other.close().await?;
    assert_eq!(theirs.keys().await?, ["AAPL#tiingo"], "the labs' items are gone, and theirs is not");
    tier.end().await
}

#[tokio::test]
async fn every_way_to_write_is_kept_inside_and_expires_in_minutes_by_the_real_clock() -> anyhow::Result<()> {
    let theirs = Theirs::with(TABLE).await?;
    let tier = theirs.start().await.map_err(anyhow::Error::msg)?;
    let lab = Lab::on(&tier).await?;
    lab.put(candle("put", "D")).await?;
    lab.share.table().put_all([candle("batch", "D")]).await?;
    let update = lab.server.update_item().table_name(TABLE).key("PK", text("update")).key("SK", text("D"));
    let update = update.update_expression("SET fence = :one").condition_expression("attribute_not_exists(PK)");
    update.expression_attribute_values(":one", AttributeValue::N("1".into())).send().await?;
    let put = Put::builder().table_name(TABLE).set_item(Some(candle("transaction", "D").into())).build()?;
    let write = TransactWriteItem::builder().put(put).build();
    lab.server.transact_write_items().transact_items(write).send().await?;

    let now = std::time::UNIX_EPOCH.elapsed()?.as_secs();
    let items = theirs.table.items().await?;
    assert_eq!(items.len(), 4, "{items:?}");
    for item in items {
        assert!(item.s("PK").is_some_and(|pk| pk.starts_with("TEST#")), "{item:?}");
        let expires: u64 = item.n("CandlecheckExpiresAt").unwrap_or_default().parse()?;
        assert!((now + 240..=now + 310).contains(&expires), "{item:?}, and now is {now}");
    }
    let seen = lab.server.get_item().table_name(TABLE).key("PK", text("update")).key("SK", text("D")).send().await?;
    let seen = seen.item.map(Item::from).unwrap_or_default();
    assert_eq!(seen.names().collect::<Vec<_>>(), ["PK", "SK", "fence"], "the server sees nothing of it");
    lab.close().await?;
    assert!(theirs.keys().await?.is_empty());
    tier.end().await
}

#[tokio::test]
async fn pages_that_end_at_somebody_else_s_item_go_on_behind_it() -> anyhow::Result<()> {
    let theirs = Theirs::with(TABLE).await?;
    theirs.table.put_all((0..30).map(|n| candle(&format!("T{n:02}"), "D"))).await?;
    let tier = theirs.start().await.map_err(anyhow::Error::msg)?;
    let lab = Lab::on(&tier).await?;
    let own: Vec<Item> = (0..30).map(|n| candle(&format!("AAPL{n:02}"), "D")).collect();
    lab.share.table().put_all(own).await?;
    let (mut seen, mut start) = (0, None);
    loop {
        let page = lab.server.scan().table_name(TABLE).limit(4).set_exclusive_start_key(start).send().await?;
        seen += page.items().len();
        start = page.last_evaluated_key;
        if start.is_none() {
            break;
        }
    }
    assert_eq!(seen, 30);
    lab.close().await?;
    tier.end().await
}

#[tokio::test]
async fn a_server_cannot_reach_beyond_the_table_nor_change_it() -> anyhow::Result<()> {
    let theirs = Theirs::with(TABLE).await?;
    let tier = theirs.start().await.map_err(anyhow::Error::msg)?;
    let lab = Lab::on(&tier).await?;
    let deleted = lab.server.delete_table().table_name(TABLE).send().await;
    assert_eq!(
        deleted.err().and_then(|error| error.code().map(str::to_owned)).as_deref(),
        Some("AccessDeniedException")
    );
    let other = lab.server.put_item().table_name("production").set_item(Some(candle("A", "B").into())).send().await;
    assert_eq!(other.err().and_then(|error| error.code().map(str::to_owned)).as_deref(), Some("AccessDeniedException"));
    assert!(lab.server.describe_table().table_name(TABLE).send().await.is_ok(), "it is there, and may be looked at");
    lab.close().await?;
    tier.end().await
}

#[tokio::test]
async fn a_run_that_is_ended_takes_everything_with_it_and_lets_nothing_through_afterwards() -> anyhow::Result<()> {
    let theirs = Theirs::with(TABLE).await?;
    let tier = theirs.start().await.map_err(anyhow::Error::msg)?;
    let lab = Lab::on(&tier).await?;
    lab.put(candle("AAPL#tiingo", "D")).await?;
    tier.end().await?;
    assert!(theirs.keys().await?.is_empty(), "what a lab had no time to delete");
    let late = lab.put(candle("AAPL#tiingo", "late"));
    let late = tokio::time::timeout(std::time::Duration::from_millis(300), late).await;
    assert!(late.is_err() && theirs.keys().await?.is_empty());
    tier.end().await
}

#[tokio::test]
async fn what_a_run_that_was_killed_has_left_goes_with_the_next_one_once_it_has_expired() -> anyhow::Result<()> {
    let theirs = Theirs::with(TABLE).await?;
    let now = std::time::UNIX_EPOCH.elapsed()?.as_secs();
    let left = |pk: &str, expires: u64| candle(pk, "D").with_n("CandlecheckExpiresAt", expires.to_string());
    theirs.table.put_all([left("TEST#dead#1#A", now - 1), left("TEST#alive#1#A", now + 200), candle("A", "D")]).await?;
    theirs.start().await.map_err(anyhow::Error::msg)?.end().await?;
    let mut keys = theirs.keys().await?;
    keys.sort();
    assert_eq!(keys, ["A", "TEST#alive#1#A"]);
    Ok(())
}

#[tokio::test]
async fn a_table_that_is_not_marked_or_would_lose_items_is_refused() -> anyhow::Result<()> {
    let production = Theirs::with("ohlc-production").await?;
    let refused = production.start().await.err().unwrap_or_default();
    assert!(
        refused.contains("not marked as one for tests") && refused.contains("tag it candlecheck=tests"),
        "{refused}"
    );

    let admin = client(&production.tier.endpoint().url);
    let described = admin.describe_table().table_name("ohlc-production").send().await?;
    let arn = described.table().and_then(|table| table.table_arn()).unwrap_or_default().to_owned();
    let tag = Tag::builder().key("candlecheck").value("tests").build()?;
    admin.tag_resource().resource_arn(arn).tags(tag).send().await?;
    production.start().await.map_err(anyhow::Error::msg)?.end().await?;

    let expiring = Theirs::with("candlecheck-test-expiring").await?;
    expiring.table.enable_ttl("ExpiresAt").await?;
    let refused = expiring.start().await.err().unwrap_or_default();
    assert!(refused.contains("its TTL goes by ExpiresAt"), "{refused}");
    let right = Theirs::with("candlecheck-test-right").await?;
    right.table.enable_ttl("CandlecheckExpiresAt").await?;
    right.start().await.map_err(anyhow::Error::msg)?.end().await?;

    let nowhere = TierChoice::AwsTable { place: Place::Url("http://127.0.0.1:1".into()), table: TABLE.into() };
    let refused = Tier::start(&nowhere, |_| {}).await.err().map(|none| none.to_string()).unwrap_or_default();
    assert!(refused.contains("no DynamoDB answers") && refused.contains("client error"), "{refused}");
    let missing = TierChoice::AwsTable { place: Place::Url(right.tier.endpoint().url.clone()), table: "nope".into() };
    let refused = Tier::start(&missing, |_| {}).await.err().map(|none| none.to_string()).unwrap_or_default();
    assert!(refused.contains("aws dynamodb create-table --table-name nope"), "{refused}");
    Ok(())
}

/// Answers like DynamoDB to whoever signs as AWS does; the signature is computed again from what arrived.
#[tokio::test]
async fn calls_are_signed_again_in_the_user_s_name() -> anyhow::Result<()> {
    let seen: Arc<Mutex<Vec<Request>>> = Arc::default();
    let (double, taken) = (MockServer::start().await, Arc::clone(&seen));
    let answer = move |request: &Request| {
        taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(request.clone());
        ResponseTemplate::new(200).set_body_raw("{}", "application/x-amz-json-1.0")
    };
    Mock::given(any()).respond_with(answer).mount(&double).await;
    let credentials = Credentials::new("AKIDUSER", "users-secret", Some("users-token".into()), None, "test");
    let endpoint = Endpoint::at(double.uri()).signed_by(Signer::new(credentials, "eu-central-1"));
    let proxy = FaultProxy::start(&endpoint, Journal::default(), 1).await?;
    client(proxy.url()).put_item().table_name(TABLE).set_item(Some(candle("A", "B").into())).send().await?;
    proxy.stop().await;

    let requests = seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
    let [request] = &requests[..] else { panic!("{requests:?}") };
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let authorization = header(AUTHORIZATION.as_str());
    assert!(authorization.contains("Credential=AKIDUSER/"), "{authorization}");
    assert!(authorization.contains("/eu-central-1/dynamodb/aws4_request"), "{authorization}");
    assert_eq!(header("x-amz-security-token"), "users-token");
    assert_eq!(header("host"), double.address().to_string());
    assert_eq!(signature::of(request, "users-secret", "eu-central-1"), signature::claimed(authorization));
    assert_ne!(signature::of(request, "another-secret", "eu-central-1"), signature::claimed(authorization));
    assert!(!format!("{endpoint:?}").contains("users-secret"), "a secret is printed");
    Ok(())
}
