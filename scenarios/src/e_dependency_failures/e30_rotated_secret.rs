use harness::providers::KeySent;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::key_file::KeyFile;

scenario! {
    E30 P1 "After a provider's 401 the key is read again and the call repeated once, and only once"
    from ["decisions.md#key-retries"]
    needs [OwnEnvironment]
    catches ["stale-key-kept", "refused-key-sent-again-and-again"]
    async fn rotated_secret(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.accepts_key("old-key");
        let file = KeyFile::holding("old-key\n")?;
        let server = lab.another_server_with([("TIINGO_API_KEY", ""), file.setting()]).await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;

        lab.tiingo.accepts_key("new-key");
        file.now_holds("new-key\n")?;
        server.ask(ohlc("AAPL").range("1M")).await?.comes_from("tiingo")?;
        let keys: Vec<KeySent> = lab.tiingo.calls().iter().map(|call| call.key).collect();
        expect("the keys that were sent", keys).is([KeySent::Right, KeySent::Wrong, KeySent::Right])?;

        // Whatever the key is now, it is refused.
        lab.tiingo.unauthorized();
        server.ask(ohlc("AAPL").range("YTD")).await?.comes_from("finnhub")?;
        expect("calls in all", lab.tiingo.calls().len()).is(5)?;
    }
}
