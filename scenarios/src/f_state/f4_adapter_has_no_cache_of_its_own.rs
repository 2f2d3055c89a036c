use harness::{expect, ohlc, scenario};

scenario! {
    F4 P2 "No cache hides below the provider adapter: after an invalidation the provider is really called"
    from ["decisions.md#provider-connections"]
    needs []
    catches ["adapter-remembers-answers"]
    async fn adapter_has_no_cache_of_its_own(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        for resolution in ["D", "15"] {
            let ask = ohlc("AAPL").range("1W").resolution(resolution);
            let before = lab.tiingo.calls().len();
            server.ask(ask.clone()).await?.comes_from("tiingo")?;
            server.idle().await?;
            for invalidation in 1..=2 {
                expect("status of the invalidation", server.invalidate(None).await?.status).is(200)?;
                let volume = invalidation.to_string();
                let at = if resolution == "D" { "2026-02-02" } else { "2026-02-02T15:00:00Z" };
                lab.tiingo.lists("AAPL").edit(at, move |row| row.volume = Some(volume.clone()));
                let reply = server.ask(ask.clone()).await?.comes_from("tiingo")?;
                server.idle().await?;
                let calls = lab.tiingo.calls().len() - before;
                expect(format!("calls after invalidation {invalidation}"), calls).is(1 + invalidation)?;
                let expected = lab.tiingo.expected("AAPL", resolution, "2026-01-27", "2026-02-03");
                expect("the candles", reply.candles()?).is(expected)?;
            }
        }
    }
}
