//! Issue 3: a server did not start if any variable of its environment was not UTF-8, even one that it does not read. After
//! that was fixed, a secret that was not UTF-8 was accepted with replaced bytes, so that nobody could log in.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use harness::{expect, ohlc, scenario};

scenario! {
    R3 P1 "A setting that is not UTF-8 stops the start and is named; any other variable may hold any bytes"
    from ["decisions.md#must-be-text"]
    needs [OwnEnvironment]
    catches ["any-variable-must-be-text", "setting-that-is-no-text-left-out"]
    async fn environment_need_not_be_text(lab: &mut Lab) {
        // A greeting, and a secret, in Latin-1.
        let no_text = || OsStr::from_bytes(b"caf\xE9 caf\xE9 caf\xE9 caf\xE9 caf\xE9 caf\xE9 caf\xE9").to_owned();
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server_starts_with([("GREETING", no_text())]).await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;

        for setting in ["OHLC_JWT_SECRET", "OHLC_API_TOKENS", "OHLC_CACHE_TABLE", "FINNHUB_API_KEY"] {
            let said = lab.server_refuses_to_start_with([(setting, no_text())]).await?;
            let discreet = |said: &String| said.contains(setting) && said.contains("UTF-8") && !said.contains("caf");
            expect(format!("what it says of {setting}"), said).holds("its name and what is wrong, without its text", discreet)?;
        }
    }
}
